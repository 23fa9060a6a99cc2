"""The lines of a Python cell that Python does not understand: magics, commands of the system, questions for help.

A sign counts at the start of a logical line only, as IPython reads it: never inside brackets or strings that go on
(https://ipython.readthedocs.io/en/stable/interactive/reference.html). It knows no hosts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.extract.notebook.kernels import AUTOMATIC, BODIES, SCRIPT, WHOLE_CELLS

_STEP = re.compile(
    r'''(?P<string>"""(?>(?:[^"\\]|\\[\s\S]|"(?!""))*)(?:"""|\Z)|\'\'\'(?>(?:[^'\\]|\\[\s\S]|'(?!\'\'))*)(?:\'\'\'|\Z)
      | "(?>(?:[^"\\\r\n]|\\(?:\r\n|[\s\S]))*)"? | '(?>(?:[^'\\\r\n]|\\(?:\r\n|[\s\S]))*)'?)
    | (?P<comment>\#[^\r\n]*)
    | (?P<opening>[(\[{]) | (?P<closing>[)\]}])
    | (?P<continued>\\(?:\r\n|[\s\S]|\Z))
    | (?P<end>\r\n|[\r\n])
    | (?P<other>[^"'#()\[\]{}\\\r\n]+)''',
    re.VERBOSE,
)
_OPTIONS = r"(?:[ \t]+-[\w-]{1,20}(?:[ \t]+\d{1,8})?){0,8}"
_MAGIC = re.compile(
    r"(?P<before>[ \t]*)(?P<target>[A-Za-z_][\w.,\[\]'\" ]{0,100}=[ \t]{0,8})?"
    r"(?:(?P<command>!!?)|%%?(?P<name>[A-Za-z_][\w.]{0,60})|(?P<odd>[?;,/%]))"
)
_AUTOMATIC = re.compile(
    rf"(?P<before>[ \t]*)(?P<target>)(?P<odd>(?:{'|'.join(AUTOMATIC)})[ \t]+(?!(?:in|is|and|or|not|if|else|for)\b)"
    r"(?=[\w./~$-])|[\w.*]{1,100}\?\??[ \t]*(?=[\r\n]|\Z))"
)
_REST = re.compile(r"(?>(?:[^\\\r\n]|\\(?:\r\n|[\s\S]|\Z))*)")
_LEADING = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n]))*")  # Colab allows comments before a cell magic
_HEAD = re.compile(r"%(?P<second>%?)(?P<name>!|[A-Za-z_]\w{0,60})(?P<rest>[^\r\n]*)(?:\r\n|[\r\n]|\Z)")
_NAMED = re.compile(r"[^\s\"']{1,200}")


@dataclass(frozen=True, slots=True)
class Magic:
    """A line for IPython, from `start` to `end`: `name` (empty for what only asks), its text from `text` on.

    `target` is where its indentation ends: a name that gets the result may follow.
    """

    name: str
    start: int
    target: int
    sign: int
    text: int
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """The first line of a cell that belongs to a magic as a whole: who reads the text from `body` on.

    `reader` is "python", "shell", "sql", "file", "prose", "text", or empty: nobody knows. `name` is the file's.
    """

    reader: str
    body: int
    name: str = ""


def head(text: str) -> Head | None:
    """What the first line says about a whole cell, or None."""
    leading = _LEADING.match(text)
    found = _HEAD.match(text, leading.end() if leading else 0)
    if found is None:
        return None
    name, rest = found["name"].lower(), found["rest"].strip()
    alone = name in WHOLE_CELLS and (not rest or name != "sql") and found.end() < len(text)
    if not found["second"] and not alone:
        return None
    words = _NAMED.findall(rest)
    if name == SCRIPT:
        reader = next((BODIES[word] for word in (w.rsplit("/", 1)[-1] for w in words) if word in BODIES), "text")
        return Head(reader, found.end())
    return Head(BODIES.get(name, ""), found.end(), words[-1] if words else "")


def magics(text: str, stop: int) -> Iterator[Magic]:
    """The magics of the characters before `stop`, in order."""
    at = 0
    while at < stop:
        found = _MAGIC.match(text, at, stop) or _AUTOMATIC.match(text, at, stop)
        if found is None:
            at = _line_end(text, at, stop)
            continue
        rest = _REST.match(text, found.end(), stop)
        end = rest.end() if rest else stop
        yield _magic(found, end)
        at = _line_end(text, end, stop)


def _magic(found: re.Match[str], end: int) -> Magic:
    groups = found.groupdict()
    name = groups.get("command") or groups.get("name") or ""
    sign = found.end("target") if groups["target"] else found.end("before")
    return Magic(name, found.start(), found.end("before"), sign, found.end(), end)


def _line_end(text: str, at: int, stop: int) -> int:
    """Where the next logical line starts."""
    depth = 0
    for step in _STEP.finditer(text, at, stop):
        if step.lastgroup == "opening":
            depth += 1
        elif step.lastgroup == "closing":
            depth -= 1
        elif step.lastgroup == "end" and depth <= 0:
            return step.end()
    return stop
