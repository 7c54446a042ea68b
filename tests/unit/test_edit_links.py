"""Where the source of a page can be edited and seen."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_fsp.theme.edit_links import HOSTS, SourceLinks, repository, source_links


def links(address: str, path: str, branch: str = "main", folder: str = "") -> SourceLinks:
    found = source_links(repository(address), branch, folder, path)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("address", "edit", "view"),
    [
        pytest.param(
            "https://github.com/sky/guide",
            "https://github.com/sky/guide/edit/main/content/moon.markdown",
            "https://github.com/sky/guide/blob/main/content/moon.markdown",
            id="GitHub",
        ),
        pytest.param(
            "https://gitlab.com/astronomy/amateurs/guide",
            "https://gitlab.com/astronomy/amateurs/guide/-/edit/main/content/moon.markdown",
            "https://gitlab.com/astronomy/amateurs/guide/-/blob/main/content/moon.markdown",
            id="GitLab, in a group of a group",
        ),
        pytest.param(
            "https://bitbucket.org/sky/guide",
            "https://bitbucket.org/sky/guide/src/main/content/moon.markdown?mode=edit",
            "https://bitbucket.org/sky/guide/src/main/content/moon.markdown",
            id="Bitbucket",
        ),
        pytest.param(
            "https://codeberg.org/sky/guide",
            "https://codeberg.org/sky/guide/_edit/main/content/moon.markdown",
            "https://codeberg.org/sky/guide/src/branch/main/content/moon.markdown",
            id="Codeberg",
        ),
    ],
)
def test_hosts(address: str, edit: str, view: str) -> None:
    assert links(address, "moon.markdown", folder="content") == (edit, view)


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/sky/guide/",
        "https://github.com/sky/guide.git",
        "http://www.GitHub.com/sky/guide",
        " https://github.com/sky/guide\n",
    ],
)
def test_ways_to_write_an_address(address: str) -> None:
    assert links(address, "a.md").edit == "https://github.com/sky/guide/edit/main/a.md"


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("https://git.example.org/sky/guide", id="a host that we don't know"),
        pytest.param("https://github.com.example.org/sky/guide", id="a host that looks like one"),
        pytest.param("git@github.com:sky/guide.git", id="for git alone"),
        pytest.param("https://sky:secret@github.com/sky/guide", id="with a password"),
        pytest.param("https://github.com/sky", id="an owner alone"),
        pytest.param("https://github.com/sky/guide/tree/main", id="a folder of a repository"),
        pytest.param("https://github.com/sky/..", id="dots"),
        pytest.param("https://github.com/sky/guide?tab=readme", id="a query"),
        pytest.param("javascript://github.com/sky/guide", id="another scheme"),
        pytest.param("https://github.com:99999/sky/guide", id="no port"),
        pytest.param("https://[github.com/sky/guide", id="no address"),
        pytest.param("sky/guide", id="no host"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_addresses_are_refused_and_the_error_says_what_is_taken(address: str) -> None:
    with pytest.raises(ValueError, match=r"https://HOST/OWNER/NAME.* github\.com, gitlab\.com"):
        repository(address)


@pytest.mark.parametrize(
    ("folder", "path", "whole"),
    [
        pytest.param("", "moon.md", "moon.md", id="at the top"),
        pytest.param("/docs/", "moon.md", "docs/moon.md", id="slashes around"),
        pytest.param("docs/en", "../img/moon.md", "docs/img/moon.md", id="beside the folder"),
        pytest.param("docs", "old sky/50% #1?.md", "docs/old%20sky/50%25%20%231%3F.md", id="signs"),
        pytest.param("docs", "café.md", "docs/caf%C3%A9.md", id="accents"),
        pytest.param("docs", "a\\b.md", "docs/a/b.md", id="written on Windows"),
    ],
)
def test_paths(folder: str, path: str, whole: str) -> None:
    view = links("https://github.com/sky/guide", path, folder=folder).view
    assert view == f"https://github.com/sky/guide/blob/main/{whole}"


def test_a_branch_with_a_slash() -> None:
    assert "/edit/release/2.x/a.md" in links("https://github.com/a/b", "a.md", "release/2.x").edit


@pytest.mark.parametrize("path", ["../../secret.md", "/etc/passwd", ".."])
def test_a_file_outside_the_repository_has_no_link(path: str) -> None:
    assert source_links(repository("https://github.com/sky/guide"), "main", "docs", path) is None


@given(st.sampled_from(sorted(HOSTS)), st.text("az#?%&\"'<> é/", min_size=1), st.text("ab/?#<"))
def test_no_path_leaves_its_repository(host: str, path: str, branch: str) -> None:
    place = repository(f"https://{host}/sky/guide")
    found = source_links(place, branch, "docs", path)
    for address in found or ():
        parts = urlsplit(address)
        assert parts.hostname == host
        assert unquote(parts.path).startswith("/sky/guide/")
        assert parts.query in ("", "mode=edit")
        assert not set(address) & set("<>\"' ")
