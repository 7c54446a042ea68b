"""Images of pages: files that the site publishes, files beside the page, and images elsewhere."""

from __future__ import annotations

import os
import re
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import guess_mimetype

from sphinx_fsp.diagnostics import BAD_SCHEME, UNKNOWN_IMAGE
from sphinx_fsp.source.addresses import has_scheme, is_dangerous
from sphinx_fsp.source.answers import Question
from sphinx_fsp.source.domain import ask, file_uri, publishes_files
from sphinx_fsp.source.project import guide_of
from sphinx_fsp.transforms.context import PageContext

#: Marks the address of a page or file in HTML, until it is known from where it is referred to.
FILE_MARK = "fsp-file:"


def image_node(
    context: PageContext, image: nodes.image, uri: str, lines: tuple[int, int]
) -> nodes.Node:
    """Return *image* with its file found, or what stands for it when there is none.

    :param uri: its address, as it was written
    :param lines: first line of the block it stands in, and the line after its last
    """
    if is_dangerous(uri) and not uri.lower().startswith("data:image/"):
        context.warn(BAD_SCHEME, context.find_line(uri[:40], *lines), target=uri[:60])
        return nodes.Text(image.get("alt", ""))
    place = None if uri.lower().startswith("data:") else context.locate(uri)
    if place is None:
        image["uri"] = uri
        # Sphinx has the data of an image at hand; another site's it would fetch.
        if has_scheme(uri) and not uri.lower().startswith("data:"):
            image["fsp_remote"] = True
        return image
    if "logos" in place.path.split("/"):
        image["classes"] = ["logo", *(c for c in image["classes"] if c != "logo")]
    published = ask(context.env, Question("file", place.path))
    if published:
        image["uri"] = "/" + Path(os.path.relpath(published, context.env.srcdir)).as_posix()
        image["fsp_address"] = place.path
        return image
    beside = _beside(context, uri, place.path)
    if ask(context.env, Question("source", beside)):
        image["uri"] = "/" + beside
        return image
    line = context.find_line(uri, *lines)
    details = {}
    if suggestion := context.guide.suggest_file(place.path):
        details["suggestion"] = suggestion
    context.warn(UNKNOWN_IMAGE, line, target=uri, **details)
    return _missing(image, uri)


def _beside(context: PageContext, uri: str, path: str) -> str:
    """Return the path in the source folder at which a file beside the page would be."""
    if uri.startswith("/") or has_scheme(uri) or uri.startswith(("{", "|")):
        return path.lstrip("/")
    return context.path_beside(uri)


def _missing(image: nodes.image, uri: str) -> nodes.Node:
    """Return what stands for an image that isn't there.

    An image node would make Sphinx read its page again in every build. HTML keeps the element, so
    that its alternative text shows; every other output shows that text alone.
    """
    alt = image.get("alt", "")
    text = f'<img src="{escape(uri)}" alt="{escape(alt)}">'
    missing = nodes.inline("", "", classes=["missing-image"])
    missing += addnodes.only("", nodes.raw("", text, format="html"), expr="html and not epub")
    missing += addnodes.only("", nodes.inline(alt, alt), expr="not html or epub")
    return missing


class RemoteImages(SphinxPostTransform):
    """Puts a link in place of an image of another site where an output can't show one.

    Sphinx would download it: a build opens no connection that nobody asked for.
    """

    # Before Sphinx's ImageDownloader.
    default_priority = 90
    builders = ("latex", "epub", "texinfo", "qthelp", "devhelp", "htmlhelp", "applehelp")

    def run(self, **kwargs: Any) -> None:
        """Replace the images of other sites in guide pages."""
        for image in list(self.document.findall(nodes.image)):
            if image.get("fsp_remote"):
                image.replace_self(image_link(image, image["uri"]))


def publish_files(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Make HTML that stays HTML refer to where files and pages are published."""

    def address(match: re.Match[str]) -> str:
        if not publishes_files(app.builder):
            # No site: as it was written.
            return match[1]
        path, mark, fragment = unescape(match[1]).partition("#")
        if page := guide_of(app.env).find_document(path):
            uri = app.builder.get_relative_uri(docname, page)
        else:
            uri = file_uri(app.builder, docname, path)
        return escape(uri + mark + quote(fragment))

    for node in list(document.findall(nodes.raw)):
        if node.get("fsp_files"):
            text = re.sub(rf'{FILE_MARK}([^"]*)', address, node.astext())
            node.children = [nodes.Text(text)]


def publish_images(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Make images of the site refer to where they are published, once for all pages."""
    builder = app.builder
    for image in list(document.findall(nodes.image)):
        address = image.get("fsp_address")
        if not address:
            continue
        if publishes_files(builder):
            image["uri"] = file_uri(builder, docname, address)
            # Sphinx's mark of an image that isn't to be copied.
            image["candidates"] = {"?": image["uri"]}
        elif builder.supported_image_types:
            # In a book, it is the converted image by now.
            mimetype = guess_mimetype(Path(app.srcdir, image["uri"]))
            if mimetype not in builder.supported_image_types:
                base = app.config.html_baseurl.rstrip("/")
                image.replace_self(image_link(image, base + address if base else "", address))


def image_link(image: nodes.image, uri: str, name: str = "") -> nodes.Node:
    """Return a link to an image; its text alone inside of another link, or without address.

    :param name: stands for an image without alternative text that has no address either
    """
    text = image.get("alt") or uri or name
    parent = image.parent
    link: nodes.Element = nodes.inline(text, text)
    if uri and not isinstance(parent, nodes.reference):
        link = nodes.reference(text, text, refuri=uri)
    inside = isinstance(parent, nodes.TextElement)
    return link if inside else nodes.paragraph("", "", link)


def setup(app: Sphinx) -> None:
    """Register what works on images when a page is written."""
    app.add_post_transform(RemoteImages)
    app.connect("doctree-resolved", publish_images)
    app.connect("doctree-resolved", publish_files)
