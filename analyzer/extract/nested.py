"""Text inside a value: the files that a ConfigMap, a Secret or an ExternalSecret carries.

A value with the name of a file is read by the extractor of that format, one without is looked at first.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib import import_module

from analyzer.extract import Extract, format_of, text
from analyzer.extract.infrastructure import signature
from analyzer.extract.moved import moved
from analyzer.extract.yaml.scalars import Reading
from analyzer.extract.yaml.templates import covered
from analyzer.hosts import HOLE
from analyzer.model import Clue, Evidence, Extraction, HostRef, Slot
from analyzer.source import SourceFile

_READ = frozenset({"yaml", "dotenv", "shell", "python"})
_ALSO = (
    (("*.json",), "yaml"),
    (("*.properties", "*.ini", "*.conf", "*.cfg", "*.cnf", "*.toml"), "properties"),
)
_ASSIGNMENT = re.compile(r"(?:export[ \t]{1,8})?[A-Za-z_][A-Za-z0-9_.]{0,127}=")
_YAML_START = re.compile(r"(?:---|[\[{](?!\{)|\"?[A-Za-z_][\w.-]{0,127}\"?:(?:[ \t\r\n]|\Z))")
_SECTION = re.compile(r"\[[^\]\r\n,]{1,128}\][ \t]*(?:\r?\n|\Z)")
_ADDRESS = re.compile(r"(?<![\w.\-])\d{1,3}(?:\.\d{1,3}){3}(?![\w\-]|\.\d)")


@dataclass(frozen=True, slots=True)
class Inner:
    """A text inside a value, under the key or file name `name`; `evidence` tells the place outside."""

    name: str
    reading: Reading
    evidence: tuple[Evidence, ...] = ()
    sealed: str = ""


@lru_cache(maxsize=4096)
def filelike(name: str) -> bool:
    """Whether a key is the name of a file that is read here."""
    return _by_name(name, "") is not None


def nested_references(inner: Inner, read_yaml: Extract) -> Extraction:
    """What stands in a text inside a value; spans are those outside, problems have neither path nor line.

    `read_yaml` reads YAML that stands one level deeper.
    """
    named = _by_name(inner.name, inner.reading.text)
    module = named or _by_look(inner.reading.text)
    if module != "yaml":
        inner = replace(inner, reading=replace(inner.reading, text=covered(inner.reading.text)))
    found = _read(SourceFile(inner.name, inner.reading.encoded), module, read_yaml)
    nature = found.nature or signature(inner.name, inner.reading.text)
    evidence = (*inner.evidence, nature) if nature else inner.evidence
    refs = [moved(ref, inner.reading, evidence, sealed=inner.sealed) for ref in found.refs]
    if nature and nature.clue is Clue.INFRASTRUCTURE:
        refs += addresses(replace(inner, evidence=evidence), known={ref.slot for ref in refs})
    # A wrong guess at the format is nobody's fault, and a template is no program yet.
    template = inner.reading.text != covered(inner.reading.text) or HOLE in inner.reading.text
    problems = [replace(p, path="", line=None, incomplete=p.incomplete and not template) for p in found.problems]
    return Extraction(tuple(refs), tuple(problems) if named else ())


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


def _read(source: SourceFile, module: str | None, read_yaml: Extract) -> Extraction:
    if module == "yaml":
        return read_yaml(source)
    extract: Extract = import_module(f"analyzer.extract.{module or 'text'}").extract
    return extract(source)


def _by_name(name: str, content: str) -> str | None:
    last = name.rsplit("/", 1)[-1]
    row = format_of(last, content[:200].encode("utf-8", "surrogateescape"))
    if row.module in _READ:
        return row.module
    return next((module for globs, module in _ALSO if any(fnmatchcase(last.lower(), glob) for glob in globs)), None)


def _by_look(content: str) -> str | None:
    """The format that the first line with text looks like."""
    lines = (line.strip() for line in content[:4000].split("\n"))
    first = next((line for line in lines if line and not line.startswith(("#", ";", "//"))), "")
    if _ASSIGNMENT.match(first):
        return "dotenv"
    if _SECTION.match(first):
        return "properties"
    return "yaml" if _YAML_START.match(first) else None
