"""YAML whose every value is text. Pure functions."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml

#: The loader that makes text of every scalar: 0402 stays 0402, and no tag is acted on.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class YamlText(NamedTuple):
    """What a YAML text holds."""

    #: Texts, lists and dictionaries.
    data: Any
    #: The same with lines, or None for an empty text.
    tree: yaml.Node | None


def read_yaml(text: str) -> YamlText:
    """Read a YAML text.

    :raises yaml.YAMLError: when it is no YAML
    :raises RecursionError: when it is nested too deep
    """
    loader = _Loader(text)
    try:
        tree = loader.get_single_node()
        return YamlText(loader.construct_document(tree) if tree else None, tree)
    finally:
        loader.dispose()
