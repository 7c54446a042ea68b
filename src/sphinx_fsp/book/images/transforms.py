"""Images of the book: every local one is looked at, and converted where an output needs it.

`pictures` does the work, and `shelf` keeps its results. HTML takes no part in this.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.transforms.post_transforms.images import BaseImageConverter
from sphinx.util.images import guess_mimetype, parse_data_uri
from sphinx.util.nodes import get_node_line, get_node_source

from sphinx_fsp.book.images.pictures import BadPictureError
from sphinx_fsp.book.images.shelf import BOOKS, Shelf
from sphinx_fsp.diagnostics import BOOK_IMAGE, warn
from sphinx_fsp.transforms.images import image_link

#: Types that Pillow doesn't read, and other extensions may convert.
_OTHERS = frozenset({".pdf", ".ai", ".eps", ".ps"})
_MAX_BYTES = 200_000_000
#: What stands in an address to an image whose data is in the page.
_DATA = "data:"


class BookImages(SphinxPostTransform, BaseImageConverter):
    """Has images that an output can't show converted, and puts a link in place of bad ones."""

    # After Sphinx has fetched what is elsewhere, and before sphinx.ext.imgconverter.
    default_priority = 140
    builders = tuple(BOOKS)

    #: That of the application; `setup` sets it.
    shelf: Shelf

    def run(self, **kwargs: Any) -> None:
        """Look at all images of a document."""
        for image in list(self.document.findall(nodes.image)):
            if "?" not in image.get("candidates", {"?": ""}):
                self.handle(image)

    def handle(self, node: nodes.image) -> None:
        """Have the best file of an image that will do, or say why none does."""
        bad: BadPictureError | None = None
        found = other = False
        for uri in self._candidates(node):
            path = Path(self.env.srcdir, uri)
            if not path.is_file():
                continue
            found = True
            try:
                if path.suffix.lower() in _OTHERS:
                    other |= not self._shows_pdf(path)
                    if other:
                        continue
                    self._choose(node, uri)
                else:
                    self._show(node, uri, path)
            except BadPictureError as error:
                bad = bad or error
            else:
                return
        if bad:
            self._replace(node, bad.why, bad.advice)
        elif not found:
            # Sphinx has said that it is missing. TeX would stop.
            node.replace_self(image_link(node, "", posixpath.basename(node["uri"])))

    def _candidates(self, image: nodes.image) -> list[str]:
        """Return the files that an author gives for an image, the one that suits best first."""
        candidates: dict[str, str] = image["candidates"]
        if "*" in candidates:
            return [image["uri"]]
        supported = self.shelf.supported
        best = [candidates[kind] for kind in supported if kind in candidates]
        return [*best, *(uri for kind, uri in candidates.items() if kind not in supported)]

    def _shows_pdf(self, path: Path) -> bool:
        """Tell whether a file is a PDF that this output shows.

        :raises BadPictureError: when it only has the name of one
        """
        if path.suffix.lower() != ".pdf" or "application/pdf" not in self.shelf.supported:
            return False
        with path.open("rb") as file:
            if b"%PDF-" not in file.read(1024):
                raise BadPictureError("is no PDF", "save it again as PDF or PNG")
        return True

    def _show(self, image: nodes.image, uri: str, path: Path) -> None:
        """Show the image of a file.

        :raises BadPictureError: when it can't be shown
        """
        try:
            if path.stat().st_size > _MAX_BYTES:
                raise BadPictureError(f"has more than {_MAX_BYTES // 10**6} MB", "make it smaller")
            data = path.read_bytes()
        except OSError as error:
            raise BadPictureError(f"can't be read ({error.strerror})", "see to it") from None
        known = self.env.images.get(uri)
        name = known[1] if known else ""
        self._put(image, uri, name, path.stem, data)

    def _put(self, image: nodes.image, uri: str, name: str, stem: str, data: bytes) -> None:
        """Have an image node refer to a file with this content, or what it is converted to.

        :param name: that of the file in the output, where Sphinx has given it one
        :raises BadPictureError: when it can't be shown
        """
        placed = self.shelf.place(Path(self.imagedir) / "fsp", name, stem, data)
        if placed.lost:
            self._warn(image, *placed.lost)
        if placed.path is None:
            self._choose(image, uri)
            return
        converted = self.imagedir / "fsp" / placed.path.name
        self.env.original_image_uri[converted] = uri
        self.env.images.add_file(self.env.current_document.docname, str(converted))
        self._choose(image, str(converted))
        if placed.size:
            # The file has more pixels, for print. The LaTeX translator asks for this too.
            image["fsp_size"] = placed.size
            if self.shelf.kind == "epub" and not {"width", "height"} & set(image.attributes):
                image["width"] = str(placed.size[0])

    def _choose(self, image: nodes.image, uri: str) -> None:
        """Have an image show one of its files."""
        image["uri"] = uri
        image["candidates"] = {"*": uri}

    def _replace(self, image: nodes.image, why: str, advice: str) -> None:
        """Put the alternative text in place of an image, as a link where the site has it."""
        self._warn(image, why, advice)
        image.replace_self(image_link(image, self._address(image), self._name(image)))

    def _address(self, image: nodes.image) -> str:
        """Return the address of an image on the site; nothing where that isn't known."""
        base = self.config.html_baseurl
        if not base or image["uri"].startswith(_DATA):
            return ""
        if address := image.get("fsp_address"):
            return str(base.rstrip("/") + quote(address))
        known = self.env.images.get(image["uri"])
        return f"{base.rstrip('/')}/_images/{quote(known[1])}" if known else ""

    def _name(self, image: nodes.image) -> str:
        """Return the name of an image, to tell it by."""
        uri = image.get("fsp_address") or image["uri"]
        return f"{uri[:30]}..." if uri.startswith(_DATA) else str(uri)

    def _warn(self, image: nodes.image, why: str, advice: str) -> None:
        """Warn of an image, once in all."""
        if image["uri"] not in self.shelf.warned:
            self.shelf.warned.add(image["uri"])
            path, line = self._place(image)
            warn(BOOK_IMAGE, path, line, target=self._name(image), why=why, advice=advice)

    def _place(self, image: nodes.image) -> tuple[Path, int]:
        """Return the file of the page that shows an image, and the line."""
        source = get_node_source(image) or ""
        path = Path(source.partition(":docstring of ")[0])
        if not path.is_file():
            path = Path(self.env.doc2path(self.env.current_document.docname))
        line = get_node_line(image) or 1
        # MyST knows the first line of a paragraph only; authors want that of the image.
        name = posixpath.basename(str(image.get("original_uri") or self._name(image)))[:30]
        try:
            lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
        except OSError:
            return path, line
        for number in range(line, len(lines) + 1):
            if name in lines[number - 1]:
                return path, number
            if number > line and not lines[number - 1].strip():
                break
        return path, line


