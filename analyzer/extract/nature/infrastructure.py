"""Tells whether a whole file is infrastructure configuration or a document.

By content first; a path only supports what the content leaves open. Infrastructure files name nodes rightly and are
never written; a wrong yes hides a defect, so an application's file that merely mentions the words must not pass.
"""

import re
from collections.abc import Callable

from analyzer.extract.keyed.keys import engine_of, watches
from analyzer.extract.keyed.vocabulary import WATCHED
from analyzer.extract.keyed.words import words
from analyzer.extract.nature.kinds import KINDS
from analyzer.extract.nature.signatures import KIND, KUBERNETES, SIGNATURES, Signature
from analyzer.model import Clue, Evidence

_DOCUMENTS = (
    ".md",
    ".markdown",
    ".mdx",
    ".rst",
    ".adoc",
    ".asciidoc",
    ".asc",
    ".org",
    ".textile",
    ".tex",
    ".wiki",
    ".log",
    ".drawio",
    ".puml",
    ".plantuml",
    ".mmd",
    ".mermaid",
    ".html",
    ".htm",
)
_DOCUMENT_NAMES = frozenset({"readme", "changelog", "changes", "news", "history", "contributing", "authors", "todo"})
# A row of a text that may be configuration: one word, or a key with a value.
_SETTING = re.compile(r"(?:[\w.\-]{1,100}[ \t]{0,8}[=:][ \t]{0,8})?\S{1,4000}\Z")
_SETTINGS = frozenset({"yaml", "yml", "json", "toml", "ini", "conf", "cfg", "env", "properties"})
_ENOUGH = 400_000  # characters that are looked at
_HBA = re.compile(
    r"(?:local|host(?:no)?(?:ssl|gssenc)?)[ \t]{1,40}(?:\S{1,200}[ \t]{1,40}){2,4}"
    r"(?:trust|reject|scram-sha-256|md5|password|gss|sspi|ident|peer|ldap|radius|cert|pam|bsd)(?![\w\-])"
)
_HOSTS = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]{2,39}(?:%\w{1,15})?)[ \t]{1,40}[A-Za-z][\w.\-]{0,200}(?:[ \t]|\Z)"
)
_BACKEND = re.compile(r"server[ \t]{1,40}[\w.\-]{1,100}[ \t]{1,40}[\w.\-]{1,255}:\d{1,5}(?:[ \t]|\Z)")
_POOL_HOST = re.compile(r"(?<![\w.\-])host[ \t]{0,8}=[ \t]{0,8}'?([^\s']{1,400})")
_SECTION = re.compile(r"\[[\w.:\-]{1,100}\]\Z")
_MEMBER = re.compile(
    r"(?<![\w.\-])[A-Za-z0-9](?:[\w.\-]|\[(?:\d{1,6}:\d{1,6}|[A-Za-z]:[A-Za-z])(?::\d{1,3})?\]){0,250}(?::\d{1,5})?\Z"
)
_COUNTED = re.compile(r"[A-Za-z][\w.\-]{0,200}\d")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}\Z")


def signature(path: str, text: str) -> Evidence | None:
    """What kind of infrastructure or document a file is, or None for any other.

    `path` is POSIX and may be empty or a bare name. Infrastructure has Clue.INFRASTRUCTURE, prose Clue.COMMENT.
    """
    if _is_document(path):
        return Evidence(Clue.COMMENT, "document")
    if _of_exporter(path):
        return Evidence(Clue.INFRASTRUCTURE, "settings of an exporter")
    head = text[:_ENOUGH]
    name = _kubernetes(head) if KUBERNETES.search(head) else _configuration(path, head)
    if name:
        return Evidence(Clue.INFRASTRUCTURE, name)
    return Evidence(Clue.COMMENT, "document") if path.endswith(".txt") and _is_prose(head) else None


def _is_document(path: str) -> bool:
    name = path.rsplit("/", 1)[-1].lower()
    if ".github/issue_template/" in f"/{path}".lower():
        return True
    return name.endswith(_DOCUMENTS) or name.removesuffix(".txt") in _DOCUMENT_NAMES


