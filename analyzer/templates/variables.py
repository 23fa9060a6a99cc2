"""Where text stands that another program fills in: envsubst, Maven, Ant, Python, MSBuild. Nothing nests or ends.

Such files are often valid YAML as they stand; where they are not, these are what to cover.
"""

import re

from analyzer.model import Span
from analyzer.templates.dialects import Kind
from analyzer.templates.lexer import Action

_VARIABLE = re.compile(
    rb"\$\{(?>(?:[^{}\r\n]|\{[^{}\r\n]{0,200}\}){0,400})\}"
    rb"|\$\([A-Za-z_][\w.]{0,100}\)"
    rb"|%\([A-Za-z_]\w{0,100}\)[sdr]"
    rb"|(?<![\w@])@[A-Za-z_][\w.\-]{0,100}@(?![\w@])"
)


def variables(data: bytes) -> list[Action]:
    """Each as an action that prints."""
    return [
        Action(found.start(), found.end(), Span(found.start() + 1, found.end() - 1), Kind.EXPRESSION, "")
        for found in _VARIABLE.finditer(data)
    ]
