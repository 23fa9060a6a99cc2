"""The table of bundles: files that mean something only together, such as a chart's templates and its values.

A kind of bundle is asked twice: in the parent, by paths and by words in the bytes, which files belong together; where
they are read, what stands in them. The answer has references in any of the files.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from analyzer.model import Extraction
from analyzer.source import SourceFile


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files to be read together: `kind` names the row, `root` what they have in common; `paths` are of the scan."""

    kind: str
    root: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One row: `plans` is a module with `bundles(listed, candidates, quiet)`, `reads` one with `bundle_references`.

    A worker reads the bundle; without `reads`, Semgrep does, which runs once for a whole scan. There is none without a
    file of the name `mark`, so that other runs do not pay for the module.
    """

    name: str
    plans: str
    reads: str = ""
    mark: str = ""

    def plan(
        self, listed: Sequence[str], candidates: Sequence[SourceFile], quiet: Sequence[SourceFile]
    ) -> list[Bundle]:
        """The bundles among the `listed` paths that can tell anything about the `candidates`; parses nothing.

        `quiet` are files of code that hold nothing by themselves.
        """
        if self.mark and not any(path.endswith(self.mark) for path in listed):
            return []
        found = import_module(f"analyzer.extract.{self.plans}").bundles(listed, candidates, quiet)
        return [Bundle(self.name, each.root, tuple(each.paths)) for each in found]

    def extract(self, root: str, files: Sequence[SourceFile]) -> tuple[Extraction, ...]:
        """An extraction for each of the files, in their order."""
        found = import_module(f"analyzer.extract.{self.reads}").bundle_references(root, tuple(files))
        return tuple(found.get(file.path, Extraction()) for file in files)


KINDS: tuple[Kind, ...] = (
    Kind("helm", "helm.bundles", "helm", mark="Chart.yaml"),
    Kind("Python modules", "linking.python", "python"),
    Kind("modules", "linking.engine"),
)


def kind_named(name: str) -> Kind | None:
    """The row with this name."""
    return next((row for row in KINDS if row.name == name), None)
