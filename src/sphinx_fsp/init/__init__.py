"""``sphinx-fsp init``: makes a folder of Markdown pages a Sphinx project, and changes no file.

    look  ->  settings  ->  pelican, others  ->  found        what is there
                            found  ->  files                  what would be written
                            write, report                     writes it, says it

Only `look` reads files and only `write` writes them. Nothing of the old site is ever run.
"""
