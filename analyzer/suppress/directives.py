"""Directives in comments: text -> rules, reason, last day, and what is wrong with it.

Extractors hand over comments only, so text inside a string never counts. A directive without reason, rule or a day
that can be read is void: a finding too many is noticed, one too few is not.
"""

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from analyzer.model import Comment

NEVER = ("unused-suppression", "expired-allow")
"""What exceptions are themselves told by: no comment excuses it, the policy's `severity` can."""

_DIRECTIVE = re.compile(
    r"(?<![\w`'\"-])analyzer:[ \t]{0,8}ignore(?![\w-])(?P<list>\[(?P<rules>[^\]\r\n]{0,200})\])?"
    r"(?P<said>(?:(?!\banalyzer:)[^\r\n]){0,500})"
)
# Words that are meant to be this one; only with a bracket behind, for prose has such words too.
_MEANT = re.compile(r"(?<![\w`'\"-])analyzer:[ \t]{0,8}(?P<word>[A-Za-z]{4,10})\[")
_WORDS = ("ignore", "disable", "suppress", "allow", "noqa", "skip")
_SIGNS = re.compile(r"[\s#/;!*%(.<>{=\-\ufeff]*\Z")
_CLOSERS = re.compile(r"[ \t]*(?:\*/\}?|-->|#\}|-?%>|\*/[ \t]*-?\}\})[ \t]*\Z")
_SEPARATORS = re.compile(r"[\s,]{1,20}")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,40}")
_UNTIL = re.compile(r"\buntil[ \t:]{1,8}(?P<day>\d{4}-\d{2}-\d{2})(?![\w-])")
# Behind `until`: what is meant as a day, in whatever form. "until the replicas have moved" is a reason.
_DAY = re.compile(
    r"\buntil\b[^\r\n]{0,24}?(?:\b\d{1,4}[-./]\d{1,2}(?:[-./]\d{1,4})?\b|\b20\d\d\b|\bq[1-4]\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?[ \t]\d)",
    re.IGNORECASE,
)
_MOST = 10  # rules of one directive that are shown
_SHOWN = "`analyzer: ignore[node-host] reason`"


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive of a comment: its rules, reason and last day (ISO, or empty), and what is wrong with it.

    `shape` shows what it says but for the reason.
    `faults` say what to write instead. A `void` one excuses nothing; of another, the rules that exist count.
    """

    rules: tuple[str, ...]
    reason: str
    until: str
    shape: str
    faults: tuple[str, ...] = ()
    void: bool = False


def directives_of(comment: Comment, known: Collection[str]) -> Iterator[Directive]:
    """The directives of one comment; `known` are the ids of all rules."""
    for found in _DIRECTIVE.finditer(comment.text):
        before = comment.text[max(found.start() - 200, 0) : found.start()].rpartition("\n")[2]
        if found["list"] is not None or _SIGNS.match(before):
            yield _read(found["rules"] or "", found["said"], known)
    for found in _MEANT.finditer(comment.text):
        word = found["word"]
        if word != "ignore" and difflib.get_close_matches(word.lower(), _WORDS, 1, 0.8):
            fault = f"{word} is no word of exceptions; write {_SHOWN}"
            yield Directive((), "", "", f"analyzer: {word}[…]", (fault,), void=True)


def _read(listed: str, said: str, known: Collection[str]) -> Directive:
    names = [name for name in _SEPARATORS.split(listed) if name]
    rules = tuple(dict.fromkeys(name for name in names if name in known and name not in NEVER))
    faults = [_unknown(name, known) for name in dict.fromkeys(names) if name not in rules]
    said = _CLOSERS.sub("", said)
    until = _UNTIL.search(said)
    reason = _UNTIL.sub("", said).strip(" \t-,;:()")
    void = []
    if not names:
        void.append(f"it names no rule; write {_SHOWN}")
    if not reason:
        void.append("it gives no reason; write why behind the bracket")
    if until and not _is_day(until["day"]):
        void.append(f"there is no {until['day']}; write a day of the calendar like `until 2027-01-31`")
    elif _DAY.search(_UNTIL.sub("", said)):
        void.append("its last day cannot be read; write it like `until 2027-01-31`")
    day = until["day"] if until and not void else ""
    shown = ", ".join(name if _PLAIN.fullmatch(name) else "…" for name in names[:_MOST])
    shape = f"analyzer: ignore[{shown}]" + (f" until {until['day']}" if until else "")
    return Directive(rules, reason, day, shape, (*faults, *void), bool(void))


def _unknown(name: str, known: Collection[str]) -> str:
    if name in NEVER:
        return f"{name} is excused by no comment; put the exception right, or set its `severity` in the policy"
    near = difflib.get_close_matches(name.lower(), [rule for rule in known if rule not in NEVER], 1)
    shown = name if _PLAIN.fullmatch(name) else "what stands in the bracket"
    return f"{shown} is no rule; {f'write {near[0]}' if near else '`analyzer explain` lists them'}"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
