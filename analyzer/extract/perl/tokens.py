"""Cuts Perl into tokens. What only a parser knows (is `/` a division?) is guessed from the token before.

Comments and documentation are no tokens. Source: perlop, perldata, perlpod, perlvar (Perl 5.38).
"""

import re

from analyzer.extract.perl.nodes import Kind, Token
from analyzer.extract.perl.quotes import Document, closing, delimiter, document, second
from analyzer.extract.shell.expansions import UnclosedError

MOST_FAULTS = 10
"""Quotes that are never closed and read as signs, before the text is given up."""

_BLANKS = re.compile(r"[^\S\n]+|#[^\n]*")
_POD = re.compile(r"=[A-Za-z]")
_CUT = re.compile(r"^=cut\b[^\n]*", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z_]\w{0,250}(?:::\w{1,250}){0,20}(?:::)?")
_NUMBER = re.compile(r"0[xXbB][0-9a-fA-F_]{1,40}|\d[\d_]{0,60}(?:\.\d[\d_]{0,60}){0,6}(?:[eE][+-]?\d{1,6})?")
_VARIABLE = re.compile(
    r"\$\#?\{\s{0,8}\^?(?P<braced>(?:::)?[A-Za-z_][\w:]{0,250})\s{0,8}\}"
    r"|(?P<sigil>\$\#?|[@%&*])(?P<name>(?:::)?[A-Za-z_]\w{0,250}(?:::\w{1,250}){0,20}|\d{1,6})"
    r"|\$\^\w|\$(?:[&`'+!@/\\,;.^?|~=%\"\-<>\[\]():]|\$(?![\w{$]))|@[-+_](?!\w)|%[!+](?=[^\w$])"
    r"|\*[&\"`'+!@/\\,;.?|~\-]"
)
_CAST = re.compile(r"(?:\$\#|[$@%&*])(?=[{$])")
_READLINE = re.compile(r"<[$\w:]{0,80}>")
_PROTOTYPE = re.compile(r"\s{0,40}\([$@%&*;\\\[\]+_\s]{0,80}\)")
_FORMAT = re.compile(r"format\b[ \t]{0,20}[\w:]{0,80}[ \t]{0,20}=[ \t]{0,20}\r?\n")
_FORMAT_END = re.compile(r"^\.\r?$", re.MULTILINE)
_SIGN = re.compile(
    r"<=>|\*\*=|\|\|=|&&=|//=|\.\.\.|<<=|>>=|->|\+\+|--|\*\*|=~|!~|==|!=|<=|>=|=>|\.\.|&&|\|\||//|\.=|\+=|-=|\*=|/=|%="
    r"|&=|\|=|\^=|<<|>>|[\s\S]"
)
_CLOSES = re.compile(r"\w{1,2}\s{0,8}\}")
_FLAGS = re.compile(r"[a-z]{0,12}")
_QUOTED = frozenset({"q", "qq", "qw", "qx", "qr", "m", "s", "y", "tr"})
_STRINGS = {"'": Kind.STRING, '"': Kind.STRING, "`": Kind.COMMAND}
_KINDS = {"q": Kind.STRING, "qq": Kind.STRING, "qw": Kind.WORDS, "qx": Kind.COMMAND}
_BEFORE_TERMS = frozenset(
    {
        *("split", "grep", "map", "join", "push", "unshift", "print", "die", "warn", "return", "x", "lt", "gt", "le"),
        *("if", "elsif", "unless", "while", "until", "when", "foreach", "for", "and", "or", "not", "xor"),
        *("ge", "eq", "ne", "cmp"),
    }
)
_FINAL = frozenset({"__END__", "__DATA__"})


