"""What other programs read: the resources of a site as files, and as data in its pages.

Pure functions. `export_all` makes the files, `item_list` what stands in a page. Nothing here asks
for the time: the same resources give the same bytes, unless a feed has no entries.
"""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_fsp.resources.exports.atom import ATOM_FEED, atom_feed
from sphinx_fsp.resources.exports.bookmarks import bookmarks
from sphinx_fsp.resources.exports.feeds import newest
from sphinx_fsp.resources.exports.json_feed import JSON_FEED, json_feed
from sphinx_fsp.resources.exports.json_ld import item_list, json_ld, script_element
from sphinx_fsp.resources.exports.opml import opml
from sphinx_fsp.resources.exports.site import AddressOf, Site
from sphinx_fsp.resources.exports.tables import as_csv, as_json, rows_of
from sphinx_fsp.resources.record import Resource
from sphinx_fsp.source.addresses import is_dangerous

__all__ = ["AddressOf", "Site", "export_all", "item_list", "json_ld", "script_element"]


def export_all(
    resources: Sequence[Resource], site: Site, address_of: AddressOf
) -> dict[str, bytes]:
    """Return every export by the name of its file, relative to the root of the site.

    Those whose address could run code are left out: a browser that takes the bookmarks in would
    make it a button.

    :param resources: in the order in which they are to stand
    """
    safe = [resource for resource in resources if not is_dangerous(resource.url)]
    rows = rows_of(safe, address_of)
    new = newest(safe)
    return {
        "resources.json": as_json(rows),
        "resources.csv": as_csv(rows),
        "resources.opml": opml(safe, site),
        "resources.bookmarks.html": bookmarks(safe, site),
        JSON_FEED: json_feed(new, site),
        ATOM_FEED: atom_feed(new, site, address_of),
    }
