"""Python source -> syntax tree whose nodes know their characters.

Knows no databases. `ast` is the parser of the tree: it bounds its own nesting, cannot be made to crash the process
and reads five times as fast as libcst, which `pyliterals` uses where `ast` has no positions (inside f-strings and
adjacent literals).
"""

import ast
import re
import warnings
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from analyzer.model import Problem, Slot, Span
from analyzer.source import SourceFile

TOO_DEEP = "nested too deep to be parsed"
_LINE_END = re.compile(r"\r\n|\n|\r")
_EXEC = re.compile(r"(?<!\w)exec[lv]p?e?\(")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SILENT = frozenset(
    {"ctx", "op", "ops", "id", "attr", "name", "kind", "type_comment", "level", "type_ignores", "returns"}
)


@dataclass(frozen=True)
class Tree:
    """A parsed file. `text` has the characters of `source.text`, one for one; undecodable bytes are U+FFFD there."""

    source: SourceFile
    text: str
    module: ast.Module

    @cached_property
    def hands_over(self) -> bool:
        """Whether the program becomes another one, which then starts behind all that was asked before: `os.execvp`."""
        return _EXEC.search(self.text) is not None

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(m.end() for m in _LINE_END.finditer(self.text))]

    @cached_property
    def _ascii(self) -> bool:
        return self.text.isascii()

    def offsets(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Characters of a node in `text`, 0-based and half-open; `ast` counts UTF-8 bytes of a line."""
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        return self._at(node.lineno, node.col_offset), self._at(end_line, end_column)

    def slot(self, start: int, end: int) -> Slot:
        """The bytes of characters of `text`; like `source.slot`, without reading the file from its start."""
        return Slot(Span(self._byte(start), self._byte(end)))

    def _byte(self, offset: int) -> int:
        if self._ascii:
            return self.source.bom + offset
        line = bisect_right(self._lines, offset) - 1
        return self._line_bytes[line] + _length(self.source.text[self._lines[line] : offset])

    @cached_property
    def _line_bytes(self) -> list[int]:
        """The first byte of each line."""
        text, ends = self.source.text, [*self._lines[1:], len(self.text)]
        lengths = (_length(text[start:end]) for start, end in zip(self._lines, ends, strict=True))
        return [*accumulate(lengths, initial=self.source.bom)]

    def _at(self, line: int, column: int) -> int:
        start = self._lines[line - 1]
        if self._ascii:
            return start + column
        # A character has one byte at least, so `column` characters hold the wanted bytes.
        return start + len(self.text[start : start + column].encode()[:column].decode("utf-8", "ignore"))


def parse(source: SourceFile, rewrite: Callable[[str], str] | None = None) -> Tree | Problem:
    """Parse a file as Python 3, or say with which error class and on which line that failed.

    `rewrite` may overwrite characters with as many others before.
    """
    text = _SURROGATE.sub("\ufffd", source.text)
    text = rewrite(text) if rewrite else text
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the file's own invalid escapes are not ours to tell
            module = ast.parse(text)
    except SyntaxError as error:
        return _problem(source, f"not valid Python 3 ({type(error).__name__})", error.lineno or _line_of_nul(text))
    except (RecursionError, MemoryError) as error:
        return _problem(source, f"{TOO_DEEP} ({type(error).__name__})", None)
    except ValueError as error:
        return _problem(source, f"not valid Python 3 ({type(error).__name__})", _line_of_nul(text))
    return Tree(source, text, module)


def children(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below a node, in order, without bare names, operators and contexts, which have nothing below them."""
    for name in node._fields:
        if name in _SILENT:
            continue
        value = getattr(node, name, None)
        if isinstance(value, list):
            for item in value:
                if isinstance(item, ast.AST) and not isinstance(item, ast.Name):
                    yield item
        elif isinstance(value, ast.AST) and not isinstance(value, ast.Name):
            yield value


def line_of(source: SourceFile, offset: int) -> int:
    """The 1-based line of a character of the text."""
    return bisect_right([m.end() for m in _LINE_END.finditer(source.text, 0, offset)], offset) + 1


def _length(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))


def _problem(source: SourceFile, message: str, line: int | None) -> Problem:
    return Problem(source.path, "parse", message, line)


def _line_of_nul(text: str) -> int | None:
    at = text.find("\0")
    return len(_LINE_END.findall(text, 0, at)) + 1 if at >= 0 else None
