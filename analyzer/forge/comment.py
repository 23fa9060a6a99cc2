"""The text of a comment: what a forge renders, and the mark by which a later run knows it again.

Both forges make links of names, issues and commits after they have read the Markdown, so a character reference does
not stop them: a zero-width space behind the sign does. GitLab also carries out lines that begin with `/`; no line of a
comment does.
"""

import re

from markupsafe import Markup

from analyzer.model import Finding, Safety
from analyzer.report.markdown.escape import code, escaped
from analyzer.report.phrases import story
from analyzer.visible import visible

_MARK = re.compile(r"(?:\A|\n)<!-- analyzer: ([0-9a-f]{32}) -->\s*\Z")
# Not within what a reader may copy: hosts, ports, IPv6 in brackets.
_SIGN = re.compile(r"[@#!$%&~^*](?=\S)|:(?=//)|\[(?=[a-z_]{4,}:)|\bgh(?=-)|(?<=www)\.", re.IGNORECASE)
_WITHHELD = (
    "There is no suggestion, because it repeats whole lines: these hold more than keys, hosts and ports, end in CR LF, "
    "or are shown in part only. `analyzer fix` writes it."
)


def body(finding: Finding, mark: str, instead: tuple[str, ...] | None, word: str) -> str:
    """The Markdown of a comment; `word` is what the forge calls a suggestion's block."""
    what, *more = map(inactive, story(finding))
    parts = [f"**{finding.severity}: {inactive(finding.rule)}** {what}", *more]
    if finding.shape:
        parts.append(code(visible(finding.shape, 300)))
    if instead is not None:
        parts.append(_block(instead, word))
    elif finding.fix is not None and finding.fix.safety is Safety.SAFE:
        parts.append(_WITHHELD)
    return "\n\n".join((*parts, f"<!-- analyzer: {mark} -->"))


def mark_of(text: str) -> str | None:
    """The mark of a comment that an earlier run wrote; None for others. It stands last, where nothing is quoted."""
    found = _MARK.search(text)
    return found[1] if found is not None else None


def inactive(text: str) -> Markup:
    """Text in Markdown as it is, of which a forge makes neither markup nor link, and by which it tells nobody."""
    return escaped(_SIGN.sub("\\g<0>\u200b", text))


def _block(lines: tuple[str, ...], word: str) -> str:
    """A fenced block; its fence is longer than any that stands in the lines."""
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join((fence + word, *lines, fence))