class EmbeddedImages(BookImages):
    """Makes files of images whose data is in the page."""

    # Before Sphinx tries to fetch those that have "://" in them, or to take apart broken ones.
    default_priority = 95

    def run(self, **kwargs: Any) -> None:
        """Take the images out of a document."""
        for image in list(self.document.findall(nodes.image)):
            if image["uri"].startswith(_DATA):
                self._take_out(image)

    def _take_out(self, image: nodes.image) -> None:
        """Make a file of an image whose data is in the page."""
        uri = image["uri"]
        head, _, text = uri.partition(",")
        # Sphinx 8 doesn't decode text; and what isn't base64 makes it stop.
        data = unquote_to_bytes(text)
        if head.endswith(";base64"):
            try:
                parsed = parse_data_uri(uri)
                data = parsed.data if parsed else b""
            except ValueError:
                data = b""
        try:
            self._put(image, uri, "", "embedded", data)
        except BadPictureError as error:
            self._replace(image, error.why, error.advice)


class UnshownImages(BookImages):
    """Puts a link in place of an image that nothing has converted to a type that is shown."""

    # After sphinx.ext.imgconverter and its like.
    default_priority = 210

    def run(self, **kwargs: Any) -> None:
        """Replace what an output can't show."""
        for image in list(self.document.findall(nodes.image)):
            candidates = image.get("candidates", {"?": ""})
            if "?" in candidates:
                continue
            kinds = set(candidates)
            if "*" in candidates:
                kinds = {guess_mimetype(Path(self.env.srcdir, image["uri"]), "")}
            if not kinds & set(self.shelf.supported):
                self._replace(
                    image,
                    "is of a type that can't be shown here",
                    "add it as PNG, JPEG or SVG, too",
                )


def setup(app: Sphinx) -> None:
    """Register what looks at images when a book is written."""
    shelf = Shelf()
    for transform in (EmbeddedImages, BookImages, UnshownImages):
        # Sphinx makes one transform for each document; what they know together is here.
        app.add_post_transform(type(transform.__name__, (transform,), {"shelf": shelf}))
    app.connect("builder-inited", shelf.open)
    app.connect("build-finished", shelf.close)
