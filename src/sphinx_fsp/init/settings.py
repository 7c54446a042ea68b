"""Pelican's settings, read as text. Pure functions: nothing of them is ever run.

What is understood: names, texts, numbers, lists, tuples and dictionaries of these, ``+``, functions
of ``os.path`` on texts, and ``from pelicanconf import *``. All else is reported with its line.
"""

from __future__ import annotations

import ast
import posixpath
import warnings
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

#: Elements or letters of a value: ``+`` in a loop of names could fill the memory.
_LARGEST = 100_000
#: Files that import one another.
_MOST_FILES = 20
_PATH_FUNCTIONS: dict[str, Callable[..., str]] = {
    "join": posixpath.join,
    "dirname": posixpath.dirname,
    "basename": posixpath.basename,
    "normpath": posixpath.normpath,
    # Paths are seen from the settings' own folder.
    "abspath": lambda path: path,
    "realpath": lambda path: path,
    "expanduser": lambda path: path,
}
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


class _NotUnderstood(Exception):  # noqa: N818  (it never leaves this module)
    """Why an expression has no value here."""


def read_settings(name: str, load: Load) -> Settings:
    """Return what a settings file, and those of its folder that it imports, say."""
    reader = _Reader(load)
    reader.read(name)
    found = {key: value for key, value in reader.names.items() if key.isupper()}
    return Settings(found, tuple(reader.unread), tuple(reader.files))


class _Reader:
    def __init__(self, load: Load) -> None:
        self.load = load
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
        elif not isinstance(node, ast.Import | ast.FunctionDef | ast.ClassDef | ast.Pass):
            # A condition, a loop, "NAME.append(...)": what it changes isn't known.
            for name in sorted(_changed(node)):
                self._lost(name, file, node, "depends on what is run")

    def _import(self, node: ast.ImportFrom, file: str) -> None:
        module = f"{node.module}.py"
        if node.level > 1 or not node.module or "." in node.module or module in self.files:
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
            except _NotUnderstood as error:
                self._lost(target.id, file, value, str(error))
            else:
                self.names[target.id] = Value(found, file, target.lineno)
        else:
            for name in sorted(_changed(target)):
                self._lost(name, file, target, "depends on what is run")

    def _lost(self, name: str, file: str, node: ast.AST, why: str) -> None:
        self.names.pop(name, None)
        if name.isupper():
            self.unread.append(Unread(name, file, getattr(node, "lineno", 0), why))

    def _value(self, node: ast.expr, file: str) -> Any:
        if isinstance(node, ast.Constant):
            if node.value is None or isinstance(node.value, str | int | float):
                return node.value
        elif isinstance(node, ast.Name):
            if node.id == "__file__":
                return file
            if node.id in self.names:
                return self.names[node.id].value
            raise _NotUnderstood(f"uses {node.id}, which isn't known")
        elif isinstance(node, ast.List | ast.Tuple | ast.Set):
            items = [self._value(item, file) for item in node.elts]
            return tuple(items) if isinstance(node, ast.Tuple) else items
        elif isinstance(node, ast.Dict):
            pairs = [
                (k and self._value(k, file), self._value(v, file))
                for k, v in zip(node.keys, node.values, strict=True)
            ]
            return {k: v for k, v in pairs if isinstance(k, str | int | float)}
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            number = self._value(node.operand, file)
            if isinstance(number, int | float):
                return -number
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return self._sum(self._value(node.left, file), self._value(node.right, file))
        elif isinstance(node, ast.Attribute) and ast.unparse(node) == "os.curdir":
            return "."
        elif isinstance(node, ast.Call):
            return self._call(node, file)
        raise _NotUnderstood("isn't a plain value")

    def _sum(self, left: Any, right: Any) -> Any:
        if type(left) is not type(right) or not isinstance(left, str | list | tuple):
            raise _NotUnderstood("adds what aren't two texts or two lists")
        if len(left) + len(right) > _LARGEST:
            raise _NotUnderstood("is too large")
        return left + right

    def _call(self, node: ast.Call, file: str) -> str:
        name = ast.unparse(node.func)
        function = _PATH_FUNCTIONS.get(name.removeprefix("os.path.").removeprefix("path."))
        if function is None or node.keywords or not node.args:
            raise _NotUnderstood(f"calls {name[:40]}")
        arguments = [self._value(argument, file) for argument in node.args]
        if not all(isinstance(a, str) for a in arguments) or sum(map(len, arguments)) > _LARGEST:
            raise _NotUnderstood(f"calls {name[:40]}")
        try:
            return function(*arguments)
        except TypeError as error:
            raise _NotUnderstood(f"calls {name[:40]}") from error


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
