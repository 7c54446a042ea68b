"""Image files as TeX and EPUB accept them: what is kept, what is converted, what is refused."""

from __future__ import annotations

import gzip
import io

import pytest
from odd_pictures import BAD, BOX, GOOD, SVG, picture, saved, svg
from PIL import Image

from sphinx_fsp.book.images import svg_drawing
from sphinx_fsp.book.images.pictures import EPUB, LATEX, BadPictureError, prepare
from sphinx_fsp.book.images.svg import BadSvgError, read

GREEN = (20, 112, 44)
#: What TeX shows as it is.
KEPT = {
    "plain.png": ".png",
    "plain.jpg": ".jpg",
    "progressive.jpeg": ".jpg",
    "grey.jpg": ".jpg",
    "see-through.png": ".png",
    "palette.png": ".png",
    "palette-see-through.png": ".png",
    "one-bit.png": ".png",
    "grey-alpha.png": ".png",
    "sixteen-bit.png": ".png",
    "interlaced.png": ".png",
    "moves.png": ".png",
    "no-resolution.png": ".png",
    # Only the names of these are wrong.
    "is-a-png.jpg": ".png",
    "is-a-jpeg.png": ".jpg",
    "UPPER.PNG": ".png",
    "100%#1{x}&y~_$.png": ".png",
    "übergröße.png": ".png",
    "two.dots.png": ".png",
}
#: What EPUB shows, too.
KEPT_IN_EPUB = {"moves.gif": ".gif", "still.gif": ".gif", "is-a-gif.png": ".gif"}
#: Drawings that need nothing but what is in them.
PLAIN = [
    "is-an-svg.png",
    "part-of-the-page.svg",
    "plain.svg",
    "packed.svgz",
    "text.svg",
    "latin.svg",
    "utf-16.svg",
    "namespace-entity.svg",
    "no-size.svg",
    "script.svg",
    "elsewhere.svg",
]


def opened(data: bytes | None) -> Image.Image:
    """Return a converted image."""
    assert data is not None
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("name", GOOD)
def test_tex_gets_png_or_jpeg(name: str) -> None:
    found = prepare(GOOD[name], LATEX)
    assert (found.data is None) == (name in KEPT)
    if found.data is None:
        assert found.suffixes[0] == KEPT[name]
        return
    with opened(found.data) as image:
        assert found.suffixes[0] == {"PNG": ".png", "JPEG": ".jpg"}[str(image.format)]
        assert image.mode != "CMYK"
        assert max(image.size) <= 3000
        assert max(image.size) / min(image.info["dpi"]) <= 101
        image.load()


@pytest.mark.parametrize("name", GOOD)
def test_epub_gets_gif_and_plain_svg_too(name: str) -> None:
    found = prepare(GOOD[name], EPUB)
    if name in PLAIN:
        assert found.suffixes == (".svg",)
        return
    assert (found.data is None) == (name in {*KEPT, *KEPT_IN_EPUB})
    assert found.suffixes[0] in {".png", ".jpg", ".gif"}


@pytest.mark.parametrize("formats", [LATEX, EPUB], ids=["latex", "epub"])
@pytest.mark.parametrize("name", BAD)
def test_refused(name: str, formats: frozenset[str]) -> None:
    data, said = BAD[name]
    with pytest.raises(BadPictureError) as error:
        prepare(data, formats)
    assert f"{error.value.why}; {error.value.advice}" == said


@pytest.mark.parametrize("name", ["cmyk.jpg", "moves.gif", "moves.webp", "photo.webp", "cmyk.tiff"])
def test_colours_stay_and_an_animation_stands_still(name: str) -> None:
    with opened(prepare(GOOD[name], LATEX).data) as image:
        pixel = image.convert("RGB").getpixel((10, 10))
        assert isinstance(pixel, tuple)
        assert all(abs(a - b) < 12 for a, b in zip(pixel, GREEN, strict=True))


@pytest.mark.parametrize("name", ["turned.jpg", "turned.png"])
def test_a_photo_stands_upright(name: str) -> None:
    with opened(prepare(GOOD[name], LATEX).data) as image:
        assert image.size == (60, 90)
        assert not image.getexif()


@pytest.mark.parametrize(("name", "expected"), [("sixteen-bit.tiff", 40_000), ("float.tiff", 156)])
def test_brightness_stays(name: str, expected: int) -> None:
    with opened(prepare(GOOD[name], LATEX).data) as image:
        assert image.getpixel((0, 0)) == expected


def test_what_can_be_looked_through_stays_so() -> None:
    with opened(prepare(GOOD["see-through.webp"], LATEX).data) as image:
        assert image.mode == "RGBA"
        assert image.getpixel((20, 20)) == (0, 0, 0, 0)


def test_fewer_pixels_in_the_same_size_in_print() -> None:
    wide = saved(picture(size=(6_000, 600)), "PNG", dpi=(600, 600))
    with opened(prepare(wide, LATEX).data) as image:
        assert image.size == (3_000, 300)
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_colour_profiles_stay() -> None:
    photo = saved(picture(size=(4_000, 40)), "JPEG", icc_profile=b"a profile")
    with opened(prepare(photo, LATEX).data) as image:
        assert image.info["icc_profile"] == b"a profile"


# SVG -----------------------------------------------------------------------------------------


