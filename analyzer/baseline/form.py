"""The baseline: findings that a team knows and lives with for now. One sorted line a finding, no days, no line numbers.

    # analyzer baseline 1 ...
    path<TAB>rule<TAB>host<TAB>identity

Paths are relative to the file's folder; what does not print in paths and hosts, and `%`, is percent-encoded. The
identity is `Finding.identity`, a hash of no secret. Two changes to different findings never meet in one line.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

from analyzer.errors import UsageError

LARGEST = 32 * 1024 * 1024
HEAD = b"# analyzer baseline "
_HEADER = HEAD + b"1: known findings, one a line; `analyzer scan --write-baseline` writes it\n"
_VERSION = re.compile(rb"# analyzer baseline 1(?![0-9])[^\r\n]{0,200}")
_ROW = re.compile(rb"([^\t\r\n]{1,12000})\t([a-z-]{1,60})\t([^\t\r\n]{1,800})\t([0-9a-f]{32})")
_CONFLICT = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
AGAIN = "write it anew with `analyzer scan --write-baseline`"


@dataclass(frozen=True, slots=True)
class Entry:
    """One known finding; `path` is relative to the folder of the baseline."""

    path: str
    rule: str
    host: str
    identity: str


def is_baseline(data: bytes) -> bool:
    """Whether a scanned file is a baseline from its first to its last line: it names hosts, rightly."""
    if not data.startswith(HEAD):
        return False
    try:
        parse(data, "")
    except UsageError:
        return False
    return True


def parse(data: bytes, name: str) -> frozenset[Entry]:
    """The entries in a baseline's bytes, in whatever order. Raises UsageError with `name` and the line."""
    if len(data) > LARGEST:
        raise UsageError(f"{name}: larger than {LARGEST // 2**20} MiB", AGAIN)
    lines = [line.removesuffix(b"\r") for line in data.split(b"\n")]
    if not _VERSION.fullmatch(lines[0]):
        raise UsageError(f"{name}:1: not a baseline of this version", AGAIN)
    return frozenset(_entry(line, f"{name}:{number}") for number, line in enumerate(lines[1:], 2) if line)


def _entry(line: bytes, where: str) -> Entry:
    if line.startswith(_CONFLICT):
        raise UsageError(f"{where}: a merge conflict", f"keep the lines of both sides, or {AGAIN}")
    row = _ROW.fullmatch(line)
    if row is None:
        raise UsageError(f"{where}: not `path, rule, host, identity` with tabs between", AGAIN)
    path, rule, host, identity = row.groups()
    return Entry(_unquoted(path), rule.decode(), _unquoted(host), identity.decode())


def render(entries: Iterable[Entry]) -> bytes:
    """A baseline's bytes: the header, and one line an entry in the order of their bytes."""
    rows = ("\t".join((_quoted(e.path), e.rule, _quoted(e.host), e.identity)).encode() + b"\n" for e in entries)
    return b"".join([_HEADER, *sorted(rows)])


def _quoted(text: str) -> str:
    return "".join(c if c.isprintable() and c != "%" else quote(c.encode("utf-8", "surrogateescape")) for c in text)


def _unquoted(text: bytes) -> str:
    return unquote_to_bytes(text).decode("utf-8", "surrogateescape")
