"""Values of Python expressions that only stand for data. Pure functions: nothing is ever run.

What is known: texts, numbers, lists, dictionaries, paths, their usual operators and methods,
comprehensions, ``os.path``, and ``os.environ`` as if it were empty. All else is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from sphinx_fsp.init.calls import (
    PLAIN,
    TOO_LARGE,
    NotUnderstood,
    as_text,
    bounded,
    dirname,
    function_named,
    joined,
    method_of,
    percented,
)

#: Expressions of all settings, and elements and letters of their values, together.
_MOST_WORK = 5_000_000
_CONSTANTS: Mapping[str, Any] = {
    "os.curdir": ".",
    "os.pardir": "..",
    "os.sep": "/",
    "os.environ": {},
}


class Evaluator:
    """Finds the values of expressions, from the values of names."""

    def __init__(self) -> None:
        self.work = 0

    def value(self, node: ast.expr, names: Mapping[str, Any]) -> Any:
        """Return the value of an expression.

        :raises NotUnderstood: when it has none here
        :raises RecursionError: when it is nested too deep
        """
        if self.work > _MOST_WORK:
            raise NotUnderstood(TOO_LARGE)
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise NotUnderstood(PLAIN)
        try:
            found = method(node, names)
        except (TypeError, ValueError, LookupError, AttributeError, OverflowError) as error:
            raise NotUnderstood(PLAIN) from error
        self.work += 1 + (len(found) if isinstance(found, str | list | tuple | dict) else 0)
        return bounded(found)

    def _constant(self, node: ast.Constant, names: Mapping[str, Any]) -> Any:
        if node.value is not None and not isinstance(node.value, str | int | float):
            raise NotUnderstood(PLAIN)
        return node.value

    def _name(self, node: ast.Name, names: Mapping[str, Any]) -> Any:
        if node.id not in names:
            raise NotUnderstood(f"uses {node.id}, which isn't known")
        return names[node.id]

    def _items(self, nodes: Iterable[ast.expr], names: Mapping[str, Any]) -> list[Any]:
        found: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                found += bounded(list(self.value(node.value, names)))
            else:
                found.append(self.value(node, names))
        return found

    def _list(self, node: ast.List | ast.Set, names: Mapping[str, Any]) -> list[Any]:
        return self._items(node.elts, names)

    _set = _list

    def _tuple(self, node: ast.Tuple, names: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(self._items(node.elts, names))

    def _dict(self, node: ast.Dict, names: Mapping[str, Any]) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            its = self.value(value, names)
            if key is None:
                found |= its
            elif isinstance(name := self.value(key, names), str | int | float):
                found[name] = its
        return found

    def _comprehended(
        self, generators: list[ast.comprehension], names: Mapping[str, Any]
    ) -> Iterator[Mapping[str, Any]]:
        if not generators:
            yield names
            return
        first, *rest = generators
        for item in list(self.value(first.iter, names)):
            inner = {**names, **self.unpacked(first.target, item)}
            if all(self.value(test, inner) for test in first.ifs):
                yield from self._comprehended(rest, inner)

    def _listcomp(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp, names: Mapping[str, Any]
    ) -> list[Any]:
        return [self.value(node.elt, inner) for inner in self._comprehended(node.generators, names)]

    _setcomp = _generatorexp = _listcomp

    def _dictcomp(self, node: ast.DictComp, names: Mapping[str, Any]) -> dict[Any, Any]:
        found = self._comprehended(node.generators, names)
        return {self.value(node.key, one): self.value(node.value, one) for one in found}

    def unpacked(self, target: ast.expr, value: Any) -> dict[str, Any]:
        """Return the names that a target of ``for`` or ``=`` gets."""
        if isinstance(target, ast.Name):
            return {target.id: value}
        if not isinstance(target, ast.Tuple | ast.List) or len(value) != len(target.elts):
            raise NotUnderstood(PLAIN)
        parts = [self.unpacked(t, v) for t, v in zip(target.elts, value, strict=True)]
        return {name: its for part in parts for name, its in part.items()}

    def _unaryop(self, node: ast.UnaryOp, names: Mapping[str, Any]) -> Any:
        value = self.value(node.operand, names)
        if isinstance(node.op, ast.Not):
            return not value
        if isinstance(node.op, ast.USub) and isinstance(value, int | float):
            return -value
        raise NotUnderstood(PLAIN)

    def _boolop(self, node: ast.BoolOp, names: Mapping[str, Any]) -> Any:
        found = None
        for operand in node.values:
            found = self.value(operand, names)
            if bool(found) is isinstance(node.op, ast.Or):
                break
        return found

    def _ifexp(self, node: ast.IfExp, names: Mapping[str, Any]) -> Any:
        return self.value(node.body if self.value(node.test, names) else node.orelse, names)

    def _compare(self, node: ast.Compare, names: Mapping[str, Any]) -> bool:
        operands = [self.value(one, names) for one in (node.left, *node.comparators)]
        return all(
            _compared(op, left, right)
            for op, left, right in zip(node.ops, operands, operands[1:], strict=False)
        )

    def _binop(self, node: ast.BinOp, names: Mapping[str, Any]) -> Any:
        left, right = self.value(node.left, names), self.value(node.right, names)
        if isinstance(node.op, ast.Add):
            if type(left) is not type(right) or not isinstance(left, str | list | tuple | int):
                raise NotUnderstood("adds what aren't two texts or two lists")
            return left + right
        if isinstance(node.op, ast.Div) and isinstance(left, PurePosixPath):
            return left / right
        if isinstance(node.op, ast.BitOr) and isinstance(left, dict) and isinstance(right, dict):
            return left | right
        if isinstance(node.op, ast.Mod) and isinstance(left, str):
            return percented(left, right)
        raise NotUnderstood(PLAIN)

    def _joinedstr(self, node: ast.JoinedStr, names: Mapping[str, Any]) -> str:
        parts = []
        for one in node.values:
            if isinstance(one, ast.FormattedValue):
                if one.format_spec or one.conversion not in {-1, ord("s")}:
                    raise NotUnderstood(PLAIN)
                one = one.value
            parts.append(as_text(self.value(one, names)))
        return joined("", parts)

    def _subscript(self, node: ast.Subscript, names: Mapping[str, Any]) -> Any:
        value = self.value(node.value, names)
        if isinstance(node.slice, ast.Slice):
            ends = (node.slice.lower, node.slice.upper, node.slice.step)
            return value[slice(*(end and self.value(end, names) for end in ends))]
        return value[self.value(node.slice, names)]

    def _attribute(self, node: ast.Attribute, names: Mapping[str, Any]) -> Any:
        if (said := ast.unparse(node)) in _CONSTANTS:
            return _CONSTANTS[said]
        if isinstance(node.value, ast.Name) and node.value.id not in names:
            raise NotUnderstood(PLAIN)
        value = self.value(node.value, names)
        if isinstance(value, PurePosixPath):
            if node.attr == "parent":
                return PurePosixPath(dirname(str(value)) or ".")
            if node.attr in {"name", "stem", "suffix"}:
                return getattr(value, node.attr)
        raise NotUnderstood(PLAIN)

    def _call(self, node: ast.Call, names: Mapping[str, Any]) -> Any:
        name = ast.unparse(node.func)
        refused = NotUnderstood(f"calls {name[:40]}")
        is_own = isinstance(node.func, ast.Name) and node.func.id in names
        if is_own or any(keyword.arg is None for keyword in node.keywords):
            raise refused
        function = function_named(name)
        if function is None and isinstance(node.func, ast.Attribute):
            try:
                function = method_of(self.value(node.func.value, names), node.func.attr)
            except NotUnderstood as error:
                raise refused from error
        if function is None:
            raise refused
        arguments = self._items(node.args, names)
        keywords = {str(k.arg): self.value(k.value, names) for k in node.keywords}
        return function(*arguments, **keywords)


def _compared(op: ast.cmpop, left: Any, right: Any) -> bool:
    if isinstance(op, ast.In | ast.NotIn):
        return (left in right) is isinstance(op, ast.In)
    if isinstance(op, ast.Eq | ast.NotEq | ast.Is | ast.IsNot):
        return (left == right) is isinstance(op, ast.Eq | ast.Is)
    raise NotUnderstood(PLAIN)
