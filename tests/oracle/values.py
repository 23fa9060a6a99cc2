"""Where do values land? The real Helm engine against our reading of the templates.

    python -m tests.oracle.values DIR...

Below each DIR every chart is taken. Each string of its `values.yaml` whose key looks like a host, a port, a URL or a
name is set to a token; Helm renders (with default values, and once more with bundled databases off) and the places
of the token are compared with those that we find. It needs helm-python-sdk; nothing but the engine is replaced.
"""

import base64
import binascii
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from analyzer.extract.helm.charts import Release, read_chart
from analyzer.extract.helm.data import Data, Kind, Map, Scalar, string
from analyzer.extract.helm.leaves import Leaf
from analyzer.extract.helm.ledger import Region
from analyzer.extract.helm.renders import Tour
from analyzer.extract.helm.scopes import Budget, ExhaustedError
from analyzer.extract.helm.trees import Setting, with_settings
from analyzer.model import Span
from analyzer.source import SourceFile
from tests.oracle.rendered import complete, helm, helm_refusals

STEPS = 3_000_000
MOST_LEAVES = 40
WANTED = re.compile(
    r"(?i)(?:host|hostname|url|uri|port|name|user|username|server|address|addr|endpoint|dsn|database|db|connection|target)s?$"
)
BUNDLED = ("postgresql", "mysql", "mariadb", "mongodb", "redis", "postgres", "cassandra", "elasticsearch", "rabbitmq")
ENVIRONMENTS = {("env", "*"), ("envs", "*"), ("extraEnv", "*")}
SUFFIXES = (".yaml", ".yml", ".tpl", ".txt")


@dataclass(frozen=True)
class Place:
    """Where a value stands in a manifest: the name of an environment variable, or a kind and the keys."""

    kind: str
    path: str

    @property
    def env(self) -> bool:
        return self.kind == "env"


@dataclass
class Score:
    """Pairs of a value and a place that Helm writes, by what we said about them."""

    charts: int = 0
    leaves: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    env: Counter[bool] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        self.charts += other.charts
        self.leaves += other.leaves
        self.counts += other.counts
        self.env += other.env
        self.seconds += other.seconds
        self.missed += other.missed

    def lines(self) -> Iterator[str]:
        total, env = sum(self.counts.values()), sum(self.env.values())
        yield f"charts {self.charts}, values with a rendered place {self.leaves}, pairs {total}"
        yield from (f"{name}: {count} ({100 * count / total:.1f} %)" for name, count in self.counts.most_common())
        if env:
            yield f"env sinks found: {self.env[True]}/{env} ({100 * self.env[True] / env:.1f} %)"
        spent = sorted(self.seconds) or [0.0]
        mean, most = sum(spent) / len(spent), spent[-1]
        yield f"seconds a chart: mean {mean:.3f}, p95 {spent[len(spent) * 95 // 100]:.3f}, most {most:.3f}"


def places_of(text: str) -> Iterator[tuple[Place, str]]:
    """The scalars of rendered manifests with their places; those of a broken document are left out."""
    for part in re.split(r"^---\s*$", text, flags=re.MULTILINE):
        try:
            documents = list(yaml.load_all(part, Loader=yaml.CBaseLoader))
        except yaml.YAMLError:
            continue
        for root in documents:
            yield from _places(root, str(root.get("kind")) if isinstance(root, dict) else "?", ())


