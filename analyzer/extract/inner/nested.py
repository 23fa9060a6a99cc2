"""Text inside a value: the files that a ConfigMap, a Secret or an ExternalSecret carries.

A value with the name of a file is read by the extractor of that format, one without is looked at first.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from analyzer.extract import format_of, text
from analyzer.extract.inner.levels import Deeper
from analyzer.extract.inner.moved import moved, moved_opaque, moved_region, moved_roster
from analyzer.extract.nature.infrastructure import signature
from analyzer.hosts import HOLE
from analyzer.model import Clue, Evidence, Extraction, HostRef, Region, Roster, Slot
from analyzer.source import SourceFile
from analyzer.templates.cover import covered

if TYPE_CHECKING:
    # At run time the YAML reader imports this module.
    from analyzer.extract.yaml.scalars import Reading

_READ = frozenset(
    {
        "yaml",
        "json",
        "toml",
        "hocon",
        "dotenv",
        "shell",
        "powershell",
        "perl",
        "python",
        "notebook",
        "properties",
        "conf",
        "pgpass",
        "tnsnames",
        "crontab",
        "systemd",
        "xml",
        "hcl",
        "dockerfile",
    }
)
_ALSO = ()
_COVERING = frozenset({"yaml", "json", "toml", "hocon"})  # readers that cover actions in their own way
_TOLD = frozenset({"conf"})  # readers that tell the nature of a text themselves, part by part
_ASSIGNMENT = re.compile(r"(?:export[ \t]{1,8})?[A-Za-z_][A-Za-z0-9_.]{0,127}=")
_YAML_START = re.compile(r"(?:---|\[|\{(?!\{)|\"?[A-Za-z_][\w.-]{0,127}\"?:(?:[ \t\r\n]|\Z))")
_JSON_START = re.compile(r"\s{0,200}(?:\{\s{0,200}[\"}]|\[\s{0,200}[{\"])")
_XML_START = re.compile(r"\s{0,200}<(?:\?xml|!--|[A-Za-z][\w:.\-]{0,80}[\s/>])")
_BLOCK = re.compile(r"[\w.\-\"]{1,120}[ \t]{0,8}[:=]?[ \t]{0,8}\{|include[ \t]{1,8}[\"\w(.)]{1,200}")
_SECTION = re.compile(r"\[[^\]\r\n,]{1,128}\][ \t]*(?:\r?\n|\Z)")
_ADDRESS = re.compile(r"(?<![\w.\-])\d{1,3}(?:\.\d{1,3}){3}(?![\w\-]|\.\d)")


@dataclass(frozen=True, slots=True)
class Inner:
    """A text inside a value, under the key or file name `name`; `evidence` tells the place outside."""

    name: str
    reading: "Reading"
    evidence: tuple[Evidence, ...] = ()
    sealed: str = ""


@lru_cache(maxsize=4096)
def filelike(name: str) -> bool:
    """Whether a key is the name of a file that is read here."""
    return _by_name(name, "") is not None


def nested_references(inner: Inner, read_inner: Deeper) -> Extraction:
    """What stands in a text inside a value; spans are those outside, problems have neither path nor line.

    `read_inner` reads a text that stands one level deeper, by the name of its extractor.
    """
    found = [_one_reading(replace(inner, reading=one), read_inner) for one in _readings(inner)]
    refs = tuple(dict.fromkeys(ref for each in found for ref in each.refs))
    return replace(
        found[0],
        refs=refs,
        regions=tuple(dict.fromkeys(r for each in found for r in each.regions)),
        rosters=tuple(dict.fromkeys(_as_read(roster, found) for each in found for roster in each.rosters)),
    )


def _as_read(roster: Roster, ways: Sequence[Extraction]) -> Roster:
    """A roster of one of several ways through a template is not known to be whole."""
    return roster if len(ways) == 1 else replace(roster, whole=False)


def _readings(inner: Inner) -> "Iterator[Reading]":
    """The readings of a text, never none; YAML reads the branches of its templates itself."""
    from analyzer.extract.yaml.printedways import conditional, printed_ways  # noqa: PLC0415  the YAML reader imports this module

    for one in (inner.reading, *inner.reading.others):
        if conditional(one.text) and (_by_name(inner.name, one.text) or by_look(one.text)) != "yaml":
            yield from printed_ways(one)
        else:
            yield one


def _one_reading(inner: Inner, read_inner: Deeper) -> Extraction:
    named = _by_name(inner.name, inner.reading.text)
    module = named or by_look(inner.reading.text)
    if module not in _COVERING:
        inner = replace(inner, reading=replace(inner.reading, text=covered(inner.reading.text)))
    found = read_inner(SourceFile(inner.name, inner.reading.encoded), module or "text")
    nature = found.nature or (signature(inner.name, inner.reading.text) if module not in _TOLD else None)
    evidence = (*inner.evidence, nature) if nature else inner.evidence
    refs = [moved(ref, inner.reading, evidence, sealed=inner.sealed) for ref in found.refs]
    if nature and nature.clue is Clue.INFRASTRUCTURE:
        refs += addresses(replace(inner, evidence=evidence), known={ref.slot for ref in refs})
    # A wrong guess at the format is nobody's fault, and a template is no program yet.
    template = inner.reading.text != covered(inner.reading.text) or HOLE in inner.reading.text
    problems = [replace(p, path="", line=None, incomplete=p.incomplete and not template) for p in found.problems]
    regions = [moved_region(region, inner.reading) for region in found.regions]
    if nature and inner.reading.container is None:
        regions.append(Region(inner.reading.whole.span, nature))
    hidden = () if nature else tuple(moved_opaque(opaque, inner.reading) for opaque in found.opaque)
    return Extraction(
        tuple(refs),
        tuple(problems) if named else (),
        opaque=hidden,
        regions=tuple(filter(None, regions)),
        rosters=tuple(moved_roster(roster, inner.reading, whole=not template) for roster in found.rosters),
    )


def addresses(inner: Inner, known: Collection[Slot] = ()) -> Iterator[HostRef]:
    """The IPv4 addresses of an infrastructure text, so that they count as such and not as unclear text."""
    for found in _ADDRESS.finditer(inner.reading.text):
        slot = inner.reading.locate(found.start(), found.end())
        if slot is not None and slot not in known:
            yield HostRef(found.group(), slot, inner.evidence, f"…«{found.group()}»…")


def searched(inner: Inner) -> Iterator[HostRef]:
    """What a search finds in a text whose format is not known or not kept to."""
    found = text.extract(SourceFile("", inner.reading.encoded))
    yield from (moved(ref, inner.reading, inner.evidence, sealed=inner.sealed) for ref in found.refs)


def _by_name(name: str, content: str) -> str | None:
    last = name.rsplit("/", 1)[-1]
    row = format_of(last, content[:200].encode("utf-8", "surrogateescape"))
    return row.module if row.module in _READ else None


def by_look(content: str) -> str | None:
    """The format that the first line with text looks like."""
    if _JSON_START.match(content):
        return "json"
    if _XML_START.match(content):
        return "xml"
    lines = (line.strip() for line in content[:4000].split("\n"))
    first = next((line for line in lines if line and not line.startswith(("#", ";", "//"))), "")
    if _ASSIGNMENT.match(first):
        return "dotenv"
    if _SECTION.match(first) or first.startswith("[["):
        return "conf"
    if _YAML_START.match(first):
        return "yaml"
    return "conf" if _BLOCK.fullmatch(first) else None
