"""Every kind of warning with the pages that give it: all are built together, in one project."""

from __future__ import annotations

from typing import NamedTuple


class Warned(NamedTuple):
    """What an author wrote, and what is said about it."""

    #: By name: pages, and files that conf.py names.
    files: dict[str, str | bytes]
    #: Every warning about these files, whole.
    expected: list[str]


#: The pages of a project in which nothing is wrong.
SOUND = {
    "owl.md": "title: Owl\nslug: owl\n\nThe owl.\n\n## By night\n\nIt flies.\n",
    "index.md": "# Home\n\n```{guide-contents}\n```\n",
}
CONF = {
    "extensions": ["sphinx_fsp"],
    "html_theme": "basic",
    "fsp_static_path": ["static", "nowhere"],
    "fsp_redirects": "redirects.csv",
    "fsp_next_steps": "next-steps.yml",
}


FIELDS = (
    "the fields are kind, level, price, author, publisher, date, lang, tags, license, added, "
    "archive and name"
)


def resources(slug: str, items: str) -> str:
    """Return a page with a list whose first item is in line 5."""
    return page(slug, f":::{{resources}}\n{items}\n:::")


def page(slug: str, body: str, header: str = "") -> str:
    """Return a page whose body starts in line 4 (later with more lines in its header)."""
    return f"title: The {slug}\nslug: {slug}\n{header}\n{body}\n"


