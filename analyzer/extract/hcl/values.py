"""Expressions -> the texts that they can be, each with the way back to the literals that spell it.

`local.x` and `var.x` are followed to literals of the same file, both branches of a condition are taken, functions that
hand their argument on are passed. What stands in no literal is a `HOLE`. Nothing is evaluated.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from analyzer.extract.hcl.nodes import Call, Choice, Chunk, Hole, Literal, Node, Object, Reference, Row, Template
from analyzer.extract.spelling.spelled import Run, Spelled, spelled
from analyzer.hosts import HOLE

PASSING = frozenset(
    {"sensitive", "nonsensitive", "tostring", "trimspace", "lower", "chomp", "base64encode", "base64gzip", "trim"}
    | {"coalesce", "try", "coalescelist", "one", "element", "flatten", "concat", "tolist", "toset", "tomap", "merge"}
    | {"jsonencode", "yamlencode", "indent", "urlencode", "replace", "trimprefix", "trimsuffix", "compact", "distinct"},
)
"""Functions whose value is one of their arguments, or made of all of them."""
COMPOSING = frozenset({"format", "join", "lookup"})
"""Functions whose value is put together from their arguments, or one of them by its place."""

_MOST = 8  # values of one expression
_DEEPEST = 6  # constants behind constants
_WORK = 100_000  # pieces that are put together for one file
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^\n])|\$\$\{|%%\{")
_HEREDOC_ESCAPE = re.compile(r"\$\$\{|%%\{")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t"}
_VERB = re.compile(r"(?<!%)%[-+ 0#]{0,3}\d{0,3}[svdq]")


class Values:
    """Reads the expressions of one text. `constants` are the literals behind `local.x` and `var.x`."""

    def __init__(self, text: str, constants: Mapping[str, Node]) -> None:
        self._text = text
        self._constants = constants
        self._work = _WORK

    @property
    def overrun(self) -> bool:
        """Whether there were too many ways through constants to follow them all."""
        return self._work < 0

    def of(self, node: Node) -> list[Spelled]:
        """The texts that an expression can be; none where nothing of it is written in the file."""
        return list(islice(self._of(node, 0), _MOST))

    def target(self, node: Node) -> Node:
        """The expression behind a reference; the node itself where it is none, or leads out of the file."""
        for _ in range(_DEEPEST):
            found = self._behind(node) if isinstance(node, Reference) else None
            if found is None:
                break
            node = found
        return node

    def raw(self, start: int, end: int) -> str:
        """The characters of the file."""
        return self._text[start:end]

    def _behind(self, node: Reference) -> Node | None:
        """The constant, and inside it what the other parts of the reference name."""
        found = self._constants.get(".".join(node.parts[:2]))
        for part in node.parts[2:]:
            found = self.target(found) if isinstance(found, Reference) and found is not node else found
            if isinstance(found, Object):
                found = next((pair.value for pair in found.pairs if pair.key == part), None)
            elif isinstance(found, Row) and part.isdecimal() and int(part[:6]) < len(found.items):
                found = found.items[int(part[:6])]
            else:
                return None
        return found if found is not node else None

    def _of(self, node: Node, depth: int) -> Iterator[Spelled]:
        self._work -= 1
        if self._work < 0 or depth > _DEEPEST:
            return
        match node:
            case Template():
                yield from self._template(node, depth)
            case Literal():
                yield spelled([Run(self.raw(node.start, node.end), node.start, node.end)], node.start, node.end)
            case Reference():
                behind = self._behind(node)
                if behind is not None:
                    yield from (_used(text, node, beside=False) for text in self._of(behind, depth + 1))
            case Choice(options):
                for option in options:
                    yield from self._of(option, depth)
            case Call(name, arguments):
                yield from self._call(name, arguments, depth)
            case _:
                return

    def _call(self, name: str, arguments: Sequence[Node], depth: int) -> Iterator[Spelled]:
        if name == "format":
            yield from self._format(arguments, depth)
        elif name == "join" and len(arguments) == 2:
            yield from self._join(arguments[0], self.target(arguments[1]), depth)
        elif name == "lookup":
            yield from (text for default in arguments[2:] for text in self._of(default, depth))
        elif name in PASSING:
            yield from (text for argument in arguments for text in self._of(argument, depth))

    def _template(self, node: Template, depth: int) -> Iterator[Spelled]:
        """The text with the first value of each `${...}`, then one text for each of their other values."""
        self._work -= len(node.pieces)
        row = [self._piece(piece, node, depth) for piece in node.pieces]
        first = [options[0] for options in row]
        yield spelled((run for runs in first for run in runs), node.start, node.end)
        for at, options in enumerate(row):
            for option in options[1:]:
                other = [*first[:at], option, *first[at + 1 :]]
                yield spelled((run for runs in other for run in runs), node.start, node.end)

    def _piece(self, piece: Chunk | Hole, node: Template, depth: int) -> list[list[Run]]:
        if isinstance(piece, Chunk):
            return [list(self._chunk(piece, _HEREDOC_ESCAPE if node.heredoc else _ESCAPE))]
        values = islice(self._of(piece.value, depth + 1), _MOST)
        texts = [list(_used(text, piece, beside=True).runs) for text in values]
        return texts or [[Run(HOLE, piece.start, piece.end, verbatim=False)]]

    def _chunk(self, chunk: Chunk, escapes: re.Pattern[str]) -> Iterator[Run]:
        at = chunk.start
        for match in escapes.finditer(self._text, chunk.start, chunk.end):
            start, end = match.span()
            yield Run(self.raw(at, start), at, start)
            found = match.group()
            if found[0] == "\\":
                yield Run(_decoded(found), start, end, verbatim=False)
            else:
                yield Run(found[1:], start + 1, end)
            at = end
        yield Run(self.raw(at, chunk.end), at, chunk.end)

    def _format(self, arguments: Sequence[Node], depth: int) -> Iterator[Spelled]:
        """`format("postgresql://%s@%s:%d/app", user, local.host, 5432)`."""
        pattern = next(self._of(arguments[0], depth), None) if arguments else None
        if pattern is None:
            return
        rest = iter(arguments[1:])
        runs: list[Run] = []
        for run in pattern.runs:
            at = 0
            for verb in _VERB.finditer(run.text) if run.verbatim else ():
                runs.append(_cut(run, at, verb.start()))
                node = next(rest, None)
                runs += self._argument(node, depth) or [replace(_cut(run, *verb.span()), text=HOLE, verbatim=False)]
                at = verb.end()
            runs.append(_cut(run, at, len(run.text)))
        yield spelled(runs, pattern.start, pattern.end)

    def _argument(self, node: Node | None, depth: int) -> tuple[Run, ...]:
        value = next(self._of(node, depth + 1), None) if node is not None else None
        return value.runs if value is not None else ()

    def _join(self, separator: Node, row: Node, depth: int) -> Iterator[Spelled]:
        between = next(self._of(separator, depth), None)
        if between is None or not isinstance(row, Row):
            return
        texts = [text for item in row.items if (text := next(self._of(item, depth + 1), None)) is not None]
        runs: list[Run] = []
        for text in texts:
            runs += [*(between.runs if runs else ()), *text.runs]
        if texts:
            yield spelled(runs, texts[0].start, texts[-1].end)


def _used(text: Spelled, at: Hole | Reference, *, beside: bool) -> Spelled:
    """A constant's text as a part of the text around `at`, the outermost place where it is used."""
    return replace(text, runs=tuple(replace(run, use=(at.start, at.end), beside=beside) for run in text.runs))


def _cut(run: Run, start: int, end: int) -> Run:
    if start == 0 and end == len(run.text):
        return run
    return replace(run, text=run.text[start:end], start=run.start + start, end=run.start + end)


def _decoded(escape: str) -> str:
    if len(escape) < 6:
        return _LETTERS.get(escape[1], escape[1])
    code = int(f"0x{escape[2:]}", 0)
    return chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"
