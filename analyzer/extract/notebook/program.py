"""The Python cells of a notebook as one program, magics written as the calls that IPython makes of them.

`!psql -h {HOST}` becomes `get_ipython().system("psql -h " + HOST)`, as in the scripts that `jupyter nbconvert` writes;
what is ours between the pieces of the cells has no place in the file. Cells that are no Python are kept apart, so that
they take nothing with them. It knows no hosts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from keyword import iskeyword

from analyzer.extract.notebook.kernels import COMMANDS, ENVIRONMENT, STATEMENTS
from analyzer.extract.notebook.magics import Magic, head, magics
from analyzer.extract.python import readable
from analyzer.extract.spelling.spelled import Run, Spelled, spelled

_ASSIGNED = re.compile(
    r"^[ \t]*(?:(?:for[ \t]{1,8})?([A-Za-z_]\w{0,100})[ \t]{0,40}(?:=(?!=)|,|in\b)|%(?:set_)?env[ \t]{1,8}(\w{1,100}))",
    re.MULTILINE,
)
_STEP = r"\.[A-Za-z_]\w{0,60}|\[(?:'[^'\]\\\r\n]{0,60}'|\"[^\"\]\\\r\n]{0,60}\"|\d{1,4})\]"
_HOLE = re.compile(
    rf"\$(?P<name>[A-Za-z_]\w{{0,100}})|\{{(?P<expression>(?P<root>[A-Za-z_]\w{{0,100}})(?:{_STEP}){{0,4}})\}}"
)
_OPTIONS = re.compile(r"[ \t]*(?:-{1,2}\w{1,20}(?:[ \t=]+\d{1,8})?[ \t]+){0,8}")
_SETTING = re.compile(r"[ \t]*(?P<name>[A-Za-z_]\w{0,100})(?:[ \t]{0,8}=[ \t]{0,8}|[ \t]{1,8})(?P<quote>[\"']?)")
_INDENTED = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n]))*(?P<indent>[ \t]*)(?=\S)")


@dataclass(frozen=True, slots=True)
class Body:
    """Text below a magic that is no Python of this notebook, and its reader; `name` is that of a file."""

    reader: str
    name: str
    text: Spelled


@dataclass(frozen=True, slots=True)
class Program:
    """The cells that are Python as one text, those that are not each by itself, and what stands below magics."""

    whole: Spelled
    broken: tuple[Spelled, ...]
    bodies: tuple[Body, ...]


def program_of(cells: Sequence[Spelled], *, old: bool) -> Program:
    """The program of some cells, which run in their order; `old`: Python 2 is Python as well."""
    heads = [head(cell.text) for cell in cells]
    names = frozenset(name for cell in cells for found in _ASSIGNED.findall(cell.text) for name in found if name)
    sound: list[Spelled] = []
    broken: list[Spelled] = []
    bodies: list[Body] = []
    for cell, first in zip(cells, heads, strict=True):
        own = first is not None and first.reader not in ("", "python")
        code = translated(cell, first.body if first and own else len(cell.text), names)
        if first is not None and first.reader == "" and not readable(code.text, old=old):
            code, own = translated(cell, first.body, names), True
        (sound if readable(code.text, old=old) else broken).append(code)
        if first is not None and own:
            bodies.append(Body(first.reader or "text", first.name, cell.part(first.body, len(cell.text))))
    return Program(chained(sound), tuple(broken), tuple(bodies))


def chained(cells: Sequence[Spelled]) -> Spelled:
    """Cells one below the other, a blank line between them."""
    runs = (run for cell in cells for run in (*cell.runs, _ours("\n\n", cell.end)))
    return spelled(runs, cells[0].start, cells[-1].end) if cells else spelled((), 0, 0)


def translated(cell: Spelled, stop: int, names: frozenset[str]) -> Spelled:
    """The characters of a cell before `stop` as Python; `names` are those that its notebook assigns."""
    runs: list[Run] = []
    at = 0
    for magic in magics(cell.text, stop):
        runs += cell.part(at, magic.start).runs
        runs += _statement(cell, magic, names)
        at = magic.end
    runs += cell.part(at, stop).runs
    first = _INDENTED.match(cell.text)
    if first is not None and first["indent"]:
        runs.insert(0, _ours("if True:\n", cell.start))
    return spelled(runs, cell.start, cell.end)


def _statement(cell: Spelled, magic: Magic, names: frozenset[str]) -> Iterator[Run]:
    """What a magic is in Python, behind its indentation and the name that gets its result."""
    yield from cell.part(magic.start, magic.sign).runs
    options = _OPTIONS.match(cell.text, magic.text, magic.end)
    setting = _SETTING.match(cell.text, magic.text, magic.end) if magic.name in ENVIRONMENT else None
    if magic.name in STATEMENTS and options is not None and cell.text[options.end() : magic.end].strip():
        yield from cell.part(options.end(), magic.end).runs
    elif setting is not None and setting.end() < magic.end:
        yield from _assignment(cell, setting, magic.end, names)
    elif magic.name in COMMANDS:
        yield from _call(cell, magic, "get_ipython().system(", names)
    elif magic.name:
        yield from _call(cell, magic, f'get_ipython().run_line_magic("{magic.name}",', names)
    else:
        yield _ours("0", cell.end)


def _call(cell: Spelled, magic: Magic, call: str, names: frozenset[str]) -> Iterator[Run]:
    start = magic.text + len(cell.text[magic.text : magic.end]) - len(cell.text[magic.text : magic.end].lstrip())
    yield _ours(call, cell.end)
    yield from _text(cell, min(start, magic.end), magic.end, names)
    yield _ours(")", cell.end)


def _assignment(cell: Spelled, setting: re.Match[str], end: int, names: frozenset[str]) -> Iterator[Run]:
    """`%env NAME=value`: a variable of the environment, and one of Python for the commands that use it."""
    name, quote = setting["name"], setting["quote"]
    end = setting.end() + len(cell.text[setting.end() : end].rstrip())
    closed = bool(quote) and cell.text[:end].endswith(quote) and end > setting.end()
    own = "" if iskeyword(name) else f"{name} = "
    yield _ours(f'{own}os.environ["{name}"] = ', cell.end)
    yield from _text(cell, setting.end() if closed else setting.start("quote"), end - closed, names)


def _text(cell: Spelled, start: int, end: int, names: frozenset[str]) -> Iterator[Run]:
    """An expression for the text of a magic, into which IPython puts the values of the program's names."""
    at = start
    for hole in _HOLE.finditer(cell.text, start, end):
        if (hole["name"] or hole["root"]) in names:
            yield from _literal(cell, at, hole.start())
            yield _ours(" + ", cell.end)
            yield from cell.part(*hole.span("name" if hole["name"] else "expression")).runs
            yield _ours(" + ", cell.end)
            at = hole.end()
    yield from _literal(cell, at, end)


def _literal(cell: Spelled, start: int, end: int) -> Iterator[Run]:
    """Characters of a cell as a raw literal; nothing that could be read where no quotes fit around them."""
    text = cell.text[start:end]
    fitting = [quotes for quotes in ("'''", '"""') if quotes not in text]
    quotes = next((each for each in fitting if not text.endswith((each[0], "\\"))), "")
    if fitting:
        yield _ours(f"r{quotes or fitting[0]}", cell.end)
        yield from cell.part(start, end).runs
        yield _ours(quotes or f" {fitting[0]}", cell.end)
    else:
        yield _ours("''", cell.end)


def _ours(text: str, at: int) -> Run:
    """Our own words at a place of the file."""
    return Run(text, at, at, verbatim=False)
