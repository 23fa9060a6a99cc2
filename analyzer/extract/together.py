"""The table of bundles: files that mean something only together, such as a chart's templates and its values.

A bundle's extractor is asked twice: in the parent, by paths alone, which files belong together; in a worker, with
their bytes, what stands in them. It answers with references in any of its files.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from analyzer.model import Extraction
from analyzer.source import SourceFile


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files to be read together: `kind` names the row, `root` their directory, `paths` are relative to the scan."""

    kind: str
    root: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One row: the module has `bundles(listed, candidates)` and `bundle_references(root, files)`."""

    name: str
    module: str

    def plan(self, listed: Sequence[str], candidates: Sequence[SourceFile]) -> list[Bundle]:
        """The bundles among the `listed` paths that can tell anything about the `candidates`; parses nothing."""
        found = import_module(f"analyzer.extract.{self.module}.bundles").bundles(listed, candidates)
        return [Bundle(self.name, each.root, tuple(each.paths)) for each in found]

    def extract(self, root: str, files: Sequence[SourceFile]) -> tuple[Extraction, ...]:
        """An extraction for each of the files, in their order."""
        found = import_module(f"analyzer.extract.{self.module}").bundle_references(root, tuple(files))
        return tuple(found.get(file.path, Extraction()) for file in files)


KINDS: tuple[Kind, ...] = (Kind("helm", "helm"),)


def kind_named(name: str) -> Kind | None:
    """The row with this name."""
    return next((row for row in KINDS if row.name == name), None)
