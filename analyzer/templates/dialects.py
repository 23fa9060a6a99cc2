"""Which template language a text is written in, and what the words of its actions do.

Syntax: https://pkg.go.dev/text/template, https://jinja.palletsprojects.com/templates/,
https://docs.ruby-lang.org/en/master/ERB.html and https://developer.hashicorp.com/terraform/language/expressions/strings.
It knows nothing of where actions end.
"""

import re
from enum import Enum, auto


class Dialect(Enum):
    """A template language."""

    GO = auto()
    JINJA = auto()
    ERB = auto()
    TERRAFORM = auto()


class Kind(Enum):
    """What an action is for. Only an EXPRESSION prints."""

    EXPRESSION = auto()
    ASSIGNMENT = auto()
    OPEN = auto()  # it begins a block: if, range, with, for, define, block, macro, raw
    BRANCH = auto()  # it begins the next branch of the innermost block: else, else if, elif
    END = auto()
    COMMENT = auto()
    OTHER = auto()  # break, continue, import, include of Jinja


_RAW = re.compile(rb"\{%[-+]?[ \t\r\n]*raw[ \t\r\n]*[-+]?%\}")
_GO = re.compile(
    rb"\{\{-?[ \t\r\n]*(?:/\*|[.$](?:[A-Za-z_ \t)}|]|\Z)"
    rb"|(?:if|range|with|define|block|template|end|else|break|continue|include|toYaml|tpl|required|printf|fail|default|eq|and|not)"
    rb"(?:[ \t\r\n]+[^ \t\r\n=|]|-?\}\}))"
)
_JINJA = re.compile(
    rb"\{%[-+]?[ \t\r\n]*"
    rb"(?:if|for|set|macro|block|include|import|from|extends|filter|call|with|else|elif|end[a-z]+|do)\b"
    rb"|(?<!\$)\{\#|\{\{-?[ \t\r\n]*[A-Za-z_]\w{0,80}(?:[|.\[(]|[ \t]*(?:\||-?\}\}))"
)
_ERB = re.compile(rb"<%(?:[=#-]|[ \t\r\n])")
_TERRAFORM = re.compile(rb"(?<!%)%\{~?[ \t]*(?:if|for|else|endif|endfor)\b")
_SUFFIXES = {
    ".j2": Dialect.JINJA,
    ".jinja": Dialect.JINJA,
    ".jinja2": Dialect.JINJA,
    ".sls": Dialect.JINJA,
    ".tpl": Dialect.GO,
    ".gotmpl": Dialect.GO,
    ".ctmpl": Dialect.GO,
    ".erb": Dialect.ERB,
    ".epp": Dialect.ERB,
    ".tftpl": Dialect.TERRAFORM,
}


def templated(data: bytes) -> bool:
    """Whether the bytes hold anything that looks like an action of Go or Jinja."""
    return b"{{" in data or b"{%" in data


def dialect_of(data: bytes, path: str = "") -> Dialect:
    """The language by the file's suffix, else by what its actions look like; GO where nothing tells.

    A file of one language may carry another one as text (`{% raw %}{{ $labels }}{% endraw %}`, a dashboard in a chart).
    """
    if b"%{" in data and b"{{" not in data and _TERRAFORM.search(data):
        return Dialect.TERRAFORM
    for suffix, dialect in _SUFFIXES.items():
        if path.endswith(suffix):
            return dialect
    if b"{%" in data and _RAW.search(data):
        return Dialect.JINJA
    if b"{{" in data and _GO.search(data):
        return Dialect.GO
    if (b"{{" in data or b"{%" in data or b"{#" in data) and _JINJA.search(data):
        return Dialect.JINJA
    return Dialect.ERB if b"{{" not in data and b"<%" in data and _ERB.search(data) else Dialect.GO


_WORD = re.compile(rb"[ \t\r\n]*([A-Za-z_][A-Za-z0-9_]*)")
_GO_ASSIGNMENT = re.compile(rb"[ \t\r\n]*\$\w*[ \t]*(?:,[ \t]*\$\w+[ \t]*)?:?=")
_GO_KINDS = {
    **dict.fromkeys(("if", "range", "with", "define", "block"), Kind.OPEN),
    "else": Kind.BRANCH,
    "end": Kind.END,
    "break": Kind.OTHER,
    "continue": Kind.OTHER,
}
_JINJA_OPENING = frozenset({"if", "for", "macro", "call", "filter", "block", "raw", "autoescape", "with", "trans"})
_ERB_KINDS = {
    **dict.fromkeys(("if", "unless", "case", "while", "until", "for", "begin"), Kind.OPEN),
    **dict.fromkeys(("else", "elsif", "when", "rescue", "ensure"), Kind.BRANCH),
    "end": Kind.END,
}
_ERB_DO = re.compile(rb"(?:\bdo|\{)[ \t]*(?:\|[^|\n]{0,80}\|)?[ \t\r\n]*\Z")
_ERB_ENDS = re.compile(rb"\bend[ \t\r\n]*\Z")
_ERB_ASSIGNMENT = re.compile(rb"[ \t\r\n]*@{0,2}[a-z_]\w*[ \t]*(?:\|\|)?=[^=~]")


def read_go(inner: bytes) -> tuple[Kind, str]:
    """What `{{ inner }}` does, and its first word."""
    word = _word(inner)
    kind = _GO_KINDS.get(word)
    if kind is None:
        kind = Kind.ASSIGNMENT if b"=" in inner and _GO_ASSIGNMENT.match(inner) else Kind.EXPRESSION
    return kind, word


def read_jinja(inner: bytes) -> tuple[Kind, str]:
    """What `{% inner %}` does, and its first word. `set` without an equals sign is a block."""
    word = _word(inner)
    if word in _JINJA_OPENING:
        return Kind.OPEN, word
    if word == "set":
        return (Kind.ASSIGNMENT if b"=" in inner else Kind.OPEN), word
    if word in ("else", "elif"):
        return Kind.BRANCH, word
    return (Kind.END if word.startswith("end") else Kind.OTHER), word


def read_terraform(inner: bytes) -> tuple[Kind, str]:
    """What `%{ inner }` does, and its first word."""
    word = _word(inner)
    if word in ("if", "for"):
        return Kind.OPEN, word
    return (Kind.BRANCH if word == "else" else Kind.END if word.startswith("end") else Kind.OTHER), word


def read_erb(inner: bytes) -> tuple[Kind, str]:
    """What `<% inner %>` or `<%= inner %>` does, and its first word; a block that the action itself ends is none."""
    word = _word(inner.removeprefix(b"="))
    if inner.startswith(b"#"):
        return Kind.COMMENT, ""
    kind = _ERB_KINDS.get(word)
    if inner.strip() == b"}":
        kind = Kind.END
    elif kind is None and _ERB_DO.search(inner, max(len(inner) - 120, 0)):
        kind, word = Kind.OPEN, "do"
    elif kind is Kind.OPEN and _ERB_ENDS.search(inner, max(len(inner) - 20, 0)):
        kind = None
    if kind is None:
        prints = inner.startswith(b"=")
        kind = Kind.EXPRESSION if prints else Kind.ASSIGNMENT if _ERB_ASSIGNMENT.match(inner) else Kind.OTHER
    return kind, word


def _word(inner: bytes) -> str:
    found = _WORD.match(inner)
    return found[1].decode("ascii") if found else ""
