"""What kind a resource is of, where that is clear."""

from __future__ import annotations

import pytest

from sphinx_fsp.resources.kinds import infer_kind
from sphinx_fsp.resources.record import KINDS

PAGE = "https://owls.example/page"


@pytest.mark.parametrize(
    ("description", "kind"),
    [
        ("is a free tutorial on owls.", "tutorial"),
        ("is an in-depth, step-by-step walkthrough.", "tutorial"),
        ("is a getting started guide.", "tutorial"),
        ("is a long blog post that compares owls.", "article"),
        ("(part two) is an article", "article"),
        ("by Ann Owl is a book on birds.", "book"),
        ("provides a video course about nests", "course"),
        ("is a series of videos", "video"),
        ("was a wonderful keynote at OwlConf.", "talk"),
        ("is an open source Owl library that hoots.", "project"),
        ("is a web framework.", "project"),
        ("is a command-line tool for nests", "tool"),
        ("is a weekly newsletter", "newsletter"),
        ("is a podcast episode with Ann", "podcast"),
        ("is the original paper", "paper"),
        ("are the official docs", "documentation"),
        ("This detailed post shows how to feed owls.", "article"),
    ],
)
def test_said(description: str, kind: str) -> None:
    assert infer_kind("Owls", description, PAGE) == kind


@pytest.mark.parametrize(
    "description",
    [
        "explains owls.",
        "is a guide to owls.",
        "is a review of a book.",
        "is a book review",
        "is a tool chain",
        "is a tour through the library",
        "is a framework-agnostic explanation",
        "is a site with videos",
        "is a list of articles",
        "has a chapter on tools",
        "",
    ],
)
def test_not_said(description: str) -> None:
    assert infer_kind("Owls", description, PAGE) == ""


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.youtube.com/watch?v=1", "video"),
        ("https://youtu.be/1", "video"),
        ("https://www.youtube.com/@owls", ""),
        ("https://pyvideo.org/owlconf-2020/1.html", "talk"),
        ("https://speakerdeck.com/ann/owls", "talk"),
        ("https://speakerdeck.com/ann", ""),
        ("https://github.com/ann/owls", "project"),
        ("https://github.com/ann/owls/", "project"),
        ("https://github.com/ann/owls/blob/main/nests.md", ""),
        ("https://github.com/ann/awesome-owls", ""),
        ("https://github.com/ann/owl-book", ""),
        ("https://github.com/ann/owl_example", "example"),
        ("https://github.com/topics/owls", ""),
        ("https://pypi.org/project/owls/", "project"),
        ("https://docs.owls.example/en/latest/nests.html", "documentation"),
        ("https://docs.owls.example/tutorial/", "tutorial"),
        ("https://owls.example/docs/nests", "documentation"),
        ("https://docs.google.com/document/d/1", ""),
        ("https://owls.readthedocs.io/en/latest/nests.html", "documentation"),
        # The start page of a project's documentation may stand for either.
        ("https://owls.readthedocs.io/en/latest/", ""),
        ("https://www.amazon.com/Owls/dp/1", "book"),
        ("https://www.amazon.com/s?k=owls", ""),
        ("https://leanpub.com/owls", "book"),
        ("https://www.manning.com/books/owls", "book"),
        ("https://www.udemy.com/course/owls/", "course"),
        ("https://www.coursera.org/learn/owls", "course"),
        ("https://arxiv.org/abs/1", "paper"),
        ("https://en.wikipedia.org/wiki/Owl", "reference"),
        ("https://tools.ietf.org/html/rfc1", "reference"),
        ("https://owls.example/tutorials/nests", "tutorial"),
        ("https://owls.example/owl-tutorial", "tutorial"),
        ("not an address", ""),
        ("", ""),
    ],
)
def test_address(url: str, kind: str) -> None:
    assert infer_kind("Owls", "tells of them.", url) == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Owl Tutorial", "tutorial"),
        ("Getting Started with Owls", "tutorial"),
        ("How to Build a Nest", "tutorial"),
        ("How Owls Build", ""),
        ("Owl cheat sheet", "reference"),
        ("The Owl Podcast", "podcast"),
        ("Owl Weekly", "newsletter"),
        ("official Owl documentation", "documentation"),
        ("Writing good documentation", ""),
        ("Booking a trip", ""),
    ],
)
def test_title(title: str, kind: str) -> None:
    assert infer_kind(title, "tells of them.", PAGE) == kind


def test_text_comes_before_address_and_address_before_title() -> None:
    video = "https://www.youtube.com/watch?v=1"
    assert infer_kind("Owl Podcast", "is a full course.", video) == "course"
    assert infer_kind("Owl Podcast", "tells of them.", video) == "video"


def test_video_of_a_talk_is_a_talk() -> None:
    video = "https://vimeo.com/1"
    assert infer_kind("Owls", "from PyCon explains them.", video) == "talk"


@pytest.mark.parametrize(
    ("description", "kind"),
    [
        ("is an example project for owls", "example"),
        ("is a Flask app", "project"),
        ("collects resources on owls", ""),
        ("has slides and notes", ""),
    ],
)
def test_repository(description: str, kind: str) -> None:
    assert infer_kind("Owls", description, "https://github.com/ann/owls") == kind


def test_kinds_are_known() -> None:
    nouns = "tutorial article book course video talk library tool newsletter podcast paper docs"
    assert {infer_kind("", f"is a {noun}", "") for noun in nouns.split()} <= set(KINDS)
