"""The constants of one file: names that are given one literal, once, and what they may stand for at a place.

A name that is assigned twice, that is a parameter where it is used, or that is out of sight there stands for nothing:
what cannot be decided is no constant. Knows no hosts.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analyzer.extract.semgrep.blocks import Block, Blocks
from analyzer.extract.semgrep.lexis import code_only
from analyzer.extract.semgrep.literal import Literal, read_expression
from analyzer.extract.semgrep.quotes import Home, Syntax, UnreadableError, syntax_of
from analyzer.extract.semgrep.tokens import Token, tokens_of
from analyzer.source import SourceFile

_LONGEST = 600
_LARGEST = 1 << 19
_OWN = frozenset(("this", "self", "static", "Self", "cls", "@"))
_TYPED = r"(?:\s{0,9}[?!]?:\s{0,9}[&\w<>\[\].'|? ]{1,60}?)?"
_WORDS = r"(?!(?:const|var|let|val|type|func|return|if|for|case|defer|go|def|new)\b)"
_GO_TYPED = r"(?:[ \t]{1,9}[*\w.\[\]]{1,40})?"
_NAME = (
    r"(?<![\w$.>:\\])(?P<dot>(?:this\.|self\.|self::\$?|@{1,2})?)(?:(?:module\.)?exports\.)?\$?"
    + _WORDS
    + r"(?P<name>[A-Za-z_][\w$]{0,63})"
)
_GIVEN = r"\s{0,9}(?P<how>:=|\|\|=|\?\?=|\?=|\+=|\.=|-=|=(?![=>~]))"
_PROPERTY = re.compile(r"(?:(?<=[{,\s])|^)(?P<name>[A-Za-z_$][\w$]{0,63})['\"]?\s{0,9}:(?![:=])")
_MODIFIERS = 80  # characters before a name in which its modifiers are looked for
_PRIVATE = re.compile(r"\bprivate\s[^\n;={}]{0,60}\Z")
_DEFINE = re.compile(r"(?<![\w$>:])define\s{0,9}\(")
_DEFINED = re.compile(r"\s{0,9}(['\"])([A-Za-z_]\w{0,63})\1\s{0,9},")
_EXPORTING = re.compile(r"(?:\bexport\s+default|\bexports\s{0,9}=|\bcompanion\s+object)\s{0,9}$")
_DEFAULT = re.compile(
    r"(?:\bmodule\.exports\s{0,9}=|\bexport\s+default)\s{1,9}([A-Za-z_$][\w$]{0,63})\s{0,9}(?:;|$)", re.MULTILINE
)
_GOES_ON = frozenset("+-.,(|&?:=")
_BRACELESS = frozenset(("ruby",))


@dataclass(frozen=True, slots=True)
class _Definition:
    """Where a value begins that a name is given; `owners` are the names of the blocks around it, outermost first.

    `open`: no function stands around it, and it is not private.
    """

    name: str
    value: int
    own: bool
    block: Block | None
    owners: tuple[str, ...]
    member: bool
    open: bool


def _nothing(_path: tuple[str, ...]) -> Sequence[Literal]:
    return ()


@dataclass(frozen=True)
class Constants:
    """The constants of one file in one language. Nothing is read before the first question.

    `beyond` is asked about names that the file does not define.
    """

    source: SourceFile
    language: str
    beyond: Callable[[tuple[str, ...]], Sequence[Literal]] = _nothing

    def lookup(self, path: str, byte: int) -> Sequence[Literal]:
        """What a plain or dotted name may stand for where it is used; each literal has its home."""
        *owners, name = (part.strip("$@") or "@" for part in re.split(r"\.|::|->", path))
        if path.startswith("@"):
            owners = ["@"]
        known = self._definitions.get(name, ())
        at = len(self.source.data[self.source.bom : byte].decode("utf-8", "surrogateescape"))
        fitting = [d for d in known if self._fits(d, tuple(owners))]
        if not fitting and (owners or not self._shadowed(name, None, at)):
            return self.beyond((*owners, name))
        if len(fitting) != 1 or not self._visible(fitting[0], at, dotted=bool(owners)):
            return ()
        return self._values(fitting[0])

    def exported(self, path: tuple[str, ...]) -> Sequence[Literal]:
        """What a name may stand for in other files: owners first, `("Config", "HOST")`, or `("HOST",)` alone."""
        *owners, name = path
        known = [d for d in self._definitions.get(name, ()) if d.open and self._gives(d, tuple(owners))]
        return self._values(known[0]) if len(known) == 1 else ()

    @cached_property
    def _known(self) -> dict[_Definition, tuple[Literal, ...]]:
        return {}

    @cached_property
    def _code(self) -> str:
        return code_only(self.source.text, self.language) if len(self.source.data) < _LARGEST else ""

    @cached_property
    def _blocks(self) -> Blocks:
        return Blocks(self._code)

    @cached_property
    def _syntax(self) -> Syntax:
        return syntax_of(self.language)

    @cached_property
    def _definitions(self) -> dict[str, list[_Definition]]:
        found: dict[str, list[_Definition]] = {}
        for definition in self._all():
            found.setdefault(definition.name, []).append(definition)
        return found

    def _all(self) -> Iterator[_Definition]:
        typed = _GO_TYPED if self.language == "go" else _TYPED
        for match in re.finditer(_NAME + typed + _GIVEN, self._code):
            yield self._definition(match["name"], match.start(), match.end(), own=bool(match["dot"]))
        if self.language == "php":
            for match in _DEFINE.finditer(self._code):
                named = _DEFINED.match(self.source.text, match.end())
                if named:
                    yield self._definition(named[2], match.start(), named.end(), own=False)
        if self.language in {"javascript", "typescript"}:
            for match in _PROPERTY.finditer(self._code):
                around = self._blocks.around(match.start())
                if around and around[-1].map:
                    yield self._definition(match["name"], match.start(), match.end(), own=False)

    def _definition(self, name: str, start: int, value: int, *, own: bool) -> _Definition:
        around = self._blocks.around(start)
        owners: list[str] = []
        for block in around:
            owners = [*owners, block.name] if block.name else []
        innermost = around[-1] if around else None
        member = innermost is not None and innermost.map
        private = _PRIVATE.search(self._code[max(start - _MODIFIERS, 0) : start]) is not None
        is_open = not private and all(block.name or _EXPORTING.search(block.head) for block in around)
        return _Definition(name, value, own, innermost, tuple(owners), member, is_open)

    def _fits(self, definition: _Definition, owners: tuple[str, ...]) -> bool:
        """Whether a definition may be meant by a name behind these owners."""
        if not owners:
            return not definition.member and not definition.own
        if owners[-1] in _OWN:
            return not definition.member
        if self.language in _BRACELESS:
            return re.search(rf"\b(?:class|module)\s+{re.escape(owners[-1])}\b", self._code) is not None
        return definition.owners[-len(owners) :] == owners

    def _gives(self, definition: _Definition, owners: tuple[str, ...]) -> bool:
        """Whether a definition that no function hides is the one that other files know behind these owners."""
        if owners and self.language in _BRACELESS:
            return self._fits(definition, owners)
        own = definition.owners[1:] if definition.owners[:1] == ("exports",) else definition.owners
        alias = (self._default,) if self._default else ()
        if owners:
            return own[-len(owners) :] == owners or own == (*alias, *owners)
        return own in {(), alias}

    @cached_property
    def _default(self) -> str:
        """The name of the file's own that stands for all of it: `module.exports = config`, `export default config`."""
        found = _DEFAULT.search(self._code) if self.language in {"javascript", "typescript"} else None
        return found[1] if found else ""

    def _visible(self, definition: _Definition, at: int, *, dotted: bool) -> bool:
        """Whether a name that is used at a character means this definition."""
        if dotted or self.language in _BRACELESS:
            return dotted or definition.name[:1].isupper() or definition.value < at
        block = definition.block
        if block is not None and not block.start < at < block.end:
            return False
        if block is not None and not block.name and at < definition.value:
            return False
        return not self._shadowed(definition.name, block, at)

    def _shadowed(self, name: str, block: Block | None, at: int) -> bool:
        """Whether a name of a block (None: of the file) is a parameter where it is used at a character."""
        plain = rf"(?<![\w$.]){re.escape(name)}\b"
        inner = (b for b in self._blocks.around(at) if block is None or b.start > block.start)
        if any(not b.map and re.search(rf"{plain}(?!\s*=(?!>))", b.head) for b in inner):
            return True
        line = self._code[self._code.rfind("\n", 0, at) + 1 : at]
        return re.search(rf"{plain}[^()]{{0,80}}\)?\s{{0,9}}(?:=>|->)", line) is not None

    def _values(self, definition: _Definition) -> tuple[Literal, ...]:
        """What a definition gives; one that is being read gives nothing, so that circles end."""
        if definition not in self._known:
            self._known[definition] = ()
            self._known[definition] = self._read(definition)
        return self._known[definition]

    def _read(self, definition: _Definition) -> tuple[Literal, ...]:
        start = self.source.span(definition.value, definition.value).start
        text = self.source.text[definition.value : definition.value + _LONGEST]
        try:
            end = _end_of(_tokens(text, self._syntax), text)
            literals = read_expression(text[:end], self._syntax, lambda name: self.lookup(name, start)).literals
        except UnreadableError:
            return ()
        home = Home(text[:end], start)
        return tuple(literal if literal.home else replace(literal, home=home) for literal in literals)


def _tokens(text: str, syntax: Syntax) -> Iterator[Token]:
    """The tokens up to the first that does not end in the text."""
    try:
        yield from tokens_of(text, syntax)
    except UnreadableError:
        return


def _end_of(tokens: Iterator[Token], text: str) -> int:
    """Where the expression that starts the text ends."""
    depth, last = 0, None
    for token in tokens:
        depth += (token.text in {"(", "[", "{"}) - (token.text in {")", "]", "}"})
        if depth < 0 or (depth == 0 and token.text in {";", ","}):
            break
        newline = last is not None and "\n" in text[last.end : token.start]
        if newline and depth == 0 and last is not None and not _continues(last, token):
            break
        last = token
    return last.end if last else 0


def _continues(last: Token, token: Token) -> bool:
    """Whether an expression goes on over a line end between two tokens."""
    return last.text[-1:] in _GOES_ON or token.text[:1] in _GOES_ON - {"(", ","}
