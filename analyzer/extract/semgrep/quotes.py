"""How languages write strings: quotes, escapes, interpolation. A table and the reader that it drives.

Knows single literals only, and no language beyond its quotes.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from analyzer.hosts import HOLE

_DEEPEST = 10
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "f": "\f", "v": "\v", "\n": "", "\r": "", "\r\n": ""}
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|(\r\n|.))", re.DOTALL)
_SIGIL = re.compile(r"\$[A-Za-z_]\w*+")


class UnreadableError(ValueError):
    """A literal does not end, or nests too deep: nothing about the text around it is certain."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One way to write a string. `holes` open an interpolation up to its `}`; `sigil`: `$name` is one as well."""

    open: str
    close: str
    escapes: bool = True
    holes: tuple[str, ...] = ()
    sigil: bool = False


@dataclass(frozen=True, slots=True)
class Syntax:
    """The quotes of a language, longest opening first, the operators that join strings; `braces` may enclose lists."""

    quotes: tuple[Quote, ...]
    joins: frozenset[str] = frozenset("+")
    braces: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """A text elsewhere in the file in which a literal stands, and the byte at which it begins."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters of a decoded text from `at` on that stand verbatim at `raw` in the source text.

    `home` is that text where it is not the one being read: a constant stands elsewhere.
    """

    at: int
    raw: int
    length: int
    home: Home | None = None


@dataclass(frozen=True, slots=True)
class Hole:
    """An interpolation: the place of its `HOLE` in the decoded text, and its code in the source text."""

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A decoded literal that ends at `end` (behind its closing quote); `HOLE` stands for each interpolation."""

    text: str
    end: int
    runs: tuple[Run, ...]
    holes: tuple[Hole, ...] = ()


_DOUBLE, _SINGLE = Quote('"', '"'), Quote("'", "'")
_PLAIN_SYNTAX = Syntax((_DOUBLE, _SINGLE))
_SCRIPT = Syntax((_DOUBLE, _SINGLE, Quote("`", "`", holes=("${",))))
SYNTAXES: dict[str, Syntax] = {
    "javascript": _SCRIPT,
    "typescript": _SCRIPT,
    "go": Syntax((_DOUBLE, Quote("`", "`", escapes=False))),
    "java": Syntax((Quote('"""', '"""'), _DOUBLE), braces=True),
    "kotlin": Syntax(
        (
            Quote('"""', '"""', escapes=False, holes=("${",), sigil=True),
            Quote('"', '"', holes=("${",), sigil=True),
        ),
    ),
    "scala": Syntax(
        (
            Quote('s"""', '"""', escapes=False, holes=("${",), sigil=True),
            Quote('s"', '"', holes=("${",), sigil=True),
            Quote('f"""', '"""', escapes=False, holes=("${",), sigil=True),
            Quote('f"', '"', holes=("${",), sigil=True),
            Quote('"""', '"""', escapes=False),
            _DOUBLE,
        ),
    ),
    "csharp": Syntax(
        (
            Quote('$@"', '"', escapes=False, holes=("{",)),
            Quote('@$"', '"', escapes=False, holes=("{",)),
            Quote('$"', '"', holes=("{",)),
            Quote('@"', '"', escapes=False),
            _DOUBLE,
        ),
        braces=True,
    ),
    "php": Syntax((Quote('"', '"', holes=("{$", "${"), sigil=True), _SINGLE), frozenset(".")),
    "ruby": Syntax((Quote('"', '"', holes=("#{",)), _SINGLE)),
    "rust": Syntax((Quote('r#"', '"#', escapes=False), Quote('r"', '"', escapes=False), _DOUBLE)),
    "hcl": Syntax((Quote('"', '"', holes=("${", "%{")),)),
}


def syntax_of(language: str) -> Syntax:
    """The row of a language as Semgrep names it, or double and single quotes with backslashes."""
    return SYNTAXES.get(language, _PLAIN_SYNTAX)


def quoted(text: str, at: int, syntax: Syntax, depth: int = 0) -> Quoted | None:
    """The literal that starts at character `at`, decoded; None where none starts there. May raise `UnreadableError`."""
    quote = next((q for q in syntax.quotes if text.startswith(q.open, at)), None)
    if quote is None:
        return None
    if depth > _DEEPEST:
        raise UnreadableError
    return _read(text, at + len(quote.open), quote, syntax, depth)


def _read(text: str, at: int, quote: Quote, syntax: Syntax, depth: int) -> Quoted:
    decoded = ""
    runs: list[Run] = []
    holes: list[Hole] = []
    while special := _specials(quote).search(text, at):
        if special.start() > at:
            runs.append(Run(len(decoded), at, special.start() - at))
            decoded += text[at : special.start()]
        at = special.start()
        if text.startswith(quote.close, at):
            return Quoted(decoded, at + len(quote.close), tuple(runs), tuple(holes))
        escape = _ESCAPE.match(text, at) if quote.escapes else None
        sigil = _SIGIL.match(text, at) if quote.sigil else None
        if escape:
            decoded += _decoded(escape)
            at = escape.end()
        else:
            end = sigil.end() if sigil else _behind_hole(text, special.end(), syntax, depth)
            holes.append(Hole(len(decoded), at + 1 if sigil else special.end(), end if sigil else end - 1))
            decoded += HOLE
            at = end
    raise UnreadableError


@lru_cache(maxsize=64)
def _specials(quote: Quote) -> re.Pattern[str]:
    marks = [re.escape(mark) for mark in (quote.close, *quote.holes)]
    marks += [r"\\"] if quote.escapes else []
    marks += [_SIGIL.pattern] if quote.sigil else []
    return re.compile("|".join(marks))


def _decoded(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code is None:
        return _SIMPLE.get(escape[4], escape[4])
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else HOLE


def _behind_hole(text: str, at: int, syntax: Syntax, depth: int) -> int:
    """The place behind the `}` that closes an interpolation whose code starts at `at`; strings in it are skipped."""
    braces = 1
    while at < len(text):
        inner = quoted(text, at, syntax, depth + 1)
        if inner is not None:
            at = inner.end
            continue
        braces += (text[at] == "{") - (text[at] == "}")
        at += 1
        if not braces:
            return at
    raise UnreadableError
