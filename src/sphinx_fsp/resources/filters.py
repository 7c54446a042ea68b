"""Filter expressions of lists and indexes: ``kind == "book" and level != "advanced"``.

Pure functions. The text is parsed with Python's grammar, which authors know, and every part that
isn't a comparison of fields with texts is refused. Nothing is compiled or run.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Mapping
from typing import TypeAlias

MAX_LENGTH = 1000

#: What a field may be: a text, or several.
Value: TypeAlias = "str | tuple[str, ...]"
Filter: TypeAlias = Callable[[Mapping[str, Value]], bool]
_Operand: TypeAlias = "Callable[[Mapping[str, Value]], Value]"


class FilterError(ValueError):
    """An expression that can't be a filter.

    :param column: of the fault, counted from 1
    """

    def __init__(self, why: str, column: int) -> None:
        super().__init__(why)
        self.why = why
        self.column = column


def parse_filter(text: str, names: frozenset[str]) -> Filter:
    """Return the filter that an expression means.

    It takes ``==``, ``!=``, ``<``, ``<=``, ``>``, ``>=``, ``in`` and ``not in`` between names of
    fields, texts in quotes and lists of texts; ``and``, ``or``, ``not`` and brackets. A name
    alone asks whether the field is given. Dates are texts, so that ``date >= "2020"`` works.

    :param names: the fields there are
    :raises FilterError: when it is anything else
    """
    text = " ".join(text.split("\n")).strip()
    if len(text) > MAX_LENGTH:
        raise FilterError(f"is longer than {MAX_LENGTH} characters", 1)
    try:
        with warnings.catch_warnings():
            # Python warns of "\\d" and the like, which are texts here.
            warnings.simplefilter("ignore")
            tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        offset = getattr(error, "offset", None)
        # Python says 0 where the end is missing.
        column = len(text) + 1 if offset == 0 else offset or 1
        raise FilterError("can't be read", column) from None
    try:
        return _condition(tree.body, names)
    except FilterError as error:
        # Python counts bytes.
        column = len(text.encode()[: error.column - 1].decode("utf-8", "ignore")) + 1
        raise FilterError(error.why, column) from None
    except RecursionError:
        raise FilterError("has too many brackets", 1) from None


def _condition(node: ast.expr, names: frozenset[str]) -> Filter:
    match node:
        case ast.BoolOp(op=op, values=values):
            parts = [_condition(value, names) for value in values]
            combine = all if isinstance(op, ast.And) else any
            return lambda item: combine(part(item) for part in parts)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _condition(operand, names)
            return lambda item: not inner(item)
        case ast.Compare(left=left, ops=ops, comparators=others):
            operands = [_operand(part, names) for part in (left, *others)]
            tests = [_comparison(op, node) for op in ops]
            return lambda item: all(
                test(a(item), b(item))
                for test, a, b in zip(tests, operands, operands[1:], strict=False)
            )
        case ast.Name():
            given = _operand(node, names)
            return lambda item: bool(given(item))
    raise FilterError("takes comparisons of fields with texts, and nothing else", _column(node))


def _operand(node: ast.expr, names: frozenset[str]) -> _Operand:
    match node:
        case ast.Name(id=name):
            if name not in names:
                known = ", ".join(sorted(names))
                why = f"asks for {name!r}; there are {known}, and texts stand in quotes"
                raise FilterError(why, _column(node))
            return lambda item: item.get(name, "")
        case ast.Constant(value=str(text)):
            return lambda item: text
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            # A year without quotes.
            digits = str(number)
            return lambda item: digits
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            texts = []
            for part in parts:
                if not (isinstance(part, ast.Constant) and isinstance(part.value, str)):
                    raise FilterError("takes lists of texts only", _column(part))
                texts.append(part.value)
            several = tuple(texts)
            return lambda item: several
    raise FilterError("takes names of fields and texts in quotes, and nothing else", _column(node))


def _comparison(op: ast.cmpop, node: ast.Compare) -> Callable[[Value, Value], bool]:
    match op:
        case ast.Eq():
            return _equal
        case ast.NotEq():
            return lambda a, b: not _equal(a, b)
        case ast.In():
            return _within
        case ast.NotIn():
            return lambda a, b: not _within(a, b)
        case ast.Lt():
            return lambda a, b: bool(a) and bool(b) and _text(a) < _text(b)
        case ast.LtE():
            return lambda a, b: bool(a) and bool(b) and _text(a) <= _text(b)
        case ast.Gt():
            return lambda a, b: bool(a) and bool(b) and _text(a) > _text(b)
        case ast.GtE():
            return lambda a, b: bool(a) and bool(b) and _text(a) >= _text(b)
    raise FilterError("takes ==, !=, <, <=, >, >=, in and not in", _column(node))


def _equal(a: Value, b: Value) -> bool:
    """Tell whether two values are the same; a field of several values, whether one of them is."""
    if isinstance(a, tuple) and isinstance(b, str):
        return b in a if b else not a
    if isinstance(b, tuple) and isinstance(a, str):
        return a in b if a else not b
    return a == b


def _within(a: Value, b: Value) -> bool:
    """Tell whether *a* is one of *b*, or a part of the text *b*; of several, whether one is."""
    several = (a,) if isinstance(a, str) else a
    return any(bool(one) and one in b for one in several)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else "; ".join(value)


def _column(node: ast.expr) -> int:
    return node.col_offset + 1
