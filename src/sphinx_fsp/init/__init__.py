"""``sphinx-fsp init``: makes a folder of Markdown pages a Sphinx project, and changes no file.

    look, sources  ->  settings  ->  pelican, awesome, others  ->  found    what is there
                                     found  ->  files, configuration        what would be written
                                     write, report                          writes it, says it

Only `look` reads files and only `write` writes them. Nothing of the old site is ever run.

Of a Pelican site, `values` and `calls` find what its settings say, `headers` what its headers
leave out, `addresses` where its pages are, `listings` its tags and archives, `slugs` how all are
named, `static` its other files, `attached` those that only a link publishes, `feeds` its feeds,
and `hints` what has no place in the new site.
"""