def _of_exporter(path: str) -> bool:
    """Whether a file of settings, or its folder, is called by an exporter of a known system: not db-exporter."""
    name, sign, ending = path.lower().rpartition(".")
    parts = name.split("/")[-2:] if sign and ending in _SETTINGS else []
    return any(watches(part) and (engine_of(part) is not None or not WATCHED.isdisjoint(words(part))) for part in parts)


def _is_prose(text: str) -> bool:
    """Whether some row is neither a word nor a key with a value: notes, the output of a program."""
    rows = (row.strip() for row in text.split("\n"))
    return any(row and not row.startswith("#") and not _SETTING.match(row) for row in rows)


def _kubernetes(text: str) -> str:
    """Manifests count only where each of their objects is of an infrastructure kind."""
    kinds = KIND.findall(text)
    names = {KINDS.get(kind, "") for kind in kinds}
    return "" if not kinds or "" in names else " and ".join(sorted(names))


def _configuration(path: str, text: str) -> str:
    found = next((row.name for row in SIGNATURES if _has(row, text)), "")
    if found:
        return found
    rows = [line for raw in text.split("\n") if (line := raw.split("#", 1)[0].strip()) and not line.startswith(";")]
    return next((name for name, test in _SHAPES if rows and test(path, rows)), "")


def _has(row: Signature, text: str) -> bool:
    return all(needle in text for needle in row.needles) and all(pattern.search(text) for pattern in row.patterns)


def _hba(_path: str, rows: list[str]) -> bool:
    return _most(rows, lambda row: _HBA.match(row) is not None)


def _backends(_path: str, rows: list[str]) -> bool:
    """Lines that a script adds to haproxy.cfg."""
    return all(_BACKEND.match(row) for row in rows)


def _hosts_file(path: str, rows: list[str]) -> bool:
    named = path.rsplit("/", 1)[-1].split(".", maxsplit=1)[0] == "hosts"
    return (named or len(rows) > 1) and all(_HOSTS.match(row) for row in rows)


def _inventory(_path: str, rows: list[str]) -> bool:
    """An Ansible inventory without variables: sections of bare names.

    An address or a range is among them, or a group of groups, or a group that is called by a database of counted names.
    """
    if not _SECTION.match(rows[0]):
        return False
    members = [row for row in rows if not _SECTION.match(row)]
    grouped = any(row.endswith((":children]", ":vars]")) for row in rows)
    plain = all(_MEMBER.match(row) or grouped for row in members)
    told = grouped or any(_ADDRESS.match(row) or "[" in row for row in members) or _servers(rows, members)
    return bool(members) and plain and told


def _servers(rows: list[str], members: list[str]) -> bool:
    named = any(row not in members and engine_of(row.strip("[]")) for row in rows)
    return named and all(_COUNTED.match(row) for row in members)


def _pool(_path: str, rows: list[str]) -> bool:
    """PgBouncer in front of several servers. One that leads to a single server is an application's connection."""
    if not {"[pgbouncer]", "[databases]"} <= set(rows):
        return False
    entries = rows[rows.index("[databases]") + 1 :]
    end = next((i for i, row in enumerate(entries) if _SECTION.match(row)), len(entries))
    named = {host for row in entries[:end] for found in _POOL_HOST.finditer(row) for host in found[1].split(",")}
    return len(named) > 1


def _netdata(path: str, rows: list[str]) -> bool:
    """A collector of Netdata: nothing in it but its folder says that its jobs are monitoring."""
    return "go.d/" in path and "jobs:" in rows


def _most(rows: list[str], test: Callable[[str], bool]) -> bool:
    return sum(map(test, rows)) * 2 > len(rows)


_SHAPES: tuple[tuple[str, Callable[[str, list[str]], bool]], ...] = (
    ("pg_hba rules", _hba),
    ("HAProxy servers", _backends),
    ("PgBouncer configuration", _pool),
    ("hosts file", _hosts_file),
    ("Ansible inventory", _inventory),
    ("Netdata collector", _netdata),
)
