"""What became of the images of a book: in this build, and for the next.

Results are kept by content in Sphinx's folder of converted images, so that an image is decoded
once, and again when it changes.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import NamedTuple

import PIL
from sphinx.application import Sphinx

from sphinx_fsp.book.images import pictures
from sphinx_fsp.book.images.pictures import BadPictureError

#: The outputs that are books, and what they show.
BOOKS = {"latex": pictures.LATEX, "epub": pictures.EPUB}
#: Names of files that neither TeX nor EPUB stumbles over.
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


class _Result(NamedTuple):
    """What is known of a content."""

    suffixes: tuple[str, ...]
    converted: bool
    size: tuple[int, int] | None = None
    lost: tuple[str, str] | None = None


class Placed(NamedTuple):
    """An image that an output accepts."""

    #: None when the file will do that is there.
    path: Path | None
    size: tuple[int, int] | None
    lost: tuple[str, str] | None


class Shelf:
    """The images of a book. There is one for each application."""

    def __init__(self) -> None:
        self._results: dict[str, _Result | BadPictureError] = {}
        self._record = Path()
        #: The output that is written, where it is a book.
        self.kind = ""
        #: Mime types that it shows, the best first.
        self.supported: list[str] = []
        #: Images that were warned of.
        self.warned: set[str] = set()

    def open(self, app: Sphinx) -> None:
        """Begin a build with what is known from the last."""
        self._results.clear()
        self.warned.clear()
        self.kind = app.builder.name if app.builder.name in BOOKS else ""
        self.supported = list(app.builder.supported_image_types)
        self._record = Path(app.doctreedir, "images", f"fsp-{self.kind}.json")
        if not self.kind:
            return
        try:
            known = json.loads(self._record.read_text(encoding="utf-8"))
            for key, (suffixes, converted, size) in known.items():
                box = (int(size[0]), int(size[1])) if size else None
                self._results[key] = _Result(tuple(suffixes), bool(converted), box)
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            # There was no build before, or it was broken off.
            self._results.clear()

    def close(self, app: Sphinx, exception: Exception | None) -> None:
        """Keep for the next build what went well. The rest may go well then."""
        known = {
            key: result[:3]
            for key, result in self._results.items()
            if isinstance(result, _Result) and not result.lost
        }
        if self.kind and known:
            self._record.parent.mkdir(parents=True, exist_ok=True)
            self._record.write_text(json.dumps(known), encoding="utf-8")

    def place(self, folder: Path, name: str, stem: str, data: bytes) -> Placed:
        """Return an image as this output accepts it, with a file in *folder* if it needs another.

        :param name: that of its file in the output; nothing when it has none
        :param stem: a name for another file
        :raises BadPictureError: when it can't be shown
        """
        rules = f"{pictures.RULES} {PIL.__version__} {self.kind} "
        key = hashlib.sha256(rules.encode() + data).hexdigest()[:24]
        # The content is in the name: it is the same whatever was built before, and in what order.
        start = f"{_UNSAFE.sub('-', stem).strip('-')[:40] or 'image'}-{key[:10]}"
        result = self._results.get(key)
        if isinstance(result, BadPictureError):
            raise result
        path = folder / f"{start}{result.suffixes[0]}" if result else folder
        if result is None or (result.converted and not path.is_file()):
            try:
                picture = pictures.prepare(data, BOOKS[self.kind])
            except BadPictureError as error:
                self._results[key] = error
                raise
            result = _Result(picture.suffixes, picture.data is not None, picture.size, picture.lost)
            self._results[key] = result
            path = folder / f"{start}{picture.suffixes[0]}"
            if picture.data is not None:
                _write(path, picture.data)
        if not result.converted:
            if _SAFE_NAME.fullmatch(name) and name.endswith(result.suffixes):
                return Placed(None, None, result.lost)
            _write(path, data)
        return Placed(path, result.size, result.lost)


def _write(path: Path, data: bytes) -> None:
    """Write a file, unless it is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_bytes() != data:
        path.write_bytes(data)
