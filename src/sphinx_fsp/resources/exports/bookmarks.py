"""The Netscape bookmark file format, which every browser takes in. Pure functions.

It has no standard. This is what Firefox and Chrome write: ``DL``, ``DT`` and ``DD`` without end
tags, and attributes for the date and the tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from sphinx_fsp.resources.exports.feeds import added_at
from sphinx_fsp.resources.exports.site import Site, by_page
from sphinx_fsp.resources.exports.texts import address, one_line, title_of
from sphinx_fsp.resources.record import Resource

# The file lies on the site, where a browser may open it as a page: it needs nothing, and may run
# nothing.
_HEAD = """\
<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<META HTTP-EQUIV="Content-Security-Policy" CONTENT="default-src 'none'">
<TITLE>{title}</TITLE>
<H1>{title}</H1>
"""


def bookmarks(resources: Sequence[Resource], site: Site) -> bytes:
    """Return ``resources.bookmarks.html``: a folder per page."""
    lines = ["<DL><p>"]
    for title, listed in by_page(resources, site).items():
        if title:
            lines += [f"    <DT><H3>{_text(title)}</H3>", "    <DL><p>"]
            lines += (f"        {line}" for resource in listed for line in _bookmark(resource))
            lines += ["    </DL><p>"]
        else:
            lines += (f"    {line}" for resource in listed for line in _bookmark(resource))
    lines += ["</DL><p>", ""]
    return (_HEAD.format(title=_text(site.title)) + "\n".join(lines)).encode()


def _bookmark(resource: Resource) -> Iterator[str]:
    attributes = f'HREF="{escape(address(resource.url))}"'
    added = added_at(resource)
    if added and added.timestamp() >= 0:
        attributes += f' ADD_DATE="{int(added.timestamp())}"'
    if resource.fields.tags:
        attributes += f' TAGS="{_text(",".join(resource.fields.tags))}"'
    yield f"<DT><A {attributes}>{escape(title_of(resource))}</A>"
    if description := _text(resource.description):
        yield f"<DD>{description}"


def _text(text: str) -> str:
    return escape(one_line(text))
