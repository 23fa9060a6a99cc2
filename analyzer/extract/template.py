"""Template files by what they become: `app.env.j2` is dotenv, `x.yaml.gotmpl` YAML, `haproxy.cfg.j2` a proxy's file.

YAML is read with its actions covered, any other format as text, one way through the branches at a time. A name that
tells nothing leaves it to the look of the text. It knows no policy and edits nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analyzer.extract import TEXT, format_of, yaml
from analyzer.extract.gathering.merging import merged
from analyzer.extract.inner.levels import FIRST
from analyzer.extract.inner.moved import moved, moved_comment, moved_opaque, moved_region, moved_roster
from analyzer.extract.inner.nested import by_look
from analyzer.extract.inner.templatetexts import reading_of
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.yaml.comments import template_comments
from analyzer.extract.yaml.scalars import Reading
from analyzer.model import Comment, Extraction, Problem
from analyzer.source import SourceFile
from analyzer.templates.blocks import Node, blocks_of, read_blocks
from analyzer.templates.cover import covered
from analyzer.templates.dialects import Dialect, dialect_of
from analyzer.templates.lexer import actions
from analyzer.templates.parts import whole
from analyzer.templates.views import texts_of

SUFFIXES = (".j2", ".jinja", ".jinja2", ".tpl", ".gotmpl", ".ctmpl", ".tmpl", ".tftpl", ".erb", ".epp", ".template")
_YAML = frozenset({"yaml", "json"})  # JSON with actions between its values is YAML rather
_MASKING = frozenset({"toml", "hocon"})  # readers that cover actions in their own way


@dataclass(frozen=True)
class _Template:
    """A template file: its path without the suffix, and the texts of its ways."""

    source: SourceFile
    path: str
    dialect: Dialect

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        return read_blocks(list(actions(self.source.data, self.dialect)), len(self.source.data))

    def readings(self) -> Iterator[Reading]:
        data = self.source.data
        for text in texts_of(data, whole(self.nodes, self.source.bom, len(data))):
            reading = reading_of(text, data)
            yield from (reading, *reading.others)


def extract(source: SourceFile) -> Extraction:
    """Hosts of a template file, those in each of its branches."""
    template = _Template(source, _bare(source.path), dialect_of(source.data, source.path))
    module = _module(template)
    if module in _YAML:
        found = yaml.extract_template(SourceFile(template.path, source.data), template.dialect)
        return replace(found, problems=tuple(replace(problem, path=source.path) for problem in found.problems))
    ways = [_read(reading, module, template) for reading in template.readings()]
    natures = [found.nature for found in ways]
    return Extraction(
        refs=tuple(merged(ref for found in ways for ref in found.refs)),
        problems=tuple(dict.fromkeys(problem for found in ways for problem in found.problems)),
        comments=tuple(dict.fromkeys(_comments(template, ways))),
        nature=signature(template.path, source.text) or (natures[0] if natures and all(natures) else None),
        opaque=tuple(dict.fromkeys(opaque for found in ways for opaque in found.opaque)),
        regions=tuple(dict.fromkeys(region for found in ways for region in found.regions)),
        rosters=tuple(dict.fromkeys(roster for found in ways for roster in found.rosters)),
    )


def _comments(template: _Template, ways: Sequence[Extraction]) -> Iterator[Comment]:
    """The template's own comments, and those of the format that it renders."""
    yield from template_comments(template.source.data, list(actions(template.source.data, template.dialect)))
    yield from (comment for found in ways for comment in found.comments)


def _bare(path: str) -> str:
    """The path without the suffixes of template languages."""
    while suffix := next((s for s in SUFFIXES if path.lower().endswith(s)), ""):
        path = path[: -len(suffix)]
    return path


def _module(template: _Template) -> str:
    row = format_of(template.path, template.source.data[:200])
    if row is not TEXT and row.module != "template":
        return row.module
    if any(block.definition for block in blocks_of(template.nodes)):
        return "yaml"
    first = next(template.readings(), None)
    return (by_look(covered(first.text)) if first else None) or "text"


def _read(reading: Reading, module: str, template: _Template) -> Extraction:
    """One way as a file of its format, with the places of the template."""
    if module not in _MASKING:
        reading = replace(reading, text=covered(reading.text))
    found = FIRST(SourceFile(template.path, reading.encoded), module)
    return Extraction(
        refs=tuple(moved(ref, reading, ()) for ref in found.refs),
        problems=tuple(_problem(problem, reading, template.source) for problem in found.problems),
        comments=tuple(moved_comment(comment, reading) for comment in found.comments),
        nature=found.nature,
        opaque=tuple(moved_opaque(opaque, reading) for opaque in found.opaque),
        regions=tuple(region for each in found.regions if (region := moved_region(each, reading))),
        rosters=tuple(moved_roster(roster, reading, whole=False) for roster in found.rosters),
    )


def _problem(problem: Problem, reading: Reading, source: SourceFile) -> Problem:
    """A fault of one way is none of the file's: a template is no program yet."""
    line = None
    if problem.line is not None:
        at = sum(len(row) + 1 for row in reading.text.split("\n", problem.line - 1)[: problem.line - 1])
        line = source.position(reading.around(at, at + 1).span.start).line if at < len(reading.text) else None
    return replace(problem, path=source.path, line=line, incomplete=False)
