"""Made-up charts for tests: a file of values that a test marks, and the templates around it."""

from collections.abc import Callable, Mapping

from analyzer.extract.helm import Chart, chart_references
from analyzer.model import Extraction
from analyzer.source import SourceFile

Extract = Callable[[SourceFile], Extraction]
METADATA = "apiVersion: v2\nname: shop\nversion: 1.0.0\n"


def reading(templates: Mapping[str, str], *, root: str = "", **others: str) -> Extract:
    """An extractor of the one file that a test varies, in a chart with these templates and `others` by path."""
    folder = f"{root}/" if root else ""
    fixed = {f"{folder}Chart.yaml": METADATA}
    fixed |= {f"{folder}templates/{name}": text for name, text in templates.items()}
    fixed |= others

    def extract(source: SourceFile) -> Extraction:
        files = [SourceFile(path, text.encode()) for path, text in fixed.items() if path != source.path]
        found = chart_references(Chart(root, (*files, source)))
        return found.get(source.path, Extraction())

    return extract


def deployment(*lines: str, name: str = "api") -> str:
    """A Deployment whose container has these `NAME=template` variables."""
    pairs = (line.split("=", 1) for line in lines)
    env = "".join(f"            - name: {key}\n              value: {value}\n" for key, value in pairs)
    return (
        f"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec:\n  template:\n    spec:\n"
        f"      containers:\n        - name: {name}\n          env:\n{env}"
    )


def data(kind: str, *lines: str, key: str = "data") -> str:
    """A ConfigMap or Secret with these `NAME=template` entries."""
    pairs = (line.split("=", 1) for line in lines)
    entries = "".join(f"  {name}: {value}\n" for name, value in pairs)
    return f"apiVersion: v1\nkind: {kind}\nmetadata:\n  name: shop\n{key}:\n{entries}"
