"""Languages that Semgrep reads: the comments that hold a directive. Hosts are found by the rules.

A scanner that knows comments, strings and character literals, so that a directive inside a string is none. How a
language writes strings stands in `semgrep.quotes`; what its comments look like stands here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.extract import format_of
from analyzer.extract.semgrep.quotes import Syntax, UnreadableError, quoted, syntax_of
from analyzer.model import Comment, Extraction
from analyzer.source import SourceFile

_DIRECTIVE = "analyzer:"
_CHARACTER = r"(?P<skip>'(?:[^'\\\n]|\\[^\n]{1,10}?)')"
_SLASHES = r"(?P<line>//[^\n\r]*)|(?P<block>/\*)"


@dataclass(frozen=True, slots=True)
class Lexis:
    """How a language writes comments: a pattern of tokens, and whether block comments nest.

    Groups: `line` a whole comment, `block` what opens one that `*/` closes, `skip` what holds none.
    """

    tokens: str
    nests: bool = False


LEXES: dict[str, Lexis] = {
    "go": Lexis(f"{_SLASHES}|{_CHARACTER}"),
    "java": Lexis(f"{_SLASHES}|{_CHARACTER}"),
    "kotlin": Lexis(f"{_SLASHES}|{_CHARACTER}", nests=True),
    "scala": Lexis(f"{_SLASHES}|{_CHARACTER}", nests=True),
    "csharp": Lexis(f"{_SLASHES}|{_CHARACTER}"),
    "rust": Lexis(f"{_SLASHES}|{_CHARACTER}", nests=True),
    "php": Lexis(
        r"(?P<line>(?://|\#(?!\[))(?:(?!\?>)[^\n\r])*)|(?P<block>/\*)"
        r"|(?P<skip>\?>.*?(?:<\?(?:php|=)|\Z)"
        r"|<<<[ \t]*['\"]?(?P<heredoc>\w+)['\"]?\r?\n.*?(?:\n[ \t]*(?P=heredoc)\b|\Z))"
    ),
    "ruby": Lexis(
        r"(?P<line>(?:^|(?<=[\s;{}()\[\],]))\#[^\n\r]*)"
        r"|(?P<skip>^=begin\b.*?(?:^=end\b|\Z)"
        r"|<<[~-]['\"`]?(?P<heredoc>[A-Z_a-z]\w*)['\"`]?[^\n]*\n.*?(?:\n[ \t]*(?P=heredoc)\b|\Z))"
    ),
}


def extract(source: SourceFile) -> Extraction:
    """The comments that hold `analyzer:`; refs are always empty."""
    language = format_of(source.path, source.data[:256]).semgrep or ""
    lexis = LEXES.get(language)
    if lexis is None or _DIRECTIVE not in source.text:
        return Extraction()
    return Extraction(comments=tuple(_directives(source, lexis, syntax_of(language))))


def _directives(source: SourceFile, lexis: Lexis, syntax: Syntax) -> Iterator[Comment]:
    text = source.text
    for start, end in comments(text, lexis, syntax):
        if _DIRECTIVE in text[start:end]:
            line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
            yield Comment(source.span(start, end), text[start:end], own_line=not text[line:start].strip())


def comments(text: str, lexis: Lexis, syntax: Syntax) -> Iterator[tuple[int, int]]:
    """Character ranges of all comments in order."""
    openings = "|".join(re.escape(quote.open) for quote in syntax.quotes)
    token = re.compile(f"{lexis.tokens}|(?P<quote>{openings})", re.DOTALL | re.MULTILINE)
    at = _first(text, lexis)
    while match := token.search(text, at):
        at, groups = match.end(), match.groupdict()
        if groups["line"] is not None:
            yield match.span()
        elif groups.get("block") is not None:
            at = _block_end(text, at, nests=lexis.nests)
            yield match.start(), at
        elif groups["quote"] is not None:
            at = _string_end(text, match.start(), syntax) or at


def _first(text: str, lexis: Lexis) -> int:
    """Where code starts: PHP's behind its opening tag."""
    if lexis is not LEXES["php"]:
        return 0
    opening = re.search(r"<\?(?:php|=)", text)
    return opening.end() if opening else len(text)


def _block_end(text: str, at: int, *, nests: bool) -> int:
    depth = 1
    for mark in re.compile(r"/\*|\*/").finditer(text, at):
        depth += 1 if mark.group() == "/*" and nests else -1 if mark.group() == "*/" else 0
        if not depth:
            return mark.end()
    return len(text)


def _string_end(text: str, at: int, syntax: Syntax) -> int | None:
    try:
        string = quoted(text, at, syntax)
    except UnreadableError:
        return None
    return string.end if string else None
