"""What headers leave out: values for whole folders, for single files, and from names of files.

Pure functions. The order is that of Pelican: what is nearer to the page goes first.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple

from sphinx_fsp.source.slugs import slugify

#: Stands for every page.
ALL = "*"


class PathMetadata(NamedTuple):
    """What ``conf.py`` says of pages by their path."""

    #: Values by the path of a file, by a folder with a slash at its end, or by `ALL`.
    by_path: Mapping[str, Mapping[str, str]] = {}
    #: Regular expressions with named groups, matched with a path that has no ending.
    patterns: tuple[str, ...] = ()

    def of(self, path: str) -> dict[str, str]:
        """Return the values that a page gets by its path, for keys that its header doesn't have.

        Those of its file go first, then those of its folder and of the folders around it, then
        those in its name, then those for all pages.

        :param path: in the source folder, with slashes
        """
        folders = [key for key in self.by_path if key.endswith("/") and path.startswith(key)]
        found: dict[str, str] = {}
        for key in (path, *sorted(folders, key=len, reverse=True)):
            found = {**self.by_path.get(key, {}), **found}
        return {**self.by_path.get(ALL, {}), **self._in_name(path), **found}

    def _in_name(self, path: str) -> dict[str, str]:
        found: dict[str, str] = {}
        stem = posixpath.splitext(path)[0]
        for pattern in self.patterns:
            if match := re.match(pattern, stem):
                values = {key.lower(): value for key, value in match.groupdict().items() if value}
                found = {**values, **found}
        if "slug" in found:
            found["slug"] = "/".join(slugify(part) for part in found["slug"].split("/"))
        return found


#: What a site has that says nothing by paths.
NOTHING = PathMetadata()
