"""Ansible inventories in INI form: hosts by group, variables of hosts and groups.

Names and addresses of servers are the inventory itself, which nothing may rewrite; a variable such as `app_db_host`
feeds an application like one in `group_vars`.
Format: https://docs.ansible.com/ansible/latest/collections/ansible/builtin/ini_inventory.html
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from analyzer.extract.keyed.bindings import Binding, Scope, Value, references
from analyzer.extract.nature.infrakeys import infrastructure_key, server_group, server_name
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.topology.texts import text_rosters
from analyzer.model import Clue, Comment, Evidence, Extraction, HostRef, Region, Slot
from analyzer.source import SourceFile

NATURE = Evidence(Clue.INFRASTRUCTURE, "Ansible inventory")
_LINE = re.compile(r"[^\r\n]+")
_SECTION = re.compile(r"\s{0,40}\[([^\]:\r\n]{1,128})(?::([a-z]{1,10}))?\]")
_ROW = re.compile(r"\s{0,40}([A-Za-z_][\w.\-]{0,127})\s{0,40}=\s{0,40}")
_PAIR = re.compile(r"(?<=\s)([A-Za-z_][\w.\-]{0,127})=(\"[^\"]{0,500}\"|'[^']{0,500}'|[^\s#]{1,500})")
_QUOTED = re.compile(r"([\"'])(.*)\1")


@dataclass
class _Scope:
    """The variables of one host or one group."""

    bindings: list[Binding] = field(default_factory=list)


def is_inventory(text: str) -> bool:
    """Whether a text is an inventory: sections of hosts with Ansible's variables, or of bare names and addresses."""
    return signature("", text) == NATURE


def extract(source: SourceFile) -> Extraction:
    """Hosts in the variables of an inventory; all of the file is one region of that nature."""
    refs = tuple(ref for scope in _scopes(source) for ref in references(scope.bindings, Scope()))
    return Extraction(
        refs=tuple(sorted(refs, key=_start)),
        comments=tuple(_comments(source)),
        regions=(Region(source.span(0, len(source.text)), NATURE),),
        rosters=text_rosters(source, NATURE),
    )


def _start(ref: HostRef) -> int:
    return ref.slot.span.start


def _scopes(source: SourceFile) -> Iterator[_Scope]:
    """The variables of hosts and groups; those of database servers and of the cluster's machinery are left out."""
    group, kind, own = "", "", _Scope()
    for line in _LINE.finditer(source.text):
        text = line.group()
        if not text.strip() or text.lstrip().startswith(("#", ";")):
            continue
        if header := _SECTION.match(text):
            yield own
            group, kind, own = header[1], header[2] or "", _Scope()
        elif kind == "vars":
            row = _ROW.match(text)
            if row and not server_group(group) and not _of_server(row[1]):
                own.bindings.append(_binding(source, row[1], line.start() + row.end(), line.end()))
        elif not kind and not server_group(group) and not server_name(text.split(None, 1)[0]):
            pairs = (found for found in _PAIR.finditer(text) if not _of_server(found[1]))
            yield _Scope([_binding(source, p[1], line.start() + p.start(2), line.start() + p.end(2)) for p in pairs])
    yield own


def _of_server(key: str) -> bool:
    return key.startswith("ansible_") or infrastructure_key(key) is not None


def _binding(source: SourceFile, key: str, start: int, end: int) -> Binding:
    text = source.text[start:end].rstrip()
    if quoted := _QUOTED.fullmatch(text):
        start, text = start + 1, quoted[2]
    return Binding(key, Value(text, partial(_located, source, start), source.slot(start, start + len(text))))


def _located(source: SourceFile, offset: int, start: int, end: int) -> Slot:
    return source.slot(offset + start, offset + end)


def _comments(source: SourceFile) -> Iterator[Comment]:
    for line in _LINE.finditer(source.text):
        text = line.group().lstrip()
        if text.startswith(("#", ";")) and "analyzer:" in text:
            yield Comment(source.span(line.end() - len(text), line.end()), text, own_line=True)
