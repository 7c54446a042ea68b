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
            "published as 'twin-2'; give one of the two another slug [fsp.duplicate_slug]"
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
}
