"""Pelican's settings, read as text. Pure functions: nothing of them is ever run.

What is understood are values that are data (`sphinx_fsp.init.values`), conditions on them, changes
of lists and dictionaries, and ``from pelicanconf import *``. All else is reported with its line.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from sphinx_fsp.init.calls import NotUnderstood, bounded
from sphinx_fsp.init.values import Evaluator

#: Files that import one another.
_MOST_FILES = 20
_RUN = "depends on what is run"
#: Reads a file of the settings' folder by its name; raises OSError, UnicodeDecodeError
#: or SyntaxError.
Load = Callable[[str], str]


class Value(NamedTuple):
    """The value of a setting, and where it stands."""

    value: Any
    file: str
    line: int


class Unread(NamedTuple):
    """What isn't understood."""

    name: str
    file: str
    line: int
    why: str
    #: True when nothing of the file is known.
    whole_file: bool = False


class Settings(NamedTuple):
    """What the settings say."""

    values: Mapping[str, Value]
    unread: tuple[Unread, ...] = ()
    #: Files that were read.
    files: tuple[str, ...] = ()

    def get(self, name: str, default: Any, kind: type | tuple[type, ...] = str) -> Any:
        """Return a setting, or *default* where it isn't set or is none of its kind."""
        value = self.values.get(name)
        return value.value if value and isinstance(value.value, kind) else default

    def texts(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return a setting that is a list of texts."""
        value = self.get(name, None, (list, tuple))
        return default if value is None else tuple(v for v in value if isinstance(v, str))

    def place(self, name: str) -> str:
        """Return where a setting stands, or an empty text."""
        value = self.values.get(name)
        return f"{value.file}:{value.line}" if value else ""


def read_settings(name: str, load: Load) -> Settings:
    """Return what a settings file, and those of its folder that it imports, say."""
    reader = _Reader(load)
    reader.read(name)
    found = {
        key: value._replace(value=_without_paths(value.value))
        for key, value in reader.names.items()
        if key.isupper()
    }
    return Settings(found, tuple(reader.unread), tuple(reader.files))


def _without_paths(value: Any) -> Any:
    """Return a value with paths as texts."""
    if isinstance(value, PurePosixPath):
        return str(value)
    return [_without_paths(one) for one in value] if isinstance(value, list) else value


class _Reader:
    def __init__(self, load: Load) -> None:
        self.load = load
        self.evaluator = Evaluator()
        self.names: dict[str, Value] = {}
        self.unread: list[Unread] = []
        self.files: list[str] = []

    def read(self, file: str) -> None:
        self.files.append(file)
        try:
            text = self.load(file)
        except (OSError, UnicodeDecodeError, SyntaxError) as error:
            why = getattr(error, "strerror", None) or "can't be read"
            why = why if isinstance(error, OSError) else "isn't in the encoding that it names"
            self.unread.append(Unread("", file, 0, why, whole_file=True))
            return
        try:
            with warnings.catch_warnings():
                # An odd backslash in a text is no concern of ours.
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
        except SyntaxError as error:
            why = f"is no Python ({error.msg})"
            self.unread.append(Unread("", file, error.lineno or 0, why, whole_file=True))
            return
        except (ValueError, RecursionError, MemoryError):
            self.unread.append(Unread("", file, 0, "is no Python", whole_file=True))
            return
        for statement in tree.body:
            self._statement(statement, file)

    def _statement(self, node: ast.stmt, file: str) -> None:
        if isinstance(node, ast.ImportFrom):
            self._import(node, file)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                self._assign(target, node.value, file)
        elif isinstance(node, ast.AnnAssign) and node.value:
            self._assign(node.target, node.value, file)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            old = ast.copy_location(ast.Name(node.target.id, ast.Load()), node)
            both = ast.copy_location(ast.BinOp(old, node.op, node.value), node)
            self._assign(node.target, both, file)
        elif isinstance(node, ast.If):
            self._choose(node, file)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            self._change(node.value, file)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            # A function has no value here, whatever was of its name before.
            self.names.pop(node.name, None)
        elif not isinstance(node, ast.Import | ast.Pass):
            # A loop, "with": what it changes isn't known.
            for name in sorted(_changed(node)):
                self._lost(name, file, node, "depends on what is run")

    def _choose(self, node: ast.If, file: str) -> None:
        """Follow the branch of a condition that is known."""
        try:
            is_so = self._value(node.test, file)
        except (NotUnderstood, RecursionError):
            for name in sorted(_changed(node)):
                self._lost(name, file, node, "depends on what is run")
            return
        for statement in node.body if is_so else node.orelse:
            self._statement(statement, file)

    def _change(self, node: ast.Call, file: str) -> None:
        """Follow ``NAME.append(...)`` and the like."""
        changed = sorted(_changed(node))
        if not changed:
            return
        try:
            if not isinstance(node.func, ast.Attribute) or node.keywords:
                raise NotUnderstood(_RUN)
            arguments = [self._value(argument, file) for argument in node.args]
            self._replace(node.func.value, file, _change_of(node.func.attr, arguments))
        except (NotUnderstood, RecursionError):
            for name in changed:
                # What it held before, it still holds.
                self._lost(name, file, node, _RUN, keep=True)

    def _replace(self, target: ast.expr, file: str, change: Callable[[Any], Any]) -> None:
        """Put a changed value in the place of that of ``NAME`` or ``NAME[key]``.

        :raises NotUnderstood: when it can't be told
        """
        if isinstance(target, ast.Name) and target.id in self.names:
            old = self.names[target.id]
            try:
                new = change(old.value)
            except (TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
                raise NotUnderstood(_RUN) from error
            # It still stands where it was set first.
            self.names[target.id] = old._replace(value=bounded(new))
        elif isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Slice):
            key = self._value(target.slice, file)
            self._replace(target.value, file, lambda whole: _with(whole, key, change(whole[key])))
        else:
            raise NotUnderstood(_RUN)

    def _import(self, node: ast.ImportFrom, file: str) -> None:
        module = f"{(node.module or '').replace('.', '/')}.py"
        if node.level > 1 or not node.module or module in self.files:
            return
        before = dict(self.names)
        if len(self.files) >= _MOST_FILES:
            self.unread.append(Unread("", file, node.lineno, "imports too many files"))
            return
        try:
            self.load(module)
        except OSError:
            if node.names[0].name == "*":
                why = f"imports {node.module}, which is no file beside it"
                self.unread.append(Unread("", file, node.lineno, why))
            return
        except (UnicodeDecodeError, SyntaxError):
            pass
        self.read(module)
        if node.names[0].name != "*":
            wanted = {alias.name: alias.asname or alias.name for alias in node.names}
            taken = {as_: self.names[n] for n, as_ in wanted.items() if n in self.names}
            self.names = before | taken

    def _assign(self, target: ast.expr, value: ast.expr, file: str) -> None:
        if isinstance(target, ast.Tuple | ast.List):
            if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
                for one, its in zip(target.elts, value.elts, strict=True):
                    self._assign(one, its, file)
            else:
                for name in sorted(_changed(target)):
                    self._lost(name, file, target, "isn't a plain value")
        elif isinstance(target, ast.Name):
            try:
                found = self._value(value, file)
            except RecursionError:
                self._lost(target.id, file, value, "is nested too deep")
            except NotUnderstood as error:
                self._lost(target.id, file, value, str(error))
                if isinstance(value, ast.List | ast.Tuple):
                    known = [*filter(None, (self._known(one, file) for one in value.elts))]
                    self.names[target.id] = Value(known, file, target.lineno)
            else:
                self.names[target.id] = Value(found, file, target.lineno)
        else:
            try:
                if not isinstance(target, ast.Subscript):
                    raise NotUnderstood(_RUN)
                key, found = self._value(target.slice, file), self._value(value, file)
                self._replace(target.value, file, lambda whole: _with(whole, key, found))
            except (NotUnderstood, RecursionError):
                for name in sorted(_changed(target)):
                    self._lost(name, file, target, _RUN)

    def _lost(self, name: str, file: str, node: ast.AST, why: str, *, keep: bool = False) -> None:
        if not keep:
            self.names.pop(name, None)
        if name.isupper():
            self.unread.append(Unread(name, file, getattr(node, "lineno", 0), why))

    def _known(self, node: ast.expr, file: str) -> Any:
        try:
            return self._value(node, file)
        except (NotUnderstood, RecursionError):
            return None

    def _value(self, node: ast.expr, file: str) -> Any:
        names = {name: value.value for name, value in self.names.items()}
        return self.evaluator.value(node, {"__file__": file, **names})


def _with(whole: Any, key: Any, value: Any) -> Any:
    """Return a dictionary with one value more, or another one."""
    if not isinstance(whole, dict) or not isinstance(key, str | int | float):
        raise NotUnderstood(_RUN)
    return {**whole, key: value}


def _change_of(method: str, arguments: list[Any]) -> Callable[[Any], Any]:
    """Return what a method makes of a list or a dictionary, as a new value."""

    def change(old: Any) -> Any:
        if isinstance(old, dict) and method == "update":
            return {**old, **dict(*arguments)}
        if isinstance(old, dict) and method == "setdefault":
            return {arguments[0]: arguments[1], **old}
        if isinstance(old, list) and method in {"append", "extend", "insert", "remove", "sort"}:
            new = [*old]
            getattr(new, method)(*arguments)
            return new
        raise NotUnderstood(_RUN)

    return change


def _changed(node: ast.AST) -> set[str]:
    """Return the names that a statement may change: those it stores, and those it calls on."""
    names = set()
    for child in ast.walk(node):
        if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store | ast.Del):
            names.add(child.id)
        elif isinstance(child, ast.Attribute | ast.Subscript):
            inner: ast.expr = child
            while isinstance(inner, ast.Attribute | ast.Subscript):
                inner = inner.value
            if isinstance(inner, ast.Name):
                names.add(inner.id)
    return names