def test_a_drawing_has_three_pixels_for_one() -> None:
    found = prepare(svg(), LATEX)
    with opened(found.data) as image:
        assert image.size == (270, 180)
        assert image.info["dpi"] == pytest.approx((288, 288), abs=0.1)
    assert found.size == (90, 60)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ('width="1in" height="2.54cm"', (96, 96)),
        ('width="72pt" height="6pc"', (96, 96)),
        ('width="50" viewBox="0 0 100 10"', (50, 5)),
        ('height="5" viewBox="0 0 100 10"', (50, 5)),
        ('viewBox="0,0,100,10"', (100, 10)),
        ('width="100%" height="auto" viewBox="0 0 100 10"', (100, 10)),
        ("", None),
        ('width="nonsense" viewBox="0 0 x y"', None),
    ],
)
def test_size(size: str, expected: tuple[float, float] | None) -> None:
    assert read(svg(size=size)).size == (pytest.approx(expected) if expected else None)


@pytest.mark.parametrize(
    ("content", "left"),
    [
        ("<script>a()</script><rect/>", "<rect />"),
        ('<rect onclick="a()" fill="red"/>', '<rect fill="red" />'),
        ('<image href="http://127.0.0.1/a.png"/>', "<image />"),
        ('<image xlink:href="//127.0.0.1/a.png"/>', "<image />"),
        ('<image href="file:///etc/passwd"/>', "<image />"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "<image />"),
        ('<image href="data:image/png;base64,AAAA"/>', None),
        ('<use href="other.svg#a"/>', "<use />"),
        ('<a href="javascript:a()"><rect/></a>', "<a><rect /></a>"),
        ('<rect xml:base="http://127.0.0.1/"/>', "<rect />"),
        ('<metadata>a</metadata><x xmlns="urn:x">b</x><rect/>', "<rect />"),
        ('<text>a<animate attributeName="x"/>b</text>', "<text>ab</text>"),
    ],
)
def test_nothing_runs_and_nothing_is_fetched(content: str, left: str | None) -> None:
    drawing = read(svg(content))
    inside = drawing.text.partition(">")[2].removesuffix("</svg>")
    if left is None:
        assert inside == content.replace("href", "xlink:href").replace("/>", " />")
    else:
        assert inside == left
    assert drawing.plain


@pytest.mark.parametrize(
    "content",
    [
        "<style>@import url(http://127.0.0.1/a.css)</style>",
        '<rect style="fill: url(http://127.0.0.1/a.svg#b)"/>',
        '<rect fill="u\\72l(a.svg#b)"/>',
        '<rect fill="url(#nowhere)"/>',
        '<use href="#nowhere"/>',
        '<g id="a"/><g id="a"/>',
        '<g id="a b"/>',
        "<filter><feTurbulence/></filter>",
        "<feImage/>",
        "<foreignObject/>",
        "<nonsense/>",
    ],
)
def test_what_epub_gets_as_pixels(content: str) -> None:
    assert not read(svg(content + BOX)).plain
    assert prepare(svg(content + BOX), EPUB).suffixes == (".png",)


def test_html_in_a_drawing_is_said() -> None:
    page = '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Words</p></foreignObject>'
    said = (
        "has HTML in it (foreignObject), which is not drawn",
        "write its text as SVG text",
    )
    assert prepare(svg(page + BOX), LATEX).lost == said
    assert prepare(svg(page + BOX), EPUB).lost == said
    # Here the drawing has its own words for it.
    assert prepare(svg(f"<switch>{page}<text>Words</text></switch>"), LATEX).lost is None


def test_text_that_no_font_has_is_said() -> None:
    found = prepare(svg("<text y='20'>\ue123</text>"), LATEX)
    assert found.lost == (
        "has text that no installed font shows",
        "install a font such as DejaVu or Liberation, or turn the text into paths",
    )


def test_text_is_drawn_whatever_its_font() -> None:
    for family in ("sans-serif", "serif", "monospace", "No Such Font", "fantasy"):
        text = f'<text y="40" font-size="30" font-family="{family}">M</text>'
        with opened(prepare(svg(text), LATEX).data) as image:
            assert image.getbbox(), family


@pytest.mark.parametrize(("side", "expected"), [(1_100, 3_000), (1e7, 0)])
def test_a_large_one_that_does_not_say_its_size(side: float, expected: int) -> None:
    drawing = svg(f'<rect width="{side}" height="{side}"/>', "")
    if not expected:
        with pytest.raises(BadPictureError):
            prepare(drawing, LATEX)
        return
    with opened(prepare(drawing, LATEX).data) as image:
        assert image.size == (expected, expected)


def test_it_may_not_take_long() -> None:
    noise = (
        '<filter id="f" width="9999%" height="9999%"><feTurbulence numOctaves="10000000"/></filter>'
        '<rect width="3000" height="3000" filter="url(#f)"/>'
    )
    drawing = read(svg(noise, 'width="3000" height="3000"'))
    with pytest.raises(BadSvgError, match=r"takes longer than 0\.5 seconds"):
        svg_drawing.draw(drawing, 3_000, timeout=0.5)


def test_a_packed_file_may_not_be_a_bomb() -> None:
    packed = gzip.compress(f"<svg {SVG}>".encode() + b" " * 30_000_000)
    with pytest.raises(BadSvgError, match="has more than 20 MB"):
        read(packed)
