"""TOML files: tables are nested scopes of keys, as in YAML.

Lock files hold nothing; configuration of proxies and of monitoring is infrastructure. What cannot be parsed is reported
with its line and searched as text. It knows no policy and edits nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.gathering.assembled import assembled
from analyzer.extract.inner.filenames import speaking
from analyzer.extract.inner.levels import deeper
from analyzer.extract.inner.nested import Inner, searched
from analyzer.extract.inner.specials import special_of
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.spelling.dotted import TooDeepError
from analyzer.extract.spelling.masking import masked
from analyzer.extract.toml.modern import flattened
from analyzer.extract.toml.natures import inside, is_lock, nature_of
from analyzer.extract.toml.tree import Tree, read_tree
from analyzer.extract.yaml.hidden import hidden_values
from analyzer.extract.yaml.places import Document, Found, Place
from analyzer.extract.yaml.scalars import read_span
from analyzer.extract.yaml.scopes import references_in
from analyzer.model import Extraction, Problem, Span
from analyzer.source import SourceFile
from analyzer.templates.dialects import templated

BROKEN = "the line is no valid TOML"
# Which keys of which file hold shell text, alone, in lists or under names.
_SCRIPTED: dict[str, frozenset[tuple[str, ...]]] = {
    "pyproject.toml": frozenset(
        {("tool", "poe", "tasks"), ("tool", "taskipy", "tasks"), ("tool", "pdm", "scripts"), ("tool", "rye", "scripts")}
    ),
    "Pipfile": frozenset({("scripts",)}),
    "fly.toml": frozenset({("deploy", "release_command"), ("processes",)}),
}
# `port = ${PORT}`: placeholders of other languages where a value stands.
_PLACEHOLDER = re.compile(rb"\$\{[^{}\r\n]{1,200}\}|@[A-Z_]{1,80}@|%[A-Z_]{1,80}%")


def extract(source: SourceFile) -> Extraction:
    """Hosts of a TOML file."""
    return extract_at(source, 0)


def extract_at(source: SourceFile, depth: int) -> Extraction:
    """The same of a text that stands inside `depth` others."""
    if is_lock(source.path):
        return Extraction()
    try:
        tree, template = _read(source.data)
    except TooDeepError:
        everything = Inner("", read_span(source.data, Span(source.bom, len(source.data))))
        told = Problem(source.path, "parse", "TOML nested too deeply to be read; searched as text")
        return Extraction(tuple(searched(everything)), (told,))
    document = Document(
        source,
        {},
        special=special_of(_SCRIPTED.get(_name(source), ())),
        inside=inside,
        read_inner=deeper(depth),
        separator=" = ",
    )
    found = [
        *references_in(tree.root, Place(document, speaking(source.path))),
        *hidden_values(tree.root),
        *_left(source, tree, template=template),
    ]
    return assembled(source, found, tree.comments, signature(source.path, source.text) or nature_of(tree.root))


def _name(source: SourceFile) -> str:
    return source.path.rsplit("/", 1)[-1]


def _read(data: bytes) -> tuple[Tree, bool]:
    """The file as it stands, or else with actions and placeholders covered and its inline tables in one line each."""
    plain = read_tree(data, data)
    if not plain.errors:
        return plain, False
    template = templated(data) or _PLACEHOLDER.search(data) is not None
    covered = read_tree(data, flattened(_covered(data) if template else data))
    return (covered, template) if len(covered.errors) < len(plain.errors) else (plain, templated(data))


def _covered(data: bytes) -> bytes:
    """As many bytes, with a number for each action or placeholder."""
    shadow = masked(data, b"1") if templated(data) else data
    return _PLACEHOLDER.sub(lambda found: b"1" * len(found[0]), shadow)


def _left(source: SourceFile, tree: Tree, *, template: bool) -> Iterator[Found]:
    """What was no TOML: one problem, and what a search of those lines finds."""
    for index, span in enumerate(tree.errors):
        start = source.data.rfind(b"\n", 0, span.start) + 1
        end = source.data.find(b"\n", span.end)
        lines = Span(max(start, source.bom), len(source.data) if end < 0 else end)
        if not index:
            line = source.position(span.start).line
            said = "no valid TOML: this cannot be read; searched as text"
            yield Problem(source.path, "parse", said, line, incomplete=not template)
        for ref in searched(Inner("", read_span(source.data, lines))):
            yield replace(ref, sealed=ref.sealed or BROKEN)
