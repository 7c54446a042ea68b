"""Where the source of a page can be edited and seen, on the host of its repository.

Pure functions. The addresses are those of the hosts' own buttons "Edit" and "View".
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, urlsplit


class Host(NamedTuple):
    """How a host writes its addresses."""

    edit: str
    view: str
    #: Whether repositories may stand deeper than owner and name.
    nested: bool = False


_GITEA = Host("_edit/{branch}/{path}", "src/branch/{branch}/{path}")
HOSTS: Mapping[str, Host] = {
    "github.com": Host("edit/{branch}/{path}", "blob/{branch}/{path}"),
    "gitlab.com": Host("-/edit/{branch}/{path}", "-/blob/{branch}/{path}", nested=True),
    "bitbucket.org": Host("src/{branch}/{path}?mode=edit", "src/{branch}/{path}"),
    "codeberg.org": _GITEA,
    "gitea.com": _GITEA,
}


class Repository(NamedTuple):
    """A repository on a host that we know."""

    #: Without a slash at the end.
    address: str
    host: Host


class SourceLinks(NamedTuple):
    """Where the source of a page is."""

    edit: str
    view: str


def repository(address: str) -> Repository:
    """Return the repository at *address*, ``https://github.com/owner/name``.

    :raises ValueError: saying what an address has to be, when no link can be made from it
    """
    takes = (
        "the address of a repository, https://HOST/OWNER/NAME, where the host is one of "
        + ", ".join(HOSTS)
    )
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        raise ValueError(takes) from None
    name = (parts.hostname or "").removeprefix("www.")
    path = parts.path.strip("/").removesuffix(".git")
    folders = path.split("/")
    host = HOSTS.get(name)
    # A name or a password before the host would be shown on every page.
    extra = parts.query or parts.fragment or port or "@" in parts.netloc
    if parts.scheme not in ("http", "https") or host is None or extra:
        raise ValueError(takes)
    if not all(folder.strip(".") for folder in folders) or len(folders) < 2:
        raise ValueError(takes)
    if len(folders) > 2 and not host.nested:
        raise ValueError(takes)
    return Repository(f"https://{name}/{quote(path, safe='/%')}", host)


def source_links(place: Repository, branch: str, folder: str, path: str) -> SourceLinks | None:
    """Return where a page can be edited and seen; None when its file is outside the repository.

    :param branch: the branch that readers are sent to
    :param folder: the folder of the documentation in the repository, empty for its top
    :param path: the file of the page, relative to that folder
    """
    whole = posixpath.normpath(posixpath.join(folder.strip("/"), path.replace("\\", "/")))
    if whole.startswith(("../", "/")) or whole in ("..", "."):
        return None
    # Slashes of a branch's name stay: hosts take them as they are.
    values = {"branch": quote(branch, safe="/"), "path": quote(whole, safe="/")}
    edit, view = (f"{place.address}/{kind.format(**values)}" for kind in place.host[:2])
    return SourceLinks(edit, view)
