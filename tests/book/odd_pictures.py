"""Image files of every kind that a guide may have, made small, by what is odd about them."""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from collections.abc import Mapping
from typing import Any

from PIL import Image, features

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
BOX = '<rect width="60" height="40" fill="teal"/>'


def svg(content: str = BOX, size: str = 'width="90" height="60"', before: str = "") -> bytes:
    """Return an SVG file."""
    return f"{before}<svg {SVG} {size}>{content}</svg>".encode()


def picture(mode: str = "RGB", size: tuple[int, int] = (90, 60)) -> Image.Image:
    """Return an image with a dark left half and a light right half."""
    image = Image.new("RGB", size, "#cfe8d5")
    image.paste("#14702c", (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return the file of an image."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def turned(kind: str = "JPEG") -> bytes:
    """Return a photo taken with the camera held upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(picture(), kind, exif=exif)


def see_through() -> Image.Image:
    """Return an image of which a part can be looked through."""
    image = picture("RGBA")
    image.paste((0, 0, 0, 0), (10, 10, 60, 30))
    return image


def animation(kind: str, **options: Any) -> bytes:
    """Return an animation: green first, then red."""
    frames = [picture(), Image.new("RGB", (90, 60), "red")]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100, **options)


def interlaced_png() -> bytes:
    """Return a PNG of 1 x 1 pixel, in the order that shows it soon. Pillow doesn't write such."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 1)
    pixels = zlib.compress(b"\0\x14\x70\x2c")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def bomb_png() -> bytes:
    """Return a PNG that says it has 50,000 x 50,000 pixels."""
    whole = bytearray(saved(Image.new("1", (8, 8)), "PNG"))
    whole[16:24] = struct.pack(">II", 50_000, 50_000)
    whole[29:33] = struct.pack(">I", zlib.crc32(bytes(whole[12:29])))
    return bytes(whole)


#: Files that can be shown, by name.
GOOD: Mapping[str, bytes] = {
    "plain.png": saved(picture(), "PNG"),
    "plain.jpg": saved(picture(), "JPEG"),
    "progressive.jpeg": saved(picture(), "JPEG", progressive=True),
    "grey.jpg": saved(picture("L"), "JPEG"),
    "cmyk.jpg": saved(picture("CMYK"), "JPEG"),
    "turned.jpg": turned(),
    "turned.png": turned("PNG"),
    "see-through.png": saved(see_through(), "PNG"),
    "palette.png": saved(picture("P"), "PNG"),
    "palette-see-through.png": saved(see_through().quantize(8), "PNG"),
    "one-bit.png": saved(picture("1"), "PNG"),
    "grey-alpha.png": saved(picture("LA"), "PNG"),
    "sixteen-bit.png": saved(Image.new("I;16", (90, 60), 40_000), "PNG"),
    "interlaced.png": interlaced_png(),
    "moves.png": animation("PNG"),
    "moves.gif": animation("GIF"),
    "moves.webp": animation("WEBP"),
    "still.gif": saved(picture("P"), "GIF"),
    "photo.webp": saved(picture(), "WEBP"),
    "see-through.webp": saved(see_through(), "WEBP", lossless=True),
    "plain.bmp": saved(picture(), "BMP"),
    "plain.tiff": saved(picture(), "TIFF"),
    "cmyk.tiff": saved(picture("CMYK"), "TIFF"),
    "sixteen-bit.tiff": saved(Image.new("I;16", (90, 60), 40_000), "TIFF"),
    "float.tiff": saved(Image.new("F", (90, 60), 40_000.0), "TIFF"),
    "wide.png": saved(picture("P", (30_000, 30)), "PNG"),
    "wide.jpg": saved(picture("RGB", (30_000, 30)), "JPEG"),
    "thin.png": saved(Image.new("1", (30_000, 1)), "PNG"),
    "tall.png": saved(picture("1", (30, 9_000)), "PNG"),
    "no-resolution.png": saved(picture(), "PNG", dpi=(0.001, 0.001)),
    "coarse.png": saved(picture("1", (2_000, 20)), "PNG", dpi=(2, 2)),
    "is-a-png.jpg": saved(picture(), "PNG"),
    "is-a-jpeg.png": saved(picture(), "JPEG"),
    "is-a-gif.png": saved(picture("P"), "GIF"),
    "is-an-svg.png": svg(),
    "UPPER.PNG": saved(picture(), "PNG"),
    "100%#1{x}&y~_$.png": saved(picture(), "PNG"),
    "übergröße.png": saved(picture(), "PNG"),
    "two.dots.png": saved(picture(), "PNG"),
    "plain.svg": svg(),
    "packed.svgz": gzip.compress(svg()),
    "text.svg": svg('<text y="40" font-size="20" font-family="Unknown One">Words</text>'),
    "styled.svg": svg(f"<style>rect {{ fill: red }}</style>{BOX}"),
    "latin.svg": svg("<text>é</text>", before='<?xml version="1.0" encoding="latin-1"?>')
    .decode()
    .encode("latin-1"),
    "utf-16.svg": '<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16")
    + svg().decode().encode("utf-16-le"),
    "namespace-entity.svg": (
        '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]>'
        f'<svg xmlns="&ns;" width="9" height="6">{BOX}</svg>'
    ).encode(),
    "huge.svg": svg('<rect width="5e8" height="1e7"/>', 'viewBox="0 0 1e9 1e7"'),
    "wide.svg": svg(BOX, 'width="100000" height="1"'),
    "part-of-the-page.svg": svg(BOX, 'width="100%" height="100%" viewBox="0 0 90 60"'),
    "no-size.svg": svg(BOX, ""),
    "script.svg": svg(f'<script>alert(1)</script><g onclick="alert(2)">{BOX}</g>'),
    "elsewhere.svg": svg(
        '<image width="9" height="9" xlink:href="http://127.0.0.1:9/a.png"/>'
        '<image width="9" height="9" href="plain.png"/>'
        '<image width="9" height="9" href="file:///etc/hostname"/>'
        f'<a href="https://example.org/">{BOX}</a>',
        before='<?xml-stylesheet href="http://127.0.0.1:9/a.css"?>',
    ),
}
if features.check("avif"):
    GOOD = {**GOOD, "photo.avif": saved(picture(), "AVIF")}

_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
_USES = "".join(f'<g id="u{n}">{f"""<use href="#u{n - 1}"/>""" * 10}</g>' for n in range(1, 10))
_RECT = '<rect id="u0" width="3" height="3"/>'

#: Files that can't be shown, by name, and what is said about them.
BAD: Mapping[str, tuple[bytes, str]] = {
    "empty.png": (b"", "is empty; save it again as PNG or JPEG"),
    "empty.svg": (b"", "is empty; save it again as PNG or JPEG"),
    "text.png": (
        b"This is no image.",
        "is broken, or of an unknown type; save it again as PNG or JPEG",
    ),
    "page.svg": (
        b"<html><body></body></html>",
        "is broken, or of an unknown type; save it again as PNG or JPEG",
    ),
    "half.jpg": (
        saved(picture(), "JPEG")[:-400],
        "is broken (Truncated File Read); save it again as PNG or JPEG",
    ),
    "bomb.png": (bomb_png(), "has more than 89 million pixels; make it smaller"),
    "half.svg": (
        svg()[:-6],
        "is broken (no element found: line 1, column 148); save it again as SVG, or as PNG",
    ),
    "laughs.svg": (
        svg("<text>&a9;</text>", before=f'<!DOCTYPE svg [<!ENTITY a0 "lol">{_LAUGHS}]>'),
        "declares an entity (a1) that is not allowed; save it again as SVG, or as PNG",
    ),
    "secret.svg": (
        svg("<text>&a;</text>", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "declares an entity (a) that is not allowed; save it again as SVG, or as PNG",
    ),
    "deep.svg": (
        svg("<g>" * 5_000 + BOX + "</g>" * 5_000),
        "is nested deeper than 200 levels; make it simpler, or save it as PNG",
    ),
    "uses.svg": (
        svg(f'<defs>{_RECT}{_USES}</defs><use href="#u9"/>'),
        "can't be drawn (SVG data parsing failed cause nodes limit reached); make it simpler, "
        "or save it as PNG",
    ),
    "zero-size.svg": (
        svg(BOX, 'width="0" height="0"'),
        "has no size; save it again as SVG, or as PNG",
    ),
}
