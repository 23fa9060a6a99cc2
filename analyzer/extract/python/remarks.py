"""What the tokens of a Python file tell beside its tree: comments with directives, and strings of several lines."""

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from analyzer.model import Comment, Span
from analyzer.source import SourceFile

_DIRECTIVE = "analyzer:"
_LONE_CR = re.compile(r"\r(?!\n)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Remarks:
    """Comments that hold `analyzer:`, and where there are any, the string literals of several lines."""

    comments: tuple[Comment, ...] = ()
    strings: tuple[Span, ...] = ()


def remarks(source: SourceFile) -> Remarks:
    """The remarks of a file; of one that does not parse, those before the fault."""
    if _DIRECTIVE not in source.text:
        return Remarks()
    # tokenize knows no line that ends at a lone CR
    text = _LONE_CR.sub("\n", _SURROGATE.sub("\ufffd", source.text))
    starts = [*accumulate((len(line) for line in _LINE.findall(text)), initial=0)]
    comments: list[Comment] = []
    strings: list[Span] = []
    opened: list[tuple[int, int]] = []
    for token in _tokens(text):
        (row, column), (last, end) = token.start, token.end
        span = (starts[row - 1] + column, starts[last - 1] + end)
        if token.type == tokenize.COMMENT and _DIRECTIVE in token.string:
            alone = not token.line[:column].strip()
            comments.append(Comment(source.span(*span), token.string, alone))
        elif tokenize.tok_name[token.type] == "FSTRING_START":
            opened.append((row, span[0]))
        elif tokenize.tok_name[token.type] in {"STRING", "FSTRING_END"}:
            first, start = opened.pop() if opened and token.type != tokenize.STRING else (row, span[0])
            if last > first:
                strings.append(source.span(start, span[1]))
    return Remarks(tuple(comments), tuple(strings))


def _tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    try:
        yield from tokenize.generate_tokens(io.StringIO(text, newline="\n").readline)
    except (tokenize.TokenError, SyntaxError):
        return
