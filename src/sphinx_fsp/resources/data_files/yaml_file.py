"""Resources in YAML. Pure functions.

Every scalar is the text that is written, and no tag is acted on, as in
`sphinx_fsp.source.yaml_text`. But here the tree is made from the events of the parser, not by
PyYAML's composer: that one recurses in C, where too many levels end the process, and what aliases
repeat has to be counted before it is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

import yaml

from sphinx_fsp.diagnostics import Problem
from sphinx_fsp.resources.data_files.entries import (
    RESOURCES,
    NoText,
    Pair,
    Source,
    fault,
    make_items,
    no_list,
)
from sphinx_fsp.resources.record import RawItem

#: Levels inside one another. Entries need four.
MAX_DEPTH = 50
#: Values that aliases may repeat: those of ``&a``, ``[*a, *a]``, ``[*b, *b]`` ... grow without end.
MAX_REPEATED = 100_000
#: Makes text of every scalar. Only its events are used.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Node(NamedTuple):
    """A value."""

    kind: Literal["text", "list", "mapping"]
    text: str
    #: Those of a list; keys and values of a mapping in turn.
    children: list[_Node]
    offset: int


class _Open(NamedTuple):
    """A list or mapping that is being read."""

    node: _Node
    anchor: str | None
    #: How many values were read when it began, those that aliases repeat included.
    before: int


class _RefusedError(Exception):
    """A text that is YAML and can't be taken."""

    def __init__(self, why: str, offset: int) -> None:
        super().__init__(why)
        self.offset = offset


def read_yaml_file(source: Source) -> tuple[list[RawItem], list[Problem]]:
    """Read a YAML file: a list of entries, or a mapping with the key ``resources``."""
    try:
        tree = _tree(source.text)
    except _RefusedError as error:
        line, column = source.place(error.offset)
        return [], [fault(source, line, str(error), "write the entries one by one", column)]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return [], [_syntax_fault(source, error)]
    if tree is None:
        return [], []
    line = source.line(tree.offset)
    extra: list[Problem] = []
    entries = tree.children if tree.kind == "list" else []
    if tree.kind == "mapping":
        members = zip(tree.children[::2], tree.children[1::2], strict=True)
        lists = [value for key, value in members if key.text == RESOURCES]
        entries = [entry for found in lists if found.kind == "list" for entry in found.children]
        for repeated in lists[1:]:
            at = source.line(repeated.offset)
            extra.append(fault(source, at, f"{RESOURCES!r} stands twice", "join the two lists"))
        # A key without a value is an empty list.
        if not lists or any(found.kind == "mapping" or found.text for found in lists):
            extra.append(no_list(source, line))
    elif tree.kind == "text":
        extra.append(no_list(source, line))
    located = [(_pairs(node, source), source.line(node.offset)) for node in entries]
    items, problems = make_items(located, source)
    return items, extra + problems


def _tree(text: str) -> _Node | None:
    """Return the tree of a text, or None for one that holds nothing.

    :raises yaml.YAMLError: when it is no YAML
    """
    events: Iterable[Any] = yaml.parse(text, Loader=_Loader)
    # Stands for the document.
    stack = [_Open(_Node("list", "", [], 0), None, 0)]
    anchors: dict[str, tuple[_Node, int]] = {}
    count = repeated = documents = 0
    for event in events:
        if isinstance(event, yaml.ScalarEvent):
            count += 1
            node = _Node("text", event.value, [], _offset(event))
            if event.anchor:
                anchors[event.anchor] = node, 1
            stack[-1].node.children.append(node)
        elif isinstance(event, yaml.CollectionStartEvent):
            offset = _offset(event)
            if len(stack) > MAX_DEPTH:
                raise _RefusedError("nested too deep", offset)
            mapping = isinstance(event, yaml.MappingStartEvent)
            node = _Node("mapping" if mapping else "list", "", [], offset)
            stack.append(_Open(node, event.anchor, count))
            count += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            node, anchor, before = stack.pop()
            if anchor:
                anchors[anchor] = node, count - before
            stack[-1].node.children.append(node)
        elif isinstance(event, yaml.AliasEvent):
            offset, name = _offset(event), str(event.anchor)
            if name not in anchors:
                raise _RefusedError(f"nothing above is named &{name[:40]}", offset)
            node, size = anchors[name]
            count, repeated = count + size, repeated + size
            if repeated > MAX_REPEATED:
                raise _RefusedError("aliases repeat too many values", offset)
            # Readers look for an entry where it is repeated.
            stack[-1].node.children.append(node._replace(offset=offset))
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                why = "a second document starts, and a data file is one"
                raise _RefusedError(why, _offset(event))
    children = stack[0].node.children
    return children[0] if children else None


def _offset(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _pairs(node: _Node, source: Source) -> list[Pair] | None:
    if node.kind != "mapping":
        return None
    return [
        Pair(
            key.text or "?",
            _value(value) if key.kind == "text" else NoText("named by no text"),
            source.line(key.offset),
        )
        for key, value in zip(node.children[::2], node.children[1::2], strict=True)
    ]


def _value(node: _Node) -> object:
    if node.kind == "list":
        return [_part(child) for child in node.children]
    return _part(node)


def _part(node: _Node) -> object:
    if node.kind == "text":
        return node.text
    return NoText("a list" if node.kind == "list" else "a mapping")


def _syntax_fault(source: Source, error: Exception) -> Problem:
    offset, words = 0, str(error) or "nested too deep"
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        offset = min(mark.index, len(source.text)) if mark else 0
        words = error.problem or error.context or "can't be read"
        if "nesting depth" in words:
            # PyYAML 6.0.4 has a limit of its own, and its scanner reads ahead of ours.
            words = "nested too deep"
    elif isinstance(error, yaml.reader.ReaderError):
        # Its position is counted in bytes by libyaml, and in characters by PyYAML itself.
        code = error.character
        code = code if isinstance(code, int) else ord(code[:1])
        offset = max(source.text.find(chr(code)), 0)
        words = f"the character U+{code:04X} is not allowed"
    line, column = source.place(offset)
    return fault(source, line, f"not YAML: {words}", "correct the file", column)
