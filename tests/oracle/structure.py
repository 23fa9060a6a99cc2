"""Where the text of templates stands against Helm's output: `python -m tests.oracle.structure DIR...`.

Every chart below the folders is rendered with its default values. A scalar outside of all actions that occurs once in
its template and once in the output must stand in both at the same path: as some world of the template has it, and as
YAML reads the output. Exit code 1 where less than 99.8 % do.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from analyzer.extract.yaml.docs import read_documents
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.yamltree import Alias, Mapping, Scalar, Sequence
from analyzer.yamltree import Node as YamlNode
from tests.oracle.rendered import Paths, complete, helm_refusals, paths_of, render

_SHORTEST = 5  # shorter texts stand at several places by coincidence
_HOLE = "{"


def main(folders: list[str]) -> int:
    """Print the figures and every scalar that stands at another path than in the output."""
    figures: Counter[str] = Counter()
    for chart in sorted(path.parent for folder in folders for path in Path(folder).rglob("Chart.yaml")):
        if (chart / "templates").is_dir() and not any((parent / "Chart.yaml").exists() for parent in chart.parents):
            with tempfile.TemporaryDirectory() as place:
                for line in compared(complete(chart, Path(place)), figures):
                    sys.stdout.write(f"{chart.name}/{line}\n")
    sys.stdout.write(", ".join(f"{count} {what}" for what, count in sorted(figures.items())) + "\n")
    return 0 if figures["elsewhere"] * 500 <= figures["at the same path"] else 1


def compared(chart: Path, figures: Counter[str]) -> Iterator[str]:
    """Count the scalars of a chart's templates in `figures`; yield those that are not where they should be."""
    try:
        outputs = render(chart)
    except helm_refusals():
        figures["charts that Helm refuses"] += 1
        return
    figures["charts"] += 1
    for name, output in sorted(outputs.items()):
        template = chart / name.split("/", 1)[1]
        if template.suffix in {".yaml", ".yml"} and template.is_file():
            try:
                printed = paths_of(output)
            except yaml.YAMLError:
                figures["outputs that are no YAML"] += 1
                continue
            for line in _compared(template.read_bytes(), output, printed, figures):
                yield f"{template.relative_to(chart)}: {line}"


def _compared(template: bytes, output: str, printed: Paths, figures: Counter[str]) -> Iterator[str]:
    text = template.decode("utf-8", "surrogateescape")
    documents = read_documents(template, "chart/templates/a.yaml")
    parts = _paths(documents.parts)
    read = _paths(documents.roots) | parts
    for path, value in printed:
        bare = value.strip()
        if len(bare) < _SHORTEST or text.count(bare) != 1 or output.count(bare) != 1 or bare not in read:
            continue
        if any(_same(path, other) for other in read[bare]):
            figures["at the same path"] += 1
        elif any(_same(path[-len(other) :], other) for other in parts.get(bare, ())):
            figures["in definitions and other parts, at the same path below where they are printed"] += 1
        else:
            figures["elsewhere"] += 1
            yield f"{bare[:60]!r} stands at {sorted(read[bare])}, printed at {path}"


def _same(printed: tuple[str, ...], read: tuple[str, ...]) -> bool:
    """Whether two paths are one, where keys and names that the template prints may be anything."""
    alike = (one == other or "*" in (one, other) or _HOLE in other for one, other in zip(printed, read, strict=False))
    return len(printed) == len(read) and all(alike)


def _paths(roots: Iterable[YamlNode]) -> dict[str, set[tuple[str, ...]]]:
    """Where each text stands."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for root in roots:
        for path, value in _walk(root, ()):
            found.setdefault(value, set()).add(path)
    return found


def _walk(node: YamlNode, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    match node:
        case Mapping():
            for key, value in node.pairs:
                yield from _walk(value, (*path, _text(key)))
        case Sequence():
            for item in node.items:
                yield from _walk(item, (*path, _name(item)))
        case Scalar():
            text = read_scalar(node).text
            if _HOLE not in text:
                yield path, text.strip()
        case Alias():
            return


def _name(item: YamlNode) -> str:
    pairs = item.pairs if isinstance(item, Mapping) else ()
    return next((_text(value) for key, value in pairs if _text(key) == "name"), "*")


def _text(node: YamlNode) -> str:
    return read_scalar(node).text if isinstance(node, Scalar) else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
