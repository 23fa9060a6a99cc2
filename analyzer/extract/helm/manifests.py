"""Manifests that install a chart of the same repository with values of their own.

Argo CD: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/, Flux:
https://fluxcd.io/flux/components/helm/helmreleases/, helmfile: https://helmfile.readthedocs.io/. A chart is known by
its folder; one that a registry holds is none of these.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, normpath

from analyzer.extract.helm.characters import Characters
from analyzer.extract.helm.data import Map, string
from analyzer.extract.helm.leaves import Leaf, Values, roots_of, sealed, values_at
from analyzer.extract.helm.ledger import Ledger, Path
from analyzer.extract.helm.trees import Setting, with_settings
from analyzer.extract.yaml.places import child, child_text
from analyzer.model import Span
from analyzer.source import SourceFile
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

_MOST = 50  # installations in one file


@dataclass(frozen=True, slots=True)
class Install:
    """One installation of the chart: the files of values that it names, then the values that it holds itself."""

    files: tuple[str, ...]
    values: tuple[Values, ...]


def installs(source: SourceFile, root: str, ledger: Ledger) -> Iterator[Install]:
    """The installations of the chart in `root` that a manifest declares."""
    for document in roots_of(source.data)[:_MOST]:
        reader = _Reader(source, root, ledger, sealed(document))
        match child_text(document, "kind"):
            case "Application":
                yield from reader.argo(child(document, "spec"))
            case "ApplicationSet":
                template = child(child(document, "spec") or document, "template")
                yield from reader.argo(child(template, "spec") if template else None)
            case "HelmRelease":
                yield from reader.flux(child(document, "spec"))
            case _:
                for release in _items(child(document, "releases"))[:_MOST]:
                    yield from reader.helmfile(release)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the manifests of one file."""

    source: SourceFile
    root: str
    ledger: Ledger
    why: str

    def argo(self, spec: Node | None) -> Iterator[Install]:
        """`spec.source` or `spec.sources`: the chart's, and others that only hold values."""
        sources = [node for node in (child(spec, "source"), *_items(child(spec, "sources"))) if node] if spec else []
        for each in sources:
            if self._is_chart(child_text(each, "path"), relative=False):
                helm = child(each, "helm")
                if helm is not None:
                    # `$values/prod.yaml` lies in another source, most often the same repository.
                    files = (re.sub(r"\A\$[\w-]{1,64}/", "", text) for text in _texts(helm, "valueFiles"))
                    yield Install(tuple(files), tuple(self._argo_values(helm)))

    def _argo_values(self, helm: Node) -> Iterator[Values]:
        """Later ones win: `values`, `valuesObject`, `parameters`."""
        text, tree = child(helm, "values"), child(helm, "valuesObject")
        if isinstance(text, Scalar):
            yield from self._nested(text)
        if isinstance(tree, Mapping):
            yield self._tree(tree)
        yield self._parameters(_items(child(helm, "parameters")), "name", "value")

    def flux(self, spec: Node | None) -> Iterator[Install]:
        """`spec.chart.spec.chart` is a folder where the source is a Git repository."""
        chart = child(child(spec, "chart") or spec, "spec") if spec else None
        if spec is None or chart is None or not self._is_chart(child_text(chart, "chart"), relative=False):
            return
        tree = child(spec, "values")
        values = (self._tree(tree),) if isinstance(tree, Mapping) else ()
        yield Install((*_texts(chart, "valuesFiles"), *_texts(chart, "valuesFile")), values)

    def helmfile(self, release: Node) -> Iterator[Install]:
        """One of `releases`: files and maps in `values`, single values in `set`."""
        if not self._is_chart(child_text(release, "chart"), relative=True):
            return
        listed = _items(child(release, "values"))
        files = tuple(node.value for node in listed if isinstance(node, Scalar))
        trees = tuple(self._tree(node) for node in listed if isinstance(node, Mapping))
        yield Install(files, (*trees, self._parameters(_items(child(release, "set")), "name", "value")))

    def _is_chart(self, text: str, *, relative: bool) -> bool:
        """Whether a path leads to the chart; `relative` to the manifest, else to the root of its repository."""
        if not text or "://" in text or text.startswith("/"):
            return False
        base = dirname(self.source.path) if relative else ""
        path = normpath(f"{base}/{text}" if base else text)
        if relative and path == normpath(self.root or "."):
            return True
        # The scan may start above the repository, or inside of it.
        bare = normpath(text)
        return bare != "." and not bare.startswith("..") and f"/{self.root}".endswith(f"/{bare}")

    def _tree(self, node: Mapping) -> Values:
        return values_at(node, self.source, (), self.ledger, why=self.why)

    def _nested(self, text: Scalar) -> Iterator[Values]:
        """Values as a text: YAML in a scalar of the manifest."""
        offsets = text.offsets
        if offsets is None:
            return
        inner = Characters(text.value)

        def outer(start: int, end: int) -> Span:
            return offsets.span(inner.at(start), inner.at(end))

        for root in roots_of(inner.data)[:1]:
            yield values_at(root, self.source, (), self.ledger, why=self.why, outer=outer)

    def _parameters(self, items: list[Node], name: str, value: str) -> Values:
        """Values by dotted names, as `--set` takes them."""
        settings, leaves = [], []
        for item in items:
            path, node = path_of_name(child_text(item, name)), child(item, value)
            if path and isinstance(node, Scalar):
                found = values_at(node, self.source, path, self.ledger, why=self.why)
                leaves += [Leaf(path, leaf.text) for leaf in found.leaves]
                settings += [Setting(path, string(leaf.text)) for leaf in found.leaves]
        return Values(with_settings(Map(), settings), tuple(leaves))


def path_of_name(name: str) -> Path:
    """The keys in `a.b[0].c`; a dot behind a backslash belongs to its key. Empty where it is no such name."""
    if not name or len(name) > 500:
        return ()
    keys = name.replace("\\.", "\0").replace("[", ".").replace("]", "").split(".")
    return tuple(key.replace("\0", ".") for key in keys) if all(keys) else ()


def _items(node: Node | None) -> list[Node]:
    return list(node.items) if isinstance(node, Sequence) else []


def _texts(node: Node, key: str) -> list[str]:
    """The texts under a key: one, or a list of them."""
    found = child(node, key)
    return [
        item.value for item in ([found] if isinstance(found, Scalar) else _items(found)) if isinstance(item, Scalar)
    ]
