"""Text as GitHub's Markdown shows it: the characters themselves, whatever they mean to a renderer.

A character reference never opens or closes anything (CommonMark 0.31, 2.5), neither in a table's cell nor in a
`summary` element. Links, which are made of plain text as well, are prevented where they begin; a zero-width space
keeps an `@` from naming somebody, which happens after references are read.
"""

import re

from markupsafe import Markup

_MEANT = re.compile(r"[!\"#$&'*:<>\[\\\]^_`{|}~]|(?<=www)\.|@(?=[A-Za-z0-9_-])", re.IGNORECASE)
_ZERO_WIDTH_SPACE = "&#8203;"


def escaped(value: object) -> Markup:
    """Markdown that shows `value` as it is; markup stays. One line in, one line out."""
    if isinstance(value, Markup):
        return value
    return Markup(_MEANT.sub(_reference, str(value)))  # noqa: S704  this is the escape


def code(text: str) -> Markup:
    """The same as program text: GitHub looks for no names, issues or commits in it."""
    return Markup(f"<code>{escaped(text)}</code>")  # noqa: S704


def _reference(match: re.Match[str]) -> str:
    char = match[0]
    return f"&#{ord(char)};" + (_ZERO_WIDTH_SPACE if char == "@" else "")
