"""Covers templated pieces of a text so that the scanners meet no delimiter inside them.

The covered text has the same length: every character of a `{{..}}`, `${..}`, `$(..)`, `$VAR`, `%s`, `%(x)s`,
`#{..}`, `#{..}#`, `<%= .. %>`, `<..>`, `{..}`, `__X__` or `@x@` becomes HOLE. It knows nothing of hosts.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from analyzer.hosts.parts import HOLE, WINDOW

# Every alternative starts with its own delimiter and is bounded, so that the search stays linear.
_HOLES = re.compile(
    r"""
      \{\{[^{}]{0,300}\}\}                                  # Go, Jinja, Handlebars, Vault
    | \{%[^{}]{0,300}%\}
    | <%[^<>]{0,300}%>                                      # ERB, EJS
    | \$\{\{[^{}]{0,300}\}\}                                # GitHub Actions
    | \#\{[^{}]{0,100}\}\#                                    # token replacement
    | [$\#]\{(?>(?:[^{}]|\{[^{}]{0,100}\}){0,200})\}           # shell, JavaScript, Ruby
    | \$\((?>(?:[^()]|\([^()]{0,100}\)){0,200})\)              # shell, Kubernetes
    | \$[A-Za-z_]\w{0,63}
    | %\([A-Za-z_]\w{0,63}\)[sdr]                           # Python
    | %(?:\[\d{1,2}\]|\d{1,2}\$)?(?:[svqr]|d(?![0-9A-Fa-f]))  # printf
    | (?<=[:/@,=;(])<[A-Za-z][^<>\n"'/@]{0,63}>             # <PASSWORD>
    | (?<!\w)%[A-Z][A-Z0-9_]{2,63}%                         # Windows
    | (?<![A-Za-z_])__[A-Za-z][A-Za-z0-9_]{0,60}?__(?!\w)    # __NAME__
    | (?<=[:/@,=;(])@[A-Za-z_][\w.\-]{0,63}@(?![\w\[])     # @name@ of Maven and Autoconf
    | \{(?:[A-Za-z_][^{}\s;"']{0,63}|\d{1,2}(?::\w{0,20})?)?\}  # Python and C# formats
    """,
    re.VERBOSE,
)
# What one of them begins with, and no host holds: most texts have none of it.
_MARK = re.compile(r"[{$%<]|__|@[\w.\-]{1,64}@")


def covered(text: str) -> str:
    """`text` with every templated piece replaced by as many HOLE characters."""
    if not _MARK.search(text):
        return text
    return _HOLES.sub(lambda match: HOLE * len(match.group()), text)


@dataclass(frozen=True)
class LongText:
    """A text that is searched; it is covered once, however many windows are read from it."""

    text: str

    @cached_property
    def cover(self) -> str:
        """The whole text covered."""
        return covered(self.text)

    def window(self, start: int) -> str:
        """At most WINDOW covered characters from `start`; inside a hole (`${DSN:-host=..}`) the rest of its content."""
        if start >= len(self.text) or self.cover[start] != HOLE or self.text[start] == HOLE:
            return self.cover[start : start + WINDOW]
        end = start
        while end < len(self.text) and end - start < WINDOW and self.cover[end] == HOLE:
            end += 1
        return covered(self.text[start:end].rstrip("})%>"))

    def quote(self, start: int) -> str:
        """The quote that stands right before `start`, or nothing."""
        before = self.text[start - 1 : start] if start else ""
        return before if before and before in QUOTES else ""


QUOTES = "\"'`"