def _places(node: object, kind: str, path: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    variable = path[-2:] in ENVIRONMENTS and isinstance(node, dict) and isinstance(node.get("value"), str)
    if isinstance(node, dict):
        if variable and isinstance(node.get("name"), str):
            yield Place("env", node["name"]), node["value"]
        for key, below in node.items():
            if not (variable and key == "value"):
                yield from _places(below, kind, (*path, str(key)))
    elif isinstance(node, list):
        for item in node:
            yield from _places(item, kind, (*path, "*"))
    elif isinstance(node, str):
        yield Place(kind, ".".join(path)), node


def _decoded(text: str) -> str:
    """A Secret's value as Kubernetes reads it."""
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return text


def real_places(chart: object, path: tuple[str, ...], token: str, *, without: tuple[str, ...]) -> set[Place]:
    """Where Helm writes a token that is set at a path; nothing where it cannot render."""
    values: dict = {}
    for name in without:
        values[name] = {"enabled": False}
    _put(values, path, token)
    try:
        outputs = chart.render(values, name="release-name")
    except helm_refusals():
        return set()
    found = set()
    for output, text in outputs.items():
        if not output.endswith("NOTES.txt"):
            found.update(place for place, value in places_of(text) if token in _decoded(value))
    return found


def _put(values: dict, path: tuple[str, ...], value: object) -> None:
    for name in path[:-1]:
        below = values.get(name)
        values[name] = values = below if isinstance(below, dict) else {}
    values[path[-1]] = value


def our_places(release: Release, paths: list[tuple[str, ...]]) -> dict[tuple[str, ...], set[Place]]:
    """Where our reading writes the values at some paths, in any world."""
    tokens = {path: f"token{index}x.corp.internal" for index, path in enumerate(paths)}
    nowhere = SourceFile("values.yaml", b"")
    texts = {
        path: release.ledger.enter(Region(token, nowhere, lambda _i, _j: Span(0, 0), path))
        for path, token in tokens.items()
    }
    values = with_settings(release.defaults, (Setting(path, string(text)) for path, text in texts.items()))
    tour = Tour(release, Budget(STEPS))
    found: dict[tuple[str, ...], set[Place]] = {path: set() for path in paths}
    try:
        for rendered in tour.renders(values, tour.interest(values, [Leaf(path, text) for path, text in texts.items()])):
            if rendered.notes:
                continue
            for place, value in places_of(rendered.text.text):
                for path in _standing(_decoded(value), tokens):
                    found[path].add(place)
    except ExhaustedError:
        print("  out of steps", file=sys.stderr)
    return found


def _standing(value: str, tokens: dict[tuple[str, ...], str]) -> Iterator[tuple[str, ...]]:
    if "token" in value.lower():
        yield from (path for path, token in tokens.items() if token in value or token.split(".")[0] in value.lower())


def paths_of(tree: Data, keys: re.Pattern[str], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of the strings whose key is wanted; list items are left out, `--set` cannot reach single ones."""
    if not isinstance(tree, Map) or len(path) > 12:
        return
    for name, value in tree.items.items():
        if isinstance(value, Scalar) and _wanted(name, value, keys):
            yield (*path, name)
        yield from paths_of(value, keys, (*path, name))


def _wanted(name: str, value: Scalar, keys: re.Pattern[str]) -> bool:
    """A string or number under a telling key; a template is no leaf, others reach the manifests through it."""
    return value.kind in {Kind.STRING, Kind.NUMBER} and "{{" not in value.text.text and bool(keys.search(name))


def score_of(folder: Path, keys: re.Pattern[str] = WANTED) -> Score:
    """One chart; only values whose key looks like `keys` are tried."""
    score = Score()
    files = [SourceFile(str(p.relative_to(folder)), p.read_bytes()) for p in sorted(folder.rglob("*")) if _read(p)]
    started = time.process_time()
    release = read_chart("", files)
    paths = list(paths_of(release.defaults, keys))[:MOST_LEAVES]
    ours = our_places(release, paths)
    score.seconds.append(time.process_time() - started)
    bundled = tuple(name for name in BUNDLED if isinstance(release.defaults, Map) and name in release.defaults.items)
    with helm().load(folder) as chart:
        for index, path in enumerate(paths):
            token = f"token{index}x.corp.internal"
            real = real_places(chart, path, token, without=())
            if bundled and path[0] not in bundled:
                real |= real_places(chart, path, token, without=bundled)
            score.leaves += bool(real)
            _compare(score, f"{folder.name}: {'.'.join(path)}", real, ours[path])
    score.charts += bool(score.leaves)
    return score


def _compare(score: Score, what: str, real: set[Place], ours: set[Place]) -> None:
    for place in sorted(real, key=str):
        if place in ours:
            name = "exact"
        elif any(place.kind == other.kind for other in ours):
            name = "same kind, other path"
        else:
            name = "missed"
        score.counts[name] += 1
        if place.env:
            score.env[place in ours] += 1
        if place not in ours:
            score.missed.append(f"{name}: {what} -> {place.kind} {place.path}")


def _read(path: Path) -> bool:
    return path.is_file() and path.suffix in SUFFIXES


def charts_below(folder: Path) -> list[Path]:
    """The folders of the charts, outermost only."""
    found: list[Path] = []
    for path in sorted(folder.rglob("Chart.yaml"), key=lambda each: len(each.parts)):
        if not any(outer in path.parents for outer in found):
            found.append(path.parent)
    return sorted(found)


def main(folders: list[str]) -> None:
    total = Score()
    for name in folders:
        whole = Score()
        for folder in charts_below(Path(name)):
            with tempfile.TemporaryDirectory() as scratch:
                try:
                    score = score_of(complete(folder, Path(scratch)))
                    print(*(f"  {line}\n" for line in score.missed), sep="", end="", flush=True)
                    whole.add(score)
                except helm_refusals() as error:
                    print(f"  {folder.name}: {type(error).__name__}", file=sys.stderr)
        print(name, *whole.lines(), sep="\n  ")
        total.add(whole)
    print("all", *total.lines(), sep="\n  ")


if __name__ == "__main__":
    main(sys.argv[1:])