class Tokens:
    """The tokens of a text, its comments and long literals, and the places of quotes that are never closed.

    Not `complete`: the text was given up at the last of them.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Token] = []
        self.comments: list[tuple[int, int]] = []
        self.literals: list[tuple[int, int]] = []
        self.faults: list[int] = []
        self.complete = True
        self._at = 0
        self._bodies: dict[int, int] = {}  # the line end before a here-document, and where the text goes on
        while self._at < len(text) and self.complete:
            self._next()
        self.found.append(Token(Kind.END, "", len(text), len(text)))

    def _next(self) -> None:
        text, at = self.text, self._at
        if text[at] == "\n":
            self._at = self._bodies.get(at, at + 1)
        elif text[at] == "=" and (at == 0 or text[at - 1] == "\n") and _POD.match(text, at):
            cut = _CUT.search(text, at)
            self._at = cut.end() if cut else len(text)
        elif (blanks := _BLANKS.match(text, at)) is not None:
            self._at = blanks.end()
            if text[at] == "#":
                self.comments.append((at, self._at))
        else:
            self._token()

    def _token(self) -> None:
        try:
            found = self._read()
        except UnclosedError:
            self.faults.append(self._at)
            self.complete = len(self.faults) <= MOST_FAULTS
            found = Token(Kind.SIGN, self.text[self._at], self._at, self._at + 1)
        if found is not None:
            if found.kind in (Kind.STRING, Kind.WORDS, Kind.COMMAND, Kind.PATTERN):
                self.literals.append((found.start, max(found.end, found.inner[1])))
            self.found.append(found)
            self._at = found.end

    def _read(self) -> Token | None:
        text, at = self.text, self._at
        char = text[at]
        if char in _STRINGS:
            return self._quoted(_STRINGS[char], "", at, plain=char == "'")
        if char.isascii() and (char.isalpha() or char == "_"):
            return self._word()
        if char.isdecimal() and (number := _NUMBER.match(text, at)) is not None:
            return Token(Kind.NUMBER, number.group(), at, number.end())
        if char in "$@%&*" and (found := self._variable()) is not None:
            return found
        if char == "<" and (found := self._angle()) is not None:
            return found
        if char == "/" and not self._operand():
            return self._pattern("m", at)
        sign = _SIGN.match(text, at)
        return Token(Kind.SIGN, sign.group() if sign else char, at, sign.end() if sign else at + 1)

    def _operand(self) -> bool:
        """Whether the last token ends an operand, so that an operator comes next."""
        last = self.found[-1] if self.found else None
        if last is None:
            return False
        if last.kind is Kind.NAME:
            return last.text not in _BEFORE_TERMS
        return last.kind is not Kind.SIGN or last.text in (")", "]", "}")

    def _starts(self) -> bool:
        """Whether `%` behind an operand is a sigil: `keys %db`, and the first sign of a line behind a block."""
        last, at = self.found[-1], self._at
        apart = last.end < at and not self.text[at + 1 : at + 2].isspace()
        return apart and (last.kind is Kind.NAME or (last.text == "}" and "\n" in self.text[last.end : at]))

    def _variable(self) -> Token | None:
        text, at = self.text, self._at
        if text[at] in "%&*" and self._operand() and not self._starts():
            return None
        if (found := _VARIABLE.match(text, at)) is not None:
            name = found["braced"] or found["name"] or ""
            return Token(Kind.VARIABLE, name.removeprefix("::"), at, found.end(), sigil=found["sigil"] or text[at])
        cast = _CAST.match(text, at)
        return Token(Kind.SIGN, "cast", at, cast.end()) if cast else None

    def _angle(self) -> Token | None:
        """`<<EOT`, `<$handle>`."""
        text, at = self.text, self._at
        if (sign := document(text, at)) is not None:
            return self._document(sign)
        line = _READLINE.match(text, at) if not self._operand() else None
        return Token(Kind.PATTERN, "", at, line.end()) if line else None

    def _document(self, sign: re.Match[str]) -> Token | None:
        text, at = self.text, self._at
        line = text.find("\n", sign.end())
        if line < 0:
            return None
        try:
            found = Document(text, sign, self._bodies.get(line, line + 1))
        except UnclosedError:
            if self._operand():
                return None
            raise
        self._bodies[line] = found.after
        kind = Kind.COMMAND if found.quote == "`" else Kind.STRING
        place = (found.start, found.end)
        return Token(kind, "<<", at, sign.end(), place, plain=found.quote == "'")

    def _word(self) -> Token | None:
        text, at = self.text, self._at
        if (at == 0 or text[at - 1] == "\n") and (start := _FORMAT.match(text, at)) is not None:
            end = _FORMAT_END.search(text, start.end())
            self._at = end.end() if end else start.end()
            return None
        found = _NAME.match(text, at)
        name = found.group() if found else text[at]
        if name in _QUOTED and self._quotes() and (place := self._delimiter(at + len(name))) >= 0:
            return self._quotelike(name, place)
        if name in _FINAL:
            self._at = len(text)
            return None
        behind = name == "sub" or (self.found and self.found[-1].text == "sub")
        prototype = _PROTOTYPE.match(text, at + len(name)) if behind else None  # in `($$)`, `$)` is no variable
        return Token(Kind.NAME, name, at, prototype.end() if prototype else at + len(name))

    def _quotes(self) -> bool:
        """Whether `s`, `y`, `q` can be an operator here: no method, no key of a hash, no file test, no function."""
        last, at = (self.found[-1] if self.found else None), self._at
        if last is None:
            return True
        if last.text in ("->", "sub", "&") or (last.text == "-" and last.end == at):
            return False
        return not (last.text == "{" and _CLOSES.match(self.text, at) is not None)

    def _delimiter(self, end: int) -> int:
        """Where the delimiter of a quote-like operator stands; a comma is one behind `=~` only."""
        if self.text.startswith(",", end) and self.found and self.found[-1].text in ("=~", "!~"):
            return end
        return delimiter(self.text, end)

    def _quotelike(self, name: str, place: int) -> Token:
        if name in _KINDS:
            plain = name in ("q", "qw") or (name == "qx" and self.text[place] == "'")
            return self._quoted(_KINDS[name], name, place, plain=plain)
        return self._pattern(name, place)

    def _quoted(self, kind: Kind, name: str, place: int, *, plain: bool) -> Token:
        end = closing(self.text, place)
        sign = self.text[end]
        return Token(kind, name, self._at, end + 1, (place + 1, end), plain=plain, closing=sign)

    def _pattern(self, name: str, place: int) -> Token:
        text = self.text
        end = closing(text, place)
        if name in ("s", "tr", "y"):
            end = closing(text, second(text, end))
        flags = _FLAGS.match(text, end + 1)
        return Token(Kind.PATTERN, name, self._at, flags.end() if flags else end + 1)
