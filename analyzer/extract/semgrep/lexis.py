"""Comments and strings of the languages that Semgrep reads: a scanner that tells them from code. A table.

How a language writes strings stands in `quotes`; what its comments look like stands here. JavaScript, whose regular
expressions look like divisions, has a scanner of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.extract import javascript
from analyzer.extract.semgrep.quotes import Syntax, UnreadableError, quoted, syntax_of

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


def pieces(text: str, language: str) -> Iterator[tuple[str, int, int]]:
    """All comments and strings in order: "comment" or "string", and their character ranges."""
    if language in {"javascript", "typescript"}:
        yield from javascript.pieces(text)
    elif language in LEXES:
        yield from _pieces(text, LEXES[language], syntax_of(language))


def code_only(text: str, language: str) -> str:
    """The text with comments and the insides of strings as blanks, line ends kept: as long as it was."""
    covered, at = [], 0
    for kind, start, end in pieces(text, language):
        inner = (start, end) if kind == "comment" else (start + 1, max(end - 1, start + 1))
        covered += [text[at : inner[0]], re.sub(r"[^\n]", " ", text[inner[0] : inner[1]])]
        at = inner[1]
    return "".join([*covered, text[at:]])


def _pieces(text: str, lexis: Lexis, syntax: Syntax) -> Iterator[tuple[str, int, int]]:
    openings = "|".join(re.escape(quote.open) for quote in syntax.quotes)
    token = re.compile(f"{lexis.tokens}|(?P<quote>{openings})", re.DOTALL | re.MULTILINE)
    at = _first(text, lexis)
    while match := token.search(text, at):
        at, groups = match.end(), match.groupdict()
        if groups["line"] is not None:
            yield "comment", *match.span()
        elif groups.get("block") is not None:
            at = _block_end(text, at, nests=lexis.nests)
            yield "comment", match.start(), at
        elif groups["quote"] is not None:
            at = _string_end(text, match.start(), syntax) or at
            yield "string", match.start(), at
        else:
            yield "string", *match.span()


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
