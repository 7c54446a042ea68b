"""Text that every format can hold. Pure functions."""

from __future__ import annotations

import re
from urllib.parse import quote
from xml.etree import ElementTree as ET

from sphinx_fsp.resources.record import Resource

#: What is put in the place of a character that can't be written, as CommonMark does for U+0000.
REPLACEMENT = "\ufffd"
_SURROGATES = re.compile("[\ud800-\udfff]")
#: All but the ``Char`` of XML 1.0, section 2.2.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Blanks that mean nothing but a blank. A no-break space means more.
_BLANKS = re.compile("[ \t\n\r\f\v]+")
_NOT_IN_ADDRESSES = re.compile("[\\s\x00-\x20\x7f-\x9f\ufffe\uffff]")


def encoded(text: str) -> bytes:
    r"""Return a text in UTF-8.

    Halves of surrogate pairs, which ``"\ud800"`` in a JSON file makes, have no UTF-8.
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub(REPLACEMENT, text).encode()


def one_line(text: str) -> str:
    r"""Return a text on one line, of characters that XML and HTML can hold.

    >>> one_line("two\n  lines"), one_line("a bell\x07")
    ('two lines', 'a bell�')
    """
    if text.isprintable() and "  " not in text:
        # Nearly every text; the rest is many times slower.
        return text.strip(" ")
    return _NOT_XML.sub(REPLACEMENT, _BLANKS.sub(" ", text).strip(" "))


def xml_text(text: str) -> str:
    r"""Return a text of characters that XML can hold, lines and all.

    >>> xml_text("a bell\x07")
    'a bell�'
    """
    return _NOT_XML.sub(REPLACEMENT, text)


def address(url: str) -> str:
    """Return an address of characters that addresses, XML and HTML can hold.

    A good address comes back as it is. In another one, blanks and control characters are encoded,
    which leaves it the same record.

    >>> address("https://example.org/a b")
    'https://example.org/a%20b'
    """
    if url.isascii() and url.isprintable() and " " not in url:
        return url
    url = _SURROGATES.sub(REPLACEMENT, url.strip())
    return _NOT_IN_ADDRESSES.sub(lambda match: quote(match[0], safe=""), url)


def is_web(url: str) -> bool:
    """Tell whether an address is a whole one of the web.

    >>> is_web("https://example.org/"), is_web("/docs/"), is_web("example.org")
    (True, False, False)
    """
    return re.match(r"https?://[^/]", url, re.IGNORECASE) is not None


def title_of(resource: Resource) -> str:
    """Return the title to show: the address of a resource that has none."""
    return one_line(resource.title) or address(resource.url)


def document(root: ET.Element) -> bytes:
    """Return an XML document, with a line per element."""
    ET.indent(root, " ")
    data: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return data + b"\n"
