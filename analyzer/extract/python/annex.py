"""What a Python file imports from others of its project, written behind it as assignments: one text that can be read.

The constants of a module become those of a class, with the bytes of their values unchanged; what the importing file
calls them becomes another name of theirs. The space of addresses tells where each value really stands.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from analyzer.extract.linking import Link, Segment, Space, links
from analyzer.extract.linking.modules import Project
from analyzer.extract.python import tree as pytree
from analyzer.model import Problem, Span
from analyzer.source import SourceFile

_LONGEST = 8192  # bytes of a value
_MOST = 4000  # constants of one module
_DEEPEST = 4  # classes in classes
_REMEMBERED = 256  # modules that many files import are parsed once
_LARGEST = 1 << 19  # bytes of a module that is remembered


@dataclass(frozen=True)
class Constant:
    """A name that a module gives to a value, in the classes `owners`; `span` is the value's bytes."""

    owners: tuple[str, ...]
    name: str
    span: Span


@dataclass
class _Writer:
    """A text that grows, and where its pieces come from."""

    data: bytearray
    segments: list[Segment] = field(default_factory=list)

    def line(self, indent: int, text: str) -> None:
        self.data += f"{'    ' * indent}{text}\n".encode()

    def value(self, indent: int, name: str, source: SourceFile, span: Span) -> None:
        self.data += f"{'    ' * indent}{name} = (".encode()
        start = len(self.data)
        self.data += source.slice(span)
        self.segments.append(Segment(Span(start, len(self.data)), source.path, span.start))
        self.data += b")\n"


def annexed(user: SourceFile, files: Sequence[SourceFile]) -> tuple[SourceFile, Space] | None:
    """The file with what it imports from `files`; None where that is nothing."""
    told = links(user, "python", Project(frozenset((user.path, *(file.path for file in files)))))
    given = {file.path: found for file in files if (found := _constants(file))}
    wanted = [link for link in told if link.path in given and _leads(link, given[link.path])]
    if not wanted:
        return None
    writer = _Writer(bytearray(user.data + b"\n"), [Segment(Span(0, len(user.data)), user.path, 0)])
    names = {path: f"_linked_{number}" for number, path in enumerate(given)}
    used = {link.path for link in wanted}
    for file in files:
        if file.path in used:
            _write_module(writer, names[file.path], file, given[file.path])
    _write_names(writer, wanted, given, names)
    return SourceFile(user.path, bytes(writer.data)), Space(tuple(writer.segments))


def _leads(link: Link, given: Sequence[Constant]) -> bool:
    """Whether there is a constant behind a link: most imports are of functions."""
    return not link.local or not link.name or link.name[0] in _top(given)


def _top(given: Sequence[Constant]) -> dict[str, None]:
    return dict.fromkeys((constant.owners or (constant.name,))[0] for constant in given)


def _constants(file: SourceFile) -> tuple[Constant, ...]:
    return _remembered(file.data) if len(file.data) <= _LARGEST else tuple(_read(file.data))


@lru_cache(maxsize=_REMEMBERED)
def _remembered(data: bytes) -> tuple[Constant, ...]:
    return tuple(_read(data))


def _read(data: bytes) -> Iterator[Constant]:
    tree = pytree.parse(SourceFile("", data))
    if isinstance(tree, Problem):
        return
    for count, (owners, name, value) in enumerate(_assigned(tree.module.body, ())):
        span = tree.slot(*tree.offsets(value)).span
        if count < _MOST and span.end - span.start <= _LONGEST:
            yield Constant(owners, name, span)


def _assigned(body: Iterable[ast.stmt], owners: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, ast.expr]]:
    """The plain assignments of a module or class, those in its branches included."""
    for statement in body:
        match statement:
            case ast.Assign(targets=targets, value=value):
                yield from ((owners, target.id, value) for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield owners, name, value
            case ast.ClassDef(name=name, body=inner) if len(owners) < _DEEPEST:
                yield from _assigned(inner, (*owners, name))
            case ast.If(body=inner, orelse=other):
                yield from _assigned((*inner, *other), owners)
            case ast.Try(body=inner, handlers=handlers, orelse=other):
                caught = [each for handler in handlers for each in handler.body]
                yield from _assigned((*inner, *caught, *other), owners)
            case _:
                pass


def _write_module(writer: _Writer, name: str, file: SourceFile, constants: Sequence[Constant]) -> None:
    writer.line(0, f"class {name}:")
    opened: tuple[str, ...] = ()
    for constant in constants:
        for depth, owner in enumerate(constant.owners):
            if constant.owners[: depth + 1] != opened[: depth + 1]:
                writer.line(depth + 1, f"class {owner}:")
        opened = constant.owners
        writer.value(len(opened) + 1, constant.name, file, constant.span)


def _write_names(
    writer: _Writer, wanted: Iterable[Link], given: Mapping[str, Sequence[Constant]], names: Mapping[str, str]
) -> None:
    for link in wanted:
        if not link.local:
            for name in _top(given[link.path]):
                writer.line(0, f"{name} = {names[link.path]}.{name}")
        else:
            *around, local = link.local
            for depth, owner in enumerate(around):
                writer.line(depth, f"class {owner}:")
            writer.line(len(around), f"{local} = {'.'.join((names[link.path], *link.name))}")