KINDS: dict[str, Warned] = {
    "bad_header": Warned(
        {"head.md": "title: Head\nslug: head\ntoc: perhaps\ntitle: Head\nno key\n\nText.\n"},
        [
            "head.md:5: WARNING: bad header: no key: value line; "
            "a header holds key: value lines up to the first blank line [fsp.bad_header]",
            "head.md:4: WARNING: bad header: title stands twice; "
            "a header holds key: value lines up to the first blank line [fsp.bad_header]",
            "head.md:3: WARNING: bad header: toc takes True or False, not 'perhaps'; "
            "a header holds key: value lines up to the first blank line [fsp.bad_header]",
        ],
    ),
    "bad_encoding": Warned(
        {"latin.md": "title: Café\nslug: latin\n\nText.\n".encode("latin-1")},
        [
            "latin.md:1: WARNING: the file is not UTF-8; read as Windows-1252; "
            "save it as UTF-8 [fsp.bad_encoding]"
        ],
    ),
    "missing_title": Warned(
        {"bare.md": "slug: bare\n\nText.\n"},
        [
            "bare.md:1: WARNING: the page has no title; used 'bare'; "
            "add a line 'title: ...' to its header [fsp.missing_title]"
        ],
    ),
    "bad_slug": Warned(
        {
            "colon.md": "title: A colon\nslug: a:b\n\nText.\n",
            "saved.md": page("saved", "Text.", "save_as: saved.pdf\n"),
        },
        [
            "colon.md:2: WARNING: 'a:b' can't be an address: it holds ':'; used 'a-colon'; "
            "change the slug to words joined by hyphens [fsp.bad_slug]",
            "saved.md:3: WARNING: 'saved.pdf' can't be an address: it doesn't end in .html; "
            "used 'saved'; change the slug to words joined by hyphens [fsp.bad_slug]",
        ],
    ),
    "duplicate_slug": Warned(
        {"twin-1.md": page("twin", "One."), "twin-2.md": page("twin", "Two.")},
        [
            "twin-2.md:2: WARNING: the address 'twin' is taken by twin-1.md; this page is "
            "published as 'twin-2'; give one of the two another slug, "
            "or a translation its lang [fsp.duplicate_slug]"
        ],
    ),
    "bad_sortorder": Warned(
        {
            "order-1.md": page("order-1", "Text.", "sortorder: 0105\n"),
            "order-2.md": page("order-2", "Text.", "sortorder: 0105\n"),
            "order-3.md": page("order-3", "Text.", "sortorder: first\n"),
        },
        [
            "order-3.md:3: WARNING: sortorder first is not a number; "
            "give it a number of its own [fsp.bad_sortorder]",
            "order-2.md:3: WARNING: sortorder 0105 is also that of order-1.md:3; "
            "give it a number of its own [fsp.bad_sortorder]",
        ],
    ),
    "bad_date": Warned(
        {"dated.md": page("dated", "Text.", "date: next spring\n")},
        [
            "dated.md:3: WARNING: date 'next spring' is no date; "
            "write it as 2026-01-31 or 2026-01-31T12:00:00+00:00 [fsp.bad_date]"
        ],
    ),
    "unknown_page": Warned(
        {"linked.md": page("linked", "[One](/owll.html)\n[two](/zebra.html)")},
        [
            "linked.md:4: WARNING: no page /owll.html; did you mean /owl.html? [fsp.unknown_page]",
            "linked.md:5: WARNING: no page /zebra.html; "
            "add the page, or lead the address to another with fsp_redirects [fsp.unknown_page]",
        ],
    ),
    "unknown_file": Warned(
        {"named.md": page("named", "[One]({filename}/owll.md)\n[two]({filename}x.md)")},
        [
            "named.md:4: WARNING: no page in the file owll.md; "
            "did you mean owl.md? [fsp.unknown_file]",
            "named.md:5: WARNING: no page in the file x.md; "
            "name a file of the source folder [fsp.unknown_file]",
        ],
    ),
    "unknown_group": Warned(
        {"tagged.md": page("tagged", "[One]({tag}night)\n[two]({author}ada).")},
        [
            "tagged.md:4: WARNING: no list of posts has the tag night; write a document with "
            "the directive posts and :archive: tag, or correct the name [fsp.unknown_group]",
            "tagged.md:5: WARNING: no list of posts has the author ada; write a document with "
            "the directive posts and :archive: author, or correct the name [fsp.unknown_group]",
        ],
    ),
    "unknown_anchor": Warned(
        {"placed.md": page("placed", "[One](/owl.html#by-nigth)\n[two](/owl.html#x)")},
        [
            "placed.md:4: WARNING: page /owl.html has no #by-nigth; "
            "did you mean #by-night? [fsp.unknown_anchor]",
            "placed.md:5: WARNING: page /owl.html has no #x; "
            "link to a heading that the page has [fsp.unknown_anchor]",
        ],
    ),
    "unknown_image": Warned(
        {
            "static/img/leaf.png": b"",
            "shown.md": page("shown", '![One](/img/leef.png)\n<img src="/x.png" alt="Two">'),
        },
        [
            "shown.md:4: WARNING: no image /img/leef.png; "
            "did you mean /img/leaf.png? [fsp.unknown_image]",
            "shown.md:5: WARNING: no image /x.png; "
            "add it to a folder of fsp_static_path, or beside the page [fsp.unknown_image]",
        ],
    ),
    "bad_url": Warned(
        {"hosts.md": page("hosts", "[One](www.other.example/x)\n[two](me@other.example)")},
        [
            "hosts.md:4: WARNING: the address www.other.example/x has no scheme; "
            "did you mean https://www.other.example/x? [fsp.bad_url]",
            "hosts.md:5: WARNING: the address me@other.example has no scheme; "
            "did you mean mailto:me@other.example? [fsp.bad_url]",
        ],
    ),
    "bad_scheme": Warned(
        {"code.md": page("code", "[One](javascript:go)\n<a href='data:text/html,x'>two</a>")},
        [
            "code.md:4: WARNING: the address javascript:go is not allowed; "
            "link to a page instead; the text stays, the link is gone [fsp.bad_scheme]",
            "code.md:5: WARNING: the address data:text/html,x is not allowed; "
            "link to a page instead; the text stays, the link is gone [fsp.bad_scheme]",
        ],
    ),
    "unclosed_link": Warned(
        {"open.md": page("open", "Text\n[one](https://other.example/a(b and text")},
        [
            "open.md:5: WARNING: the link https://other.example/a(b is not closed; end its "
            "address with ), and write ( and ) inside it as %28 and %29 [fsp.unclosed_link]"
        ],
    ),
    "raw_html": Warned(
        {
            "raw.md": page(
                "raw", "A <b onclick='go()'>b</b>\nand <spam>c</spam>.\n\n<script>\n</script>"
            )
        },
        [
            "raw.md:4: WARNING: <b> has onclick, which runs code; shown in HTML only; set "
            "fsp_raw_html = 'safe' if pages come from people you don't know [fsp.raw_html]",
            "raw.md:5: WARNING: <spam> is no HTML element; "
            "write &lt;spam&gt; if it is text [fsp.raw_html]",
            "raw.md:7: WARNING: <script> is shown in HTML only; set "
            "fsp_raw_html = 'safe' if pages come from people you don't know [fsp.raw_html]",
        ],
    ),
    "too_deep": Warned(
        {
            "lists.md": page("lists", "\n".join(f"{'  ' * n}* item" for n in range(50))),
            "elements.md": page("elements", "Text.\n\n" + "<div>" * 80 + "deep"),
        },
        [
            "lists.md:44: WARNING: nested deeper than 40 levels; shown as plain text from here on; "
            "write it with fewer levels [fsp.too_deep]",
            "elements.md:6: WARNING: nested deeper than 60 levels; shown as plain text from here "
            "on; write it with fewer levels [fsp.too_deep]",
        ],
    ),
    "bad_redirect": Warned(
        {
            "redirects.csv": "from,to\n/a.html,/owl.html\n/b.html,/owll.html\n"
            "/owl.html,/a.html\n/c\n"
        },
        [
            "redirects.csv:5: WARNING: redirect /c: has no target; "
            "write from,to in each row [fsp.bad_redirect]",
            "redirects.csv:4: WARNING: redirect /owl.html: stands over a page that exists; "
            "remove it [fsp.bad_redirect]",
            "redirects.csv:3: WARNING: redirect /b.html: leads to /owll.html, which doesn't exist; "
            "did you mean /owl.html? [fsp.bad_redirect]",
        ],
    ),
    "static_file": Warned(
        {"static/owl.html": "not the owl"},
        [
            "static/owl.html:1: WARNING: static file /owl.html has the address of a page; "
            "rename or remove it [fsp.static_file]",
        ],
    ),
    "static_path": Warned(
        {},
        [
            "conf.py:1: WARNING: fsp_static_path: nowhere isn't there; "
            "correct the path in conf.py [fsp.static_path]",
        ],
    ),
    "next_steps": Warned(
        {"next-steps.yml": "pages:\n  owl:\n    next: [owll]\n  linked:\n    next: owl\n"},
        [
            "next-steps.yml:4: WARNING: fsp_next_steps: linked has no list of pages; "
            "write prompts: {page: text} and pages: {page: {question: text, next: [pages]}} "
            "[fsp.next_steps]",
            "next-steps.yml:2: WARNING: fsp_next_steps: owl leads to owll, no page; "
            "did you mean owl? [fsp.next_steps]",
        ],
    ),
    "missing_url": Warned(
        {
            "urls.md": resources("urls", "* [Owl](/owl.html)\n* Two"),
            "urls.csv": "url,title\n,Three\n",
            "urls-3.md": page("urls-3", ":::{resources}\n:file: urls.csv\n:::"),
        },
        [
            f"{place}: WARNING: the resource '{title}' has no address; "
            "write it as [title](https://...), or as url in a data file [fsp.missing_url]"
            for place, title in (
                ("urls.md:5", "Owl"),
                ("urls.md:6", "Two"),
                ("urls.csv:2", "Three"),
            )
        ],
    ),
    "bad_value": Warned(
        {
            "values.md": resources(
                "values", "* [One](https://v.example/)\n  :level: easy\n  :price: 5"
            )
        },
        [
            "values.md:6: WARNING: level takes beginner, intermediate or advanced, not 'easy'; "
            "change it, or leave it out [fsp.bad_value]",
            "values.md:7: WARNING: price takes free, freemium or paid, not '5'; "
            "change it, or leave it out [fsp.bad_value]",
        ],
    ),
    "unknown_field": Warned(
        {
            "fields.md": resources(
                "fields", "* [One](https://f.example/)\n  :autor: Ada\n  :zebra: x"
            ),
            "fields.yml": "- url: https://f.example/2\n  title: Two\n  colour: red\n",
            "fields-2.md": page("fields-2", ":::{resources}\n:file: fields.yml\n:::"),
        },
        [
            "fields.md:6: WARNING: resources have no field 'autor'; "
            "did you mean author? [fsp.unknown_field]",
            f"fields.md:7: WARNING: resources have no field 'zebra'; {FIELDS} [fsp.unknown_field]",
            f"fields.yml:3: WARNING: resources have no field 'colour'; {FIELDS} "
            "[fsp.unknown_field]",
        ],
    ),
    "unknown_kind": Warned(
        {
            "kinds.md": resources(
                "kinds",
                "* [One](https://k.example/)\n  :kind: boook\n"
                "* [Two](https://k.example/2)\n  :kind: zebra",
            )
        },
        [
            "kinds.md:6: WARNING: there is no kind 'boook' of resources; "
            "did you mean book? [fsp.unknown_kind]",
            "kinds.md:8: WARNING: there is no kind 'zebra' of resources; "
            "add it to fsp_resource_kinds [fsp.unknown_kind]",
        ],
    ),
    "unknown_resource": Warned(
        {
            "roles.md": page("roles", "{resource}`night-owl`\n\n{resource}`zebra`"),
            "roles-2.md": resources("roles-2", "* [Night owls](https://roles.example/)"),
        },
        [
            "roles.md:4: WARNING: no resource 'night-owl'; "
            "did you mean night-owls? [fsp.unknown_resource]",
            "roles.md:6: WARNING: no resource 'zebra'; name a resource by its title in lower case "
            "with hyphens, or by its field name [fsp.unknown_resource]",
        ],
    ),
    "dangling_fields": Warned(
        {
            "dangling.md": resources("dangling", "* [One](https://d.example/)\n:kind: book"),
            "inner.md": resources(
                "inner", "* [One](https://d.example/2)\n  * two\n    :kind: book"
            ),
            "blank.rst": ":orphan:\n\nBlank\n=====\n\n.. resources::\n\n"
            "   * `One <https://d.example/3>`__\n     :kind: book\n",
        },
        [
            "dangling.md:6: WARNING: the fields kind belong to no item; put them at the end of an "
            "item, and indent them like its text [fsp.dangling_fields]",
            "inner.md:7: WARNING: the fields kind belong to no item; move them to the end of an "
            "item that is in no other [fsp.dangling_fields]",
            "blank.rst:9: WARNING: the fields kind belong to no item; "
            "put a blank line before them [fsp.dangling_fields]",
        ],
    ),
    "dropped_attrs": Warned(
        {
            "attrs.md": page(
                "attrs", "Text\n[one](https://a.example/){kind=book level=easy .class}."
            )
        },
        [
            'attrs.md:5: WARNING: the attributes kind="book" level="easy" of a link have no '
            "meaning; write them as fields below the item of a list of resources "
            "[fsp.dropped_attrs]",
        ],
    ),
    "duplicate_in_list": Warned(
        {
            "twice.md": resources(
                "twice", "* [One](https://t.example/)\n* [Two](http://www.t.example/index.html)"
            )
        },
        [
            "twice.md:6: WARNING: http://www.t.example/index.html stands in this list already, in "
            "line 5; remove one of the two [fsp.duplicate_in_list]",
        ],
    ),
    "conflicting_metadata": Warned(
        {
            f"says-{n}.md": resources(
                f"says-{n}", f"* [One](https://c.example/)\n  :price: {price}"
            )
            for n, price in ((1, "free"), (2, "paid"))
        },
        [
            "says-2.md:5: WARNING: price of https://c.example/ is 'paid' here and 'free' in "
            "says-1.md:5; write the same in both, or leave one out [fsp.conflicting_metadata]",
        ],
    ),
    "id_clash": Warned(
        {
            f"name-{n}.md": resources(
                f"name-{n}", f"* [N{n}](https://n{n}.example/)\n  :name: same"
            )
            for n in (1, 2)
        },
        [
            "name-2.md:5: WARNING: the name 'same' is that of https://n1.example/ (name-1.md:5) "
            "too; give one of the two another name [fsp.id_clash]",
        ],
    ),
    "bad_filter": Warned(
        {
            "filter.md": page(
                "filter",
                ":::{resources}\n:filter: kind.lower()\n* [One](https://filter.example/)\n:::",
            ),
            "filter-2.md": page("filter-2", ":::{resource-index}\n:filter: kind ==\n:::"),
        },
        [
            "filter.md:5: WARNING: the filter 'kind.lower()' takes comparisons of fields with "
            'texts, and nothing else (column 1); write it like kind == "book" and '
            'level != "advanced" [fsp.bad_filter]',
            "filter-2.md:5: WARNING: the filter 'kind ==' can't be read (column 8); write it like "
            'kind == "book" and level != "advanced" [fsp.bad_filter]',
        ],
    ),
    "data_file": Warned(
        {
            "broken.json": '[{"url": "https://b.example/", "title": "B"},\n {"url" 1}]',
            "data.md": page("data", ":::{resources}\n:file: broken.json\n:::"),
            "data-2.md": page("data-2", ":::{resources}\n:file: /../../x.yml\n* [D](//d.d)\n:::"),
        },
        [
            "broken.json:2: WARNING: line 2, column 9: not JSON: expecting ':'; "
            "correct the file [fsp.data_file]",
            "data-2.md:4: WARNING: the file /../../x.yml is outside of the project; "
            "keep it in the source folder, or beside a file of fsp_resource_files [fsp.data_file]",
        ],
    ),
    "archive_mismatch": Warned(
        {
            "copy.md": resources(
                "copy",
                "* [One](https://o.example/1)\n"
                "  :archive: https://web.archive.org/web/2023/https://o.example/2",
            )
        },
        [
            "copy.md:5: WARNING: the archived copy is one of https://o.example/2, not of "
            "https://o.example/1; look for a copy of the address itself [fsp.archive_mismatch]",
        ],
    ),
    "empty_list": Warned(
        {
            "none.md": resources("none", "No list."),
            "left.md": page(
                "left",
                ":::{resources}\n:filter: kind\n* [One](https://e.example/)\n:::",
            ),
        },
        [
            "none.md:4: WARNING: the list of resources has nothing to show; "
            "write a bullet list in it, or remove it [fsp.empty_list]",
            "left.md:6: WARNING: the list of resources has nothing to show; "
            "its filter 'kind' leaves none [fsp.empty_list]",
        ],
    ),
    "logo_alt": Warned(
        {"static/img/owl.png": b"", "alt.md": page("alt", ":::{logo} /img/owl.png\n:::")},
        [
            "alt.md:4: WARNING: the logo /img/owl.png has no alternative text; "
            "add :alt: with what it shows [fsp.logo_alt]",
        ],
    ),
    "link_history": Warned(
        {"fsp-links.json": '{"version": 1,\n"links": []}'},
        [
            "fsp-links.json:1: WARNING: fsp-links.json is no history of links: it has no links by "
            "address; correct it, or remove the file to start again; until then it isn't written "
            "[fsp.link_history]",
        ],
    ),
    "overwritten": Warned(
        {
            "search.rst": ":orphan:\n\nSearch\n======\n\nHow to search well.\n",
            # A document that only keeps a place in a toctree loses nothing.
            "genindex.rst": ":orphan:\n\n.. empty\n\nIndex\n=====\n",
        },
        [
            "search.rst:1: WARNING: Sphinx writes search.html itself, over this page; "
            "give the file another name [fsp.overwritten]",
        ],
    ),
}
