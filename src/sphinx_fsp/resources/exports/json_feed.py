"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): what is new. Pure functions."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sphinx_fsp.resources.exports.feeds import Entry, entry_id, rfc3339
from sphinx_fsp.resources.exports.site import Site
from sphinx_fsp.resources.exports.texts import address, encoded, one_line, title_of
from sphinx_fsp.source.languages import language_tag

JSON_FEED = "feeds/resources.json"


def json_feed(entries: Sequence[Entry], site: Site) -> bytes:
    """Return ``feeds/resources.json``, of the same entries as the Atom feed."""
    author = one_line(site.author)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": one_line(site.title),
        "home_page_url": address(site.absolute("")),
        "feed_url": address(site.absolute(JSON_FEED)),
        "authors": [{"name": author}] if author else [],
        "language": language_tag(site.language),
    }
    given = {name: value for name, value in feed.items() if value or name == "title"}
    items = [_item(entry, site) for entry in entries]
    return encoded(json.dumps(given | {"items": items}, ensure_ascii=False, indent=1) + "\n")


def _item(entry: Entry, site: Site) -> dict[str, object]:
    resource, added = entry
    terms = dict.fromkeys(filter(None, (resource.fields.kind, *resource.fields.tags)))
    item = {
        "id": entry_id(resource, site),
        "url": address(resource.url),
        "title": title_of(resource),
        # An item has a text.
        "content_text": one_line(resource.description) or title_of(resource),
        "date_published": rfc3339(added),
    }
    return item | ({"tags": list(map(one_line, terms))} if terms else {})
