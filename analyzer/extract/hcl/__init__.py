"""Reads HCL (Terraform, OpenTofu, Terragrunt, Nomad, Packer, Vault, Consul): configuration and the texts inside it.

The tree is read by a parser that never gives up, so that a file in the middle of an edit still tells what stands in it.
Expressions are not evaluated; constants of the same file are followed.
"""

from collections.abc import Iterator

from analyzer.extract.gathering.merging import merged
from analyzer.extract.gathering.sharedports import agreed
from analyzer.extract.gathering.signed import ANY, signed_directives
from analyzer.extract.hcl.nodes import Attribute, Block, Body, Node
from analyzer.extract.hcl.parser import Parsed, parse
from analyzer.extract.hcl.scopes import Reader
from analyzer.extract.hcl.values import Values
from analyzer.extract.inner.levels import deeper
from analyzer.model import Comment, Extraction, Problem, Span
from analyzer.source import SourceFile

STAGE = "parse"


def extract(source: SourceFile) -> Extraction:
    """Hosts and connection strings in HCL, comments with directives, and the regions that are no connections."""
    return extract_at(source, 0)


def extract_at(source: SourceFile, depth: int) -> Extraction:
    """The same of a text that stands inside `depth` others."""
    parsed = parse(source.text)
    reader = Reader(source, Values(source.text, dict(_constants(parsed.body))), deeper(depth))
    reader.file(parsed.body)
    return Extraction(
        refs=tuple(merged(agreed(reader.refs))),
        problems=tuple(_problems(source, parsed, overrun=reader.overrun)),
        comments=tuple(_directives(source, parsed)),
        opaque=tuple(reader.opaque),
        regions=tuple(reader.regions),
        unbroken=tuple(_documents(source, parsed, 1)),
        rosters=tuple(dict.fromkeys(reader.rosters)),
    )


def _problems(source: SourceFile, parsed: Parsed, *, overrun: bool) -> Iterator[Problem]:
    """What was guessed, and what was left out: that makes the scan incomplete."""
    if parsed.faults:
        told = "quotes or braces do not fit: what follows was guessed"
        yield Problem(source.path, STAGE, told, _line(source, min(parsed.faults)), incomplete=False)
    if parsed.deep:
        yield Problem(source.path, STAGE, "nested too deeply: a part was not read", _line(source, min(parsed.deep)))
    if overrun:
        yield Problem(source.path, STAGE, "too many expressions to follow them all")


def _line(source: SourceFile, at: int) -> int:
    return source.position(source.span(at, at).start).line


def _constants(body: Body) -> Iterator[tuple[str, Node]]:
    """What `local.x` and `var.x` stand for as far as this file tells."""
    for block in body.items:
        if not isinstance(block, Block):
            continue
        for item in block.body.items:
            if not isinstance(item, Attribute):
                continue
            if block.type == "locals":
                yield f"local.{item.key}", item.value
            elif block.type == "variable" and block.labels and item.key == "default":
                yield f"var.{block.labels[0]}", item.value
            elif block.type == "local" and block.labels and item.key == "expression":
                yield f"local.{block.labels[0]}", item.value


def _documents(source: SourceFile, parsed: Parsed, before: int = 0) -> Iterator[Span]:
    """The here-documents of a file that holds directives, with some characters before each."""
    if "analyzer:" in source.text:
        yield from (source.span(start - before, end) for start, end in parsed.heredocs)


def _directives(source: SourceFile, parsed: Parsed) -> Iterator[Comment]:
    yield from signed_directives(source.data, _documents(source, parsed), ANY)
    for start, end in parsed.comments:
        text = source.text[start:end].rstrip("\r")
        if "analyzer:" in text:
            line = source.text.rfind("\n", 0, start) + 1
            own = not source.text[line:start].strip()
            yield Comment(source.span(start, start + len(text)), text, own_line=own)
