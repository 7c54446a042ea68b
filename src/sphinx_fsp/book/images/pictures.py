"""Image files as TeX and readers of EPUB accept them. Pure functions over bytes.

A file is kept as it is wherever that will do. What isn't PNG or JPEG is converted; so is what is
turned, in print colours or far larger than a page. Every image is decoded once, since a broken one
would stop TeX.
"""

from __future__ import annotations

import io
import warnings
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError
from sphinx.util.images import get_image_size

from sphinx_fsp.book.images import svg, svg_drawing

#: Part of the name under which results are kept: count it up when other results come out.
RULES = 1

#: Longest side in pixels: 25 cm in print at 300 dpi.
MAX_SIDE = 3000
#: Longest side in print, in inches. TeX knows no length beyond 227 inches.
MAX_INCHES = 100
#: Pixels per inch of an image that doesn't say it, as TeX takes it.
TEX_DPI = 72.0

#: What is opened. Not EPS, for one, which Pillow hands to Ghostscript.
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "TIFF", "ICO", "PPM", "JPEG2000")
#: Photos rather than drawings, saved as such.
_LOSSY = {"JPEG", "MPO", "WEBP", "AVIF", "JPEG2000"}
#: Suffixes of the types that stay, the usual one first. A phone's MPO is a JPEG with another
#: after it.
SUFFIXES = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg"), "MPO": (".jpg", ".jpeg"), "GIF": (".gif",)}
#: Formats that an output shows.
LATEX = frozenset({"PNG", "JPEG", "MPO"})
EPUB = LATEX | {"GIF", "SVG"}

_ORIENTATION = 0x0112
_SAVE_IT_AGAIN = "save it again as PNG or JPEG"
_MAKE_IT_SMALLER = "make it smaller"


class Picture(NamedTuple):
    """An image as an output accepts it."""

    #: What the name of its file ends with; the first is the usual one.
    suffixes: tuple[str, ...]
    #: The converted file; None when the file that is there will do.
    data: bytes | None = None
    #: Width and height in CSS pixels at which it is to be shown, where its own are others.
    size: tuple[int, int] | None = None
    #: What got lost in the conversion, and what to do about it.
    lost: tuple[str, str] | None = None


class BadPictureError(Exception):
    """An image that can't be shown."""

    def __init__(self, why: str, advice: str) -> None:
        super().__init__(why)
        self.why = why
        self.advice = advice


def prepare(data: bytes, formats: frozenset[str]) -> Picture:
    """Return an image as an output accepts it.

    :param data: the content of its file. The file's name doesn't count: a PNG may be called .jpg
    :param formats: what the output shows: `LATEX` or `EPUB`
    :raises BadPictureError: when it can't be shown
    """
    if not data:
        raise BadPictureError("is empty", _SAVE_IT_AGAIN)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if svg.looks_like_svg(data):
                return _prepare_svg(data, formats)
            with Image.open(io.BytesIO(data), formats=_formats()) as image:
                return _prepare_raster(image, formats)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        millions = (Image.MAX_IMAGE_PIXELS or 0) // 1_000_000
        why = f"has more than {millions} million pixels"
        raise BadPictureError(why, _MAKE_IT_SMALLER) from None
    except svg.BadSvgError as error:
        raise BadPictureError(error.why, error.advice) from None
    except UnidentifiedImageError:
        raise BadPictureError("is broken, or of an unknown type", _SAVE_IT_AGAIN) from None
    except Exception as error:
        # Decoders raise whatever a broken file makes them raise.
        why = f"is broken ({str(error)[:80] or type(error).__name__})"
        raise BadPictureError(why, _SAVE_IT_AGAIN) from None


@cache
def _formats() -> list[str]:
    """Return those of `FORMATS` that this Pillow has: AVIF came late, and not to every system."""
    Image.init()
    return [name for name in FORMATS if name in Image.OPEN]


