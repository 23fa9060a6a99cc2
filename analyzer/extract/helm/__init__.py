"""Helm charts: where a value of `values.yaml` lands once the templates are rendered.

A value's key often says nothing (`backend.target`), its place says all (`env DB_HOST of Deployment api`). The templates
are rendered with the chart's values, every character knowing its origin; what the extractors of Kubernetes objects find
in the result is moved to the values that hold it. Bytes in, references out: no file, no process, no policy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analyzer.extract.helm.charts import read_chart
from analyzer.extract.helm.feeding import gathered
from analyzer.extract.helm.hostlike import followed
from analyzer.extract.helm.leaves import Leaf
from analyzer.extract.helm.ledger import Region
from analyzer.extract.helm.notes import Written, mentions
from analyzer.extract.helm.overlays import Overlay, overlays
from analyzer.extract.helm.renders import Tour
from analyzer.extract.helm.scopes import Budget, ExhaustedError
from analyzer.extract.helm.sinks import Sink, SinkReader
from analyzer.model import Extraction, Problem
from analyzer.source import SourceFile

STEPS = 600_000  # of the templates of one chart, all its values together; some five seconds
_UNFINISHED = "the chart is too large to follow all its values; the others were read by the names of their keys"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with all that belongs to it; paths are POSIX and relative to the root of the scan.

    `root` is the folder of Chart.yaml ("" for the root of the scan). `files` are Chart.yaml, the templates, the values,
    sets of values for it, its subcharts, and manifests that install it.
    """

    root: str
    files: tuple[SourceFile, ...]


def bundle_references(root: str, files: Sequence[SourceFile]) -> dict[str, Extraction]:
    """The references in the values that a bundle of `bundles` holds, by their files' paths."""
    return chart_references(Chart(root, tuple(files)))


def chart_references(chart: Chart) -> dict[str, Extraction]:
    """By the path of a values file, overlay or manifest: the references whose bytes lie in that file."""
    release = read_chart(chart.root, chart.files)
    budget = Budget(STEPS)
    walk = _Walk(Tour(release, budget), Written(release.ledger), SinkReader(release.ledger, budget))
    try:
        for overlay in overlays(chart.root, chart.files, release):
            walk.follow(overlay)
    except ExhaustedError:
        walk.finished = False
    return walk.extractions(chart)


@dataclass
class _Walk:
    """What was found on the way through a chart with all its sets of values."""

    tour: Tour
    written: Written
    reader: SinkReader
    found: list[Sink] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    finished: bool = True

    def follow(self, overlay: Overlay) -> None:
        """Render with one set of values. Raises ExhaustedError."""
        leaves = followed(overlay.leaves)
        if not leaves:
            return
        self.leaves += leaves
        known = {sink.place for sink in self.found} if overlay.apart else set()
        interest = self.tour.interest(overlay.values, leaves)
        for rendered in self.tour.renders(overlay.values, interest):
            self.written.note(rendered, interest)
            if not rendered.notes:
                self.found += (sink for sink in self.reader.sinks(rendered, interest) if sink.place not in known)

    def extractions(self, chart: Chart) -> dict[str, Extraction]:
        """The references by file."""
        by_path = gathered(self.found, lambda region: region not in self.reader.silent and self._complete(region))
        for region in dict.fromkeys(self.written.only_noted(self.leaves)):
            if self._complete(region):
                by_path.setdefault(region.source.path, []).extend(mentions(region))
        found = {path: Extraction(tuple(refs)) for path, refs in by_path.items()}
        return found if self.finished else {**found, **_unfinished(chart, found)}

    def _complete(self, region: Region) -> bool:
        """Whether all was seen that a value feeds."""
        missing, keys = self.tour.release.missing, region.keys or ("",)
        elsewhere = keys[0] in missing or (keys[0] == "global" and missing)
        return self.finished and not self.tour.gaps and not elsewhere


def _unfinished(chart: Chart, found: dict[str, Extraction]) -> dict[str, Extraction]:
    """The chart's values file, or the first one that is told about, with the problem."""
    own = f"{chart.root}/values.yaml" if chart.root else "values.yaml"
    path = own if any(file.path == own for file in chart.files) else next(iter(found), own)
    told = Problem(path, "templates", _UNFINISHED, incomplete=False)
    return {path: replace(found.get(path, Extraction()), problems=(told,))}
