"""How well templates are read in the wild: `python -m tests.ecosystem.templates DIR...` (charts, playbooks).

Every template below the directories is read as a scan would read it. Told are: how many were handled without an
exception, how many bytes stand in a parsed world and how many were only searched as text, worlds, speed, the worst.
Exit code 1 where a template was not handled or less than 99.9 % of the YAML bytes were parsed.
"""

import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analyzer.extract import format_of
from analyzer.source import SourceFile
from analyzer.templates.dialects import dialect_of
from analyzer.templates.worlds import read_template

SUFFIXES = (".j2", ".jinja", ".jinja2", ".tpl", ".gotmpl", ".ctmpl", ".tmpl", ".tftpl", ".erb")
ENOUGH = 0.999
_WORST = 15


@dataclass(frozen=True)
class Row:
    """One template. `left` are bytes in no parsed world; `crash` is the name of what was raised, or empty."""

    path: str
    size: int
    worlds: int
    left: int
    yaml: bool
    seconds: float
    crash: str = ""


@dataclass
class Survey:
    """All templates of some directories."""

    rows: list[Row] = field(default_factory=list)

    @property
    def crashed(self) -> list[Row]:
        return [row for row in self.rows if row.crash]

    @property
    def yaml(self) -> list[Row]:
        return [row for row in self.rows if row.yaml]

    @property
    def parsed(self) -> float:
        """The part of the bytes of YAML templates that stands in a parsed world."""
        size = sum(row.size for row in self.yaml)
        return 1 - sum(row.left for row in self.yaml) / size if size else 1.0

    @property
    def good(self) -> bool:
        return not self.crashed and self.parsed >= ENOUGH


def templates(roots: Iterable[Path]) -> Iterator[Path]:
    """Files with a template's suffix, and YAML in a chart's `templates` folder."""
    for root in roots:
        for path in sorted(root.rglob("*")):
            chart = path.suffix in (".yaml", ".yml") and "templates" in path.parts[:-1]
            if (chart or path.name.endswith(SUFFIXES)) and path.is_file() and not path.is_symlink():
                yield path


def survey(paths: Iterable[Path]) -> Survey:
    """Read every template; nothing that a template raises stops the survey."""
    return Survey([_row(path) for path in paths])


def _row(path: Path) -> Row:
    data = path.read_bytes()
    name = path.as_posix().lstrip("/")
    bare = name
    while bare.endswith(SUFFIXES):
        bare = bare.rsplit(".", 1)[0]
    yaml = bare.endswith((".yaml", ".yml"))
    start = time.process_time()
    try:
        template = read_template(data, dialect_of(data, name)) if yaml else None
        seconds = time.process_time() - start
        format_of(name, data[:200]).load()(SourceFile(name, data))
    except Exception as error:  # noqa: BLE001  a survey counts what crashes
        traceback.print_exc(limit=-3)
        return Row(name, len(data), 0, 0, yaml, 0, type(error).__name__)
    if template is None:
        return Row(name, len(data), 0, 0, yaml, seconds)
    left = {at for part in template.left for at in range(part.span.start, part.span.end)}
    worlds = sum(world.part.whole for world in template.worlds)
    return Row(name, len(data), worlds, len(left), yaml, seconds)


def report(found: Survey) -> Iterator[str]:
    """The lines that are printed."""
    rows, size = found.yaml, sum(row.size for row in found.yaml)
    left, seconds = sum(row.left for row in rows), sum(row.seconds for row in rows)
    worlds = [row.worlds for row in rows]
    yield f"templates               {len(found.rows)}, {len(found.rows) - len(found.crashed)} without an exception"
    yield f"of them YAML            {len(rows)}, {size / 1e6:.1f} MB"
    yield f"in a parsed world       {size - left} bytes, {100 * found.parsed:.3f} %"
    yield f"searched as text        {left} bytes in {sum(row.left > 0 for row in rows)} files"
    single = sum(count == 1 for count in worlds)
    yield f"worlds                  {sum(worlds)}, one for {single} files, at most {max(worlds, default=0)}"
    yield f"parsed                  {size / 1e6 / seconds if seconds else 0:.1f} MB/s"
    worst = sorted((row for row in rows if row.left), key=lambda row: -row.left)[:_WORST]
    yield from (f"  {row.left:>8} of {row.size:>8}  {row.path}" for row in worst)
    yield from (f"  {row.crash}  {row.path}" for row in found.crashed)


def main(arguments: list[str]) -> int:
    """Survey directories and tell what was found."""
    found = survey(templates(map(Path, arguments)))
    sys.stdout.write("".join(f"{line}\n" for line in report(found)))
    return 0 if found.good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