def _prepare_raster(image: Image.Image, formats: frozenset[str]) -> Picture:
    """Return an image of pixels as an output accepts it."""
    kind, size = image.format or "", image.size
    turned = image.getexif().get(_ORIENTATION, 1) != 1
    large = max(size) > MAX_SIDE
    said = _resolution(image)
    dpi = _printable(said, size)
    if large:
        # A JPEG can be decoded at half its size, or a quarter, at once.
        image.draft(None, (MAX_SIDE, MAX_SIDE))
    image.load()
    if kind in formats and not (turned or large or image.mode == "CMYK" or dpi != said):
        return Picture(SUFFIXES[kind])
    lossy = kind in _LOSSY and not image.has_transparency_data
    profile = image.info.get("icc_profile") if image.mode in {"L", "RGB", "RGBA"} else None
    image = _plain_mode(image, smooth=turned or large)
    if turned:
        image = ImageOps.exif_transpose(image)
    if large:
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
        # Fewer pixels in the same size in print.
        dpi = _printable(said * max(image.size) / max(size), image.size)
    kind = "JPEG" if lossy and image.mode in {"L", "RGB"} else "PNG"
    return Picture(SUFFIXES[kind], _saved(image, kind, dpi, profile))


def _saved(image: Image.Image, kind: str, dpi: float, profile: bytes | None = None) -> bytes:
    """Return the file of an image."""
    out = io.BytesIO()
    # The quality is for JPEG only, and PNG passes over it.
    image.save(out, kind, quality=90, dpi=(dpi, dpi), icc_profile=profile)
    return out.getvalue()


def _plain_mode(image: Image.Image, smooth: bool) -> Image.Image:
    """Return an image in a mode that PNG knows; one that can be made smaller, if *smooth*."""
    mode = image.mode
    if image.has_transparency_data and (smooth or mode not in {"P", "LA", "RGBA"}):
        return image.convert("RGBA")
    if mode in {"I", "F"} or mode.startswith("I;16"):
        if not smooth and mode.startswith("I;16"):
            return image
        # 16 bits; convert() by itself would take every value above 255 for white.
        return image.convert("F").point(lambda value: value * (1 / 256) + 0).convert("L")
    if mode == "P":
        return image.convert("RGB") if smooth else image
    if mode == "1":
        return image.convert("L") if smooth else image
    return image if mode in {"L", "LA", "RGB", "RGBA"} else image.convert("RGB")


def _resolution(image: Image.Image) -> float:
    """Return the pixels per inch that a file states, or else what TeX assumes."""
    stated = image.info.get("dpi")
    dpi = float(min(stated)) if isinstance(stated, tuple) else 0.0
    return dpi if 1 < dpi < 5000 else TEX_DPI


def _printable(dpi: float, size: tuple[int, int]) -> float:
    """Return a resolution with which an image isn't larger than TeX can reckon with."""
    return max(dpi, max(size) / MAX_INCHES)


def _prepare_svg(data: bytes, formats: frozenset[str]) -> Picture:
    """Return a drawing as an output accepts it."""
    drawing = svg.read(data)
    png, missing_font = svg_drawing.draw(drawing, MAX_SIDE)
    if "SVG" in formats and drawing.plain:
        # It was drawn to know that a reader can. The fonts are the reader's.
        return Picture((".svg",), drawing.text.encode())
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        scale = svg_drawing.SCALE
        width, height = drawing.size or (image.width / scale, image.height / scale)
        image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        dpi = _printable(svg.DPI * image.width / width, image.size)
        fit = min(1, MAX_SIDE / max(width, height))
        size = (max(1, round(width * fit)), max(1, round(height * fit)))
        lost = drawing.lost or (svg_drawing.NO_FONT if missing_font else None)
        return Picture(SUFFIXES["PNG"], _saved(image, "PNG", dpi), size, lost)


def pixel_size(path: str | Path) -> tuple[int, int] | None:
    """Return width and height of an image file in pixels; None where they can't be told."""
    return get_image_size(path)
