"""JavaScript and TypeScript: the comments that hold a directive. Hosts are found by the Semgrep rules.

A tokenizer that knows comments, strings, templates and regular expressions, so that a directive inside a string
is none. It knows nothing else of the language; the text of JSX elements counts as code.
Grammar: https://tc39.es/ecma262/#sec-ecmascript-language-lexical-grammar
"""

import re
from collections.abc import Iterable, Iterator

from analyzer.model import Comment, Extraction, Span
from analyzer.source import SourceFile

DIRECTIVE = "analyzer:"

_TOKEN = re.compile(
    r"""
      (?P<line>//[^\n\r\u2028\u2029]*)
    | (?P<block>/\*.*?(?:\*/|\Z))
    | (?P<string>"(?>(?:[^"\\\n\r]|\\(?:\r\n|.))*)"? | '(?>(?:[^'\\\n\r]|\\(?:\r\n|.))*)'?)
    | (?P<template>`)
    | (?P<open>[({\[])
    | (?P<close>[)}\]])
    | (?P<word>[\w$]+)
    | (?P<steps>\+\+|--)
    | (?P<slash>/)
    | (?P<arrow>=>)
    | (?P<other>[^\s])
    """,
    re.VERBOSE | re.DOTALL,
)
# Neither "</" nor "/>", which close JSX elements; bounded, because every slash of a hostile line is tried.
_REGEX = re.compile(
    r"(?<!<)/(?!>)(?>(?:[^/\\\[\n\r]|\\[^\n\r]|\[(?>(?:[^\]\\\n\r]|\\[^\n\r]){0,500})\]){1,1000})/[\w$]*"
)
_TEMPLATE_PIECE = re.compile(r"(?>(?:[^`\\$]|\\.|\$(?!\{))*)(?P<end>`|\$\{|\Z)", re.DOTALL)
# Behind these words an operand follows, so that a slash starts a regular expression.
_PREFIX_WORDS = frozenset(
    (
        *("return", "typeof", "instanceof", "in", "of", "new", "delete", "void", "throw"),
        *("case", "do", "else", "await", "yield", "extends", "default"),
    ),
)
_BEFORE_BLOCKS = frozenset(("", ";", "{", "}", ")", "=>", "else", "do"))
_CONDITION_WORDS = frozenset(("if", "while", "for", "with"))


def extract(source: SourceFile) -> Extraction:
    """The comments that hold `analyzer:`; refs are always empty."""
    if DIRECTIVE not in source.text:
        return Extraction()
    found = list(pieces(source.text))
    return Extraction(comments=tuple(_directives(source, found)), unbroken=tuple(long_strings(source, found)))


def long_strings(source: SourceFile, found: Iterable[tuple[str, int, int]]) -> Iterator[Span]:
    """Of the pieces of a text, the strings of several lines."""
    yield from (source.span(i, j) for kind, i, j in found if kind == "string" and "\n" in source.text[i:j])


def _directives(source: SourceFile, found: Iterable[tuple[str, int, int]]) -> Iterator[Comment]:
    text = source.text
    for start, end in ((i, j) for kind, i, j in found if kind == "comment"):
        if DIRECTIVE in text[start:end]:
            line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
            yield Comment(source.span(start, end), text[start:end], own_line=not text[line:start].strip())


def pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """All comments, strings, pieces of templates and regular expressions: "comment" or "string", and its characters.

    In order, a `#!` line excluded. Linear in the length of the text.
    """
    reader = _Reader()
    at = text.find("\n") if text.startswith("#!") else 0
    while 0 <= at < len(text):
        match = _TOKEN.search(text, at)
        if match is None:
            return
        kind, at = match.lastgroup or "", match.end()
        if kind in ("line", "block"):
            yield "comment", *match.span()
        elif kind == "template" or (kind == "close" and reader.resumes_template(match.group())):
            at = reader.template(text, at)
            yield "string", match.start(), at
        elif kind == "slash" and reader.operand_expected:
            regex = _REGEX.match(text, match.start())
            at = regex.end() if regex else at
            reader.operand_expected = regex is None
            if regex:
                yield "string", *regex.span()
        else:
            if kind == "string":
                yield "string", *match.span()
            reader.read(kind, match.group())


class _Reader:
    """What stands before the current token: enough to tell a division from a regular expression."""

    def __init__(self) -> None:
        self.operand_expected = True
        self._last = ""
        self._open: list[tuple[str, bool]] = []  # bracket, and whether an operand follows its closing one

    def read(self, kind: str, text: str) -> None:
        """Take note of a token that is neither comment nor regular expression nor template."""
        if kind == "open":
            self._open.append((text, self._operand_follows(text)))
            self.operand_expected = True
        elif kind == "close":
            self.operand_expected = self._open.pop()[1] if self._open else False
        elif kind == "word":
            self.operand_expected = text in _PREFIX_WORDS and self._last != "."
        elif kind != "steps":
            self.operand_expected = kind != "string"
        self._last = text

    def _operand_follows(self, bracket: str) -> bool:
        """Whether an operand may follow the bracket that closes this one: `if (x) /re/`, `{ block } /re/`."""
        if bracket == "(":
            return self._last in _CONDITION_WORDS
        # A brace is a block where no operand is expected before it, or at the start of a statement.
        return bracket == "{" and (
            not self.operand_expected or self._last in ("", ";", "{", "}", ")", "=>", "else", "do")
        )

    def resumes_template(self, bracket: str) -> bool:
        """Whether this closing brace ends a `${`."""
        if bracket == "}" and self._open and self._open[-1][0] == "${":
            self._open.pop()
            return True
        return False

    def template(self, text: str, at: int) -> int:
        """Read the literal piece of a template from `at` on: the place behind its backtick or its next `${`."""
        piece = _TEMPLATE_PIECE.match(text, at)
        if piece is None or piece["end"] != "${":
            self._last, self.operand_expected = "`", False
            return piece.end() if piece else len(text)
        self._open.append(("${", False))
        self._last, self.operand_expected = "${", True
        return piece.end()
