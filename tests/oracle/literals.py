"""What the analyzer reads in template actions against what Helm prints: `python -m tests.oracle.literals DIR...`.

Every chart below the folders is rendered with its default values. A literal of an action that occurs once in its
template and once in the output must stand in both at the same path: as the analyzer reads the template, and as YAML
reads the output. Charts that Helm does not render with their defaults are counted and left out.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from analyzer.extract.yaml.docs import read_documents
from analyzer.extract.yaml.scalars import read_scalar
from analyzer.templates.blocks import blocks_of, read_blocks
from analyzer.templates.expressions import Literal, Node, parse
from analyzer.templates.lexer import actions
from analyzer.templates.nodes import children
from analyzer.yamltree import Alias, Mapping, Scalar, Sequence
from analyzer.yamltree import Node as YamlNode
from tests.oracle.rendered import Paths, complete, helm_refusals, paths_of, render

_SHORTEST = 5  # shorter texts stand at several places by coincidence


def main(folders: list[str]) -> int:
    """Prints the figures and every literal that is read at another path than Helm prints it at."""
    figures: Counter[str] = Counter()
    for chart in sorted(path.parent for folder in folders for path in Path(folder).rglob("Chart.yaml")):
        if (chart / "templates").is_dir() and not any((parent / "Chart.yaml").exists() for parent in chart.parents):
            with tempfile.TemporaryDirectory() as place:
                for line in compared(complete(chart, Path(place)), figures):
                    print(f"{chart.name}/{line}")
    print(", ".join(f"{count} {what}" for what, count in sorted(figures.items())))
    return 1 if figures["literals at another path"] else 0


def compared(chart: Path, figures: Counter[str]) -> Iterator[str]:
    """Counts the literals of a chart's templates in `figures`; yields those that are not where they should be."""
    try:
        outputs = render(chart)
    except helm_refusals() as error:
        figures[f"charts that Helm refuses ({type(error).__name__})"] += 1
        return
    figures["charts"] += 1
    for name, output in outputs.items():
        template = chart / name.split("/", 1)[1]
        if template.suffix not in {".yaml", ".yml"} or not template.is_file():
            continue
        try:
            printed = paths_of(output)
        except yaml.YAMLError:
            figures["outputs that are no YAML"] += 1
            continue
        for line in _compared(template.read_bytes(), output, printed, figures):
            yield f"{template.relative_to(chart)}: {line}"


def _compared(template: bytes, output: str, printed: Paths, figures: Counter[str]) -> Iterator[str]:
    text = template.decode("utf-8", "surrogateescape")
    read = list(_readings(template))
    bodies = _definitions(template)
    for literal in sorted(_literals(text)):
        if text.count(literal) != 1 or output.count(literal) != 1:
            continue
        wanted = {path for path, value in printed if literal in value}
        found = {path for path, value in read if literal in value}
        if not wanted:
            continue  # in a key or a comment
        if any(_same(one, other) for one in wanted for other in found):
            figures["literals at the same path"] += 1
        elif found and literal in bodies:
            figures["literals of definitions, printed where they are included"] += 1
        elif found:
            figures["literals at another path"] += 1
            yield f"{literal!r} read at {sorted(found)}, printed at {sorted(wanted)}"
        else:
            figures["literals not read"] += 1
            yield f"{literal!r} not read, printed at {sorted(wanted)}"


def _definitions(template: bytes) -> str:
    """The text of all definitions."""
    blocks = blocks_of(read_blocks(list(actions(template)), len(template)))
    found = [template[block.start : block.end] for block in blocks if block.definition]
    return b"".join(found).decode("utf-8", "surrogateescape")


def _same(printed: tuple[str, ...], read: tuple[str, ...]) -> bool:
    """Whether two paths are one, where keys and names that the template prints may be anything."""
    alike = (one == other or "*" in (one, other) or "{" in other for one, other in zip(printed, read, strict=False))
    return len(printed) == len(read) and all(alike)


def _literals(text: str) -> set[str]:
    found: set[str] = set()
    for action in actions(text.encode("latin-1", "replace")):
        statement = parse(text, action.inner.start, action.inner.end)
        if statement and statement.value and not statement.keyword:
            found |= {literal.text for literal in _below(statement.value) if len(literal.text) >= _SHORTEST}
    return found


def _below(node: Node) -> Iterator[Literal]:
    if isinstance(node, Literal):
        yield node
    for child in children(node):
        yield from _below(child)


def _readings(template: bytes) -> Iterator[tuple[tuple[str, ...], str]]:
    documents = read_documents(template)
    for root in (*documents.roots, *documents.parts):
        yield from _walk(root, ())


def _walk(node: YamlNode, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    match node:
        case Mapping():
            for key, value in node.pairs:
                yield from _walk(value, (*path, _text(key)))
        case Sequence():
            for item in node.items:
                yield from _walk(item, (*path, _name(item)))
        case Scalar():
            reading = read_scalar(node)
            yield from ((path, one.text) for one in (reading, *reading.others))
        case Alias():
            return


def _name(item: YamlNode) -> str:
    pairs = item.pairs if isinstance(item, Mapping) else ()
    return next((_text(value) for key, value in pairs if _text(key) == "name"), "*")


def _text(node: YamlNode) -> str:
    return read_scalar(node).text if isinstance(node, Scalar) else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
