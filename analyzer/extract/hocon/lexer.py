"""Tokens of HOCON: https://github.com/lightbend/config/blob/main/HOCON.md#syntax.

Every byte belongs to one token. Block comments are read as well, as in JSON. It knows no structure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"""(?P<blank>(?>(?:[ \t\f\v]|\xc2\xa0)+))
    | (?P<line>[\r\n]++)
    | (?P<comment>(?:\#|//)[^\r\n]*+|/\*(?>(?:[^*]++|\*(?!/))*)\*/)
    | (?P<triple>\"{3}(?>(?:[^"]++|"(?!""))*)\"{3,})
    | (?P<string>"(?>(?:[^"\\\r\n]++|\\[^\r\n])*)")
    | (?P<reference>\$\{[^{}\r\n]{0,200}\})
    | (?P<open>[{\[])
    | (?P<close>[}\]])
    | (?P<comma>,)
    | (?P<sign>\+=|[:=])
    | (?P<word>(?>(?:[^ \t\f\v\r\n"{}\[\],:=\#/$+]++|/(?![/*])|\$(?!\{)|\+(?!=))+))
    | (?P<odd>[\s\S])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is the name of its group above; `start` and `end` are bytes."""

    kind: str
    start: int
    end: int


def tokens(shadow: bytes, start: int) -> Iterator[Token]:
    """The tokens from the byte `start` on."""
    for found in _TOKEN.finditer(shadow, start):
        yield Token(found.lastgroup or "odd", found.start(), found.end())
