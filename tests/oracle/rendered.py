"""Charts rendered by the real Helm engine (helm-python-sdk), and YAML as paths with their texts."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Paths = list[tuple[tuple[str, ...], str]]


def helm() -> Any:
    """The package's chart class. Raises ImportError where the package is missing: it is a dependency of tests only."""
    from helm_python.chart import Chart

    return Chart


def helm_refusals() -> type[Exception]:
    """What Helm raises for a chart that it cannot load or render."""
    from helm_python.errors import HelmError

    return HelmError


def render(chart: Path, values: dict[str, Any] | None = None) -> dict[str, str]:
    """The files that Helm makes of a chart, by the path of their template."""
    with helm().load(chart) as loaded:
        return dict(loaded.render(values, name="release", namespace="space"))


def complete(chart: Path, into: Path) -> Path:
    """A copy of a chart with the subcharts that stand beside it in its collection."""
    copy = into / chart.name
    shutil.copytree(chart, copy, symlinks=True)
    declared = yaml.safe_load((copy / "Chart.yaml").read_text(encoding="utf-8")) or {}
    for dependency in declared.get("dependencies") or []:
        name = str(dependency.get("name"))
        beside, here = chart.parent / name, copy / "charts" / name
        if (beside / "Chart.yaml").is_file() and not here.exists():
            shutil.copytree(beside, here, symlinks=True)
    return copy


def paths_of(text: str) -> Paths:
    """The scalars of all documents; items of a list stand under `*`, or under the name that they have."""
    found: Paths = []
    for document in yaml.load_all(text, Loader=yaml.CSafeLoader):
        found += _walk(document, ())
    return found


def _walk(node: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _walk(value, (*path, str(key)))
    elif isinstance(node, list):
        for item in node:
            name = item.get("name", "*") if isinstance(item, dict) else "*"
            yield from _walk(item, (*path, str(name)))
    elif node is not None:
        yield path, str(node)
