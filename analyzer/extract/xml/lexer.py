"""Cuts XML into tags, text, comments and entity declarations with their places. Nothing is resolved or loaded.

From left to right, once; what is no markup is text, so files in the middle of an edit, fragments and templates have
tokens too. Syntax: https://www.w3.org/TR/xml/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_NAME = r"[^\W\d][\w:.\-]{0,200}"
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>{_NAME})")
_ATTRIBUTE = re.compile(
    r"[\s,]*+(?P<name>[^\s=<>/\"',]{1,200})\s*+(?:=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'))?"
)
_TAG_END = re.compile(r"[^<>]*+(?P<sign>>|(?=<)|\Z)")
_DECLARATION = re.compile(r"\"[^\"]*+\"|'[^']*+'|<!--|[\[\]>]")
_ENTITY = re.compile(
    rf"<!ENTITY\s{{1,40}}(?P<name>{_NAME})\s{{1,40}}(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)')\s*+>"
)


class Kind(Enum):
    """What a token is; an EMPTY tag is start and end in one, CDATA is text without entities.

    ATTRIBUTE is none of a text's tokens: it marks an attribute's value where it is handed on like text.
    """

    START = "start"
    EMPTY = "empty"
    END = "end"
    TEXT = "text"
    CDATA = "cdata"
    COMMENT = "comment"
    ENTITY = "entity"
    ATTRIBUTE = "attribute"


@dataclass(frozen=True, slots=True)
class Attribute:
    """`name="value"`: `start` and `end` are the value's characters, without quotes."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """Characters `start` to `end`: of text and CDATA the content, of an entity its value, else the whole markup."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: tuple[Attribute, ...] = ()


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, in order."""
    at = 0
    while (sign := text.find("<", at)) >= 0:
        found = list(_markup(text, sign))
        end = found[-1][1]
        if at < (sign if end > sign + 1 else end):
            yield Token(Kind.TEXT, at, sign if end > sign + 1 else end)
        yield from (token for token, _ in found if token is not None)
        at = end
    if at < len(text):
        yield Token(Kind.TEXT, at, len(text))


def _markup(text: str, at: int) -> Iterator[tuple[Token | None, int]]:
    """What starts with the sign at `at`, and where the text goes on; a sign that starts nothing is text."""
    tag = _TAG.match(text, at)
    if tag is not None:
        yield _end_tag(text, tag) if tag["end"] else _start_tag(text, tag)
    elif text.startswith("<!--", at):
        end = _behind(text, "-->", at + 4)
        yield Token(Kind.COMMENT, at, end), end
    elif text.startswith("<![CDATA[", at):
        end = _behind(text, "]]>", at + 9)
        yield Token(Kind.CDATA, at + 9, end - 3 if text.endswith("]]>", at + 9, end) else end), end
    elif text.startswith("<?", at):
        yield None, _behind(text, "?>", at + 2)
    elif text.startswith("<!", at):
        yield from _declaration(text, at)
    else:
        yield None, at + 1


def _behind(text: str, sign: str, at: int) -> int:
    found = text.find(sign, at)
    return len(text) if found < 0 else found + len(sign)


def _end_tag(text: str, tag: re.Match[str]) -> tuple[Token, int]:
    close = _TAG_END.match(text, tag.end())
    end = close.end() if close else tag.end()
    return Token(Kind.END, tag.start(), end, tag["name"]), end


def _start_tag(text: str, tag: re.Match[str]) -> tuple[Token, int]:
    attributes, at = [], tag.end()
    while (match := _ATTRIBUTE.match(text, at)) is not None:
        at = match.end()
        group = "double" if match["double"] is not None else "single"
        if match[group] is not None:
            attributes.append(Attribute(match["name"], *match.span(group)))
    close = _TAG_END.match(text, at)
    end = close.end() if close else at
    kind = Kind.EMPTY if text.endswith("/>", at, end) else Kind.START
    return Token(kind, tag.start(), end, tag["name"], tuple(attributes)), end


def _declaration(text: str, at: int) -> Iterator[tuple[Token | None, int]]:
    """`<!DOCTYPE ...>` with the entities of its internal subset."""
    end = _declaration_end(text, at + 2)
    for entity in _ENTITY.finditer(text, at, end):
        group = "double" if entity["double"] is not None else "single"
        yield Token(Kind.ENTITY, *entity.span(group), entity["name"]), end
    yield None, end


def _declaration_end(text: str, at: int) -> int:
    depth = 0
    while (sign := _DECLARATION.search(text, at)) is not None:
        at = sign.end()
        if sign.group() == "<!--":
            at = _behind(text, "-->", at)
        elif sign.group() == ">" and depth <= 0:
            return at
        else:
            depth += {"[": 1, "]": -1}.get(sign.group(), 0)
    return len(text)
