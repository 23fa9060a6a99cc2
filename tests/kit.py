"""Marked samples for extractors: what must be found stands between « and », ports may stand between ⟦ and ⟧.

    check(extract, "PGHOST=«10.0.0.121|port=5432,clue=key»\\nPGPORT=⟦5432⟧\\n", path=".env", comment="#")

The marks are stripped, the extractor reads the sample in several disguises (LF, CRLF, with BOM, with a non-ASCII
comment as first line, without final newline) and must find exactly the marked spans each time. A sample without
marks must yield no reference. A base64 value is marked as a whole: its reference counts by its container's span.

Attributes, comma-separated behind a bar inside the mark; `name=value` or a bare name:
`host=` what a client reads (default: the marked text; name it for base64; `a+b` for several), `port=5432` or
`port=none`, `hidden` or `hidden=text` (the port stands where it cannot be seen), `insert=:` (a port may be written;
`insert=comma` for a comma, `insert=no` where none may), `engine=` (`none`), `intent=`,
`clue=key+name` (these clues stand in the evidence), `only=key` (the evidence has exactly these clues), `sealed`, `open`
(not sealed), `group=3` (members of its list), `flow` (it has flow steps), `base64` (it stands in a container).
⟦⟧ marks are exact too where a sample has one: they are the slots of written ports.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from analyzer.model import Extraction, HostRef, Intent, Slot, Span
from analyzer.source import BOM, SourceFile

Extract = Callable[[SourceFile], Extraction]
FOREIGN_COMMENT = "größere Prüfung ✓ 日本語 \U0001f418"
_MARK = re.compile(r"«(?P<host>[^«»|]*)(?:\|(?P<attributes>[^«»]*))?»|⟦(?P<port>[^⟦⟧]*)⟧")


@dataclass(frozen=True)
class Mark:
    """One expected host: characters of the stripped text, and what is asked about it."""

    start: int
    end: int
    text: str
    asked: dict[str, str]


@dataclass(frozen=True)
class Sample:
    """A sample without its marks."""

    text: str
    marks: list[Mark] = field(default_factory=list)
    ports: list[tuple[int, int]] = field(default_factory=list)

    def shifted(self, head: str) -> "Sample":
        return Sample(
            head + self.text,
            [Mark(m.start + len(head), m.end + len(head), m.text, m.asked) for m in self.marks],
            [(i + len(head), j + len(head)) for i, j in self.ports],
        )

    def with_crlf(self) -> "Sample":
        def moved(at: int) -> int:
            return at + self.text.count("\n", 0, at)

        return Sample(
            self.text.replace("\n", "\r\n"),
            [Mark(moved(m.start), moved(m.end), m.text.replace("\n", "\r\n"), m.asked) for m in self.marks],
            [(moved(i), moved(j)) for i, j in self.ports],
        )

    def without_final_newline(self) -> "Sample":
        last = max([0, *(m.end for m in self.marks), *(j for _, j in self.ports)])
        return Sample(self.text[:last] + self.text[last:].rstrip("\n"), self.marks, self.ports)


def parse_sample(marked: str) -> Sample:
    """The sample without its marks, with their places."""
    pieces: list[str] = []
    marks: list[Mark] = []
    ports: list[tuple[int, int]] = []
    at = copied = 0
    for match in _MARK.finditer(marked):
        pieces.append(marked[copied : match.start()])
        at += match.start() - copied
        text = match["host"] if match["port"] is None else match["port"]
        if match["port"] is None:
            marks.append(Mark(at, at + len(text), text, _attributes(match["attributes"] or "")))
        else:
            ports.append((at, at + len(text)))
        pieces.append(text)
        at += len(text)
        copied = match.end()
    pieces.append(marked[copied:])
    text = "".join(pieces)
    assert not set(text) & set("«»⟦⟧"), "a mark is not closed, or a host mark holds a bar"
    return Sample(text, marks, ports)


def disguises(sample: Sample, comment: str | None, comment_end: str = "") -> Iterator[tuple[str, Sample, bytes]]:
    """Each disguise with its name, the sample as it reads after the BOM, and the BOM or nothing."""
    yield "LF", sample, b""
    yield "CRLF", sample.with_crlf(), b""
    yield "BOM", sample, BOM
    yield "no final newline", sample.without_final_newline(), b""
    if comment is not None:
        noted = sample.shifted(f"{comment} {FOREIGN_COMMENT}{comment_end}\n")
        yield "comment", noted, b""
        yield "BOM, comment, CRLF", noted.with_crlf(), BOM


def check(
    extract: Extract,
    marked: str,
    *,
    path: str = "sample",
    comment: str | None = None,
    comment_end: str = "",
    problems: int | None = 0,
) -> Extraction:
    """Reads a marked sample in every disguise and asserts what was found; the plain reading is returned.

    `comment` starts a comment line of the format ("#", "//"; None where it has none), `comment_end` ends it.
    `problems` is the number of problems expected, None for any.
    """
    sample = parse_sample(marked)
    plain: Extraction | None = None
    for name, disguised, bom in disguises(sample, comment, comment_end):
        source = SourceFile(path, bom + disguised.text.encode())
        found = extract(source)
        plain = plain or found
        _compare(name, disguised, source, found.refs)
        if problems is not None:
            assert len(found.problems) == problems, f"{name}: {found.problems}"
    assert plain is not None
    return plain


def check_none(extract: Extract, text: str, **options) -> Extraction:
    """`check` for a sample in which nothing stands; says so by its name."""
    assert not parse_sample(text).marks
    return check(extract, text, **options)


def place(ref: HostRef) -> Span:
    """The bytes of the file that a reference claims: its container's where it has one."""
    return _file_span(ref.slot)


def _file_span(slot: Slot) -> Span:
    return slot.container.span if slot.container else slot.span


def _attributes(text: str) -> dict[str, str]:
    pairs = (item.partition("=") for item in text.split(",") if item)
    return {name.strip(): value for name, _, value in pairs}


def _compare(name: str, sample: Sample, source: SourceFile, refs: tuple[HostRef, ...]) -> None:
    wanted = {_span(source, m.start, m.end): m for m in sample.marks}
    assert len(wanted) == len(sample.marks), "two marks of one sample have the same span"
    spans = sorted((place(ref).start, place(ref).end) for ref in refs)
    expected = sorted((span.start, span.end) for span in wanted)
    described = [f"{source.slice(place(ref))!r} {ref.shape} {[e.clue.value for e in ref.evidence]}" for ref in refs]
    if any(ref.slot.container for ref in refs):
        spans, expected = sorted(set(spans)), sorted(set(expected))
    assert spans == expected, f"{name}: found {spans}, marked {expected}\nfound: {described}"
    for ref in refs:
        _asked(f"{name}: {ref}", ref, wanted[place(ref)], source)
    if sample.ports:
        _compare_ports(name, sample, source, refs)


def _compare_ports(name: str, sample: Sample, source: SourceFile, refs: tuple[HostRef, ...]) -> None:
    written = [ref.port for ref in refs if ref.port and ref.port.value is not None]
    found = {_file_span(port.slot) for port in written if port.slot}
    assert found == {_span(source, i, j) for i, j in sample.ports}, f"{name}: ports {found}"
    for port in written:
        if port.slot and not port.slot.container:
            assert source.slice(port.slot.span) == str(port.value).encode(), f"{name}: {port}"


def _span(source: SourceFile, start: int, end: int) -> Span:
    """Bytes of characters, counted here anew so that `SourceFile.span` is tested as well."""
    head = source.bom + len(source.text[:start].encode())
    return Span(head, head + len(source.text[start:end].encode()))


def _asked(what: str, ref: HostRef, mark: Mark, source: SourceFile) -> None:
    host = mark.asked.get("host")
    if host is not None:
        assert ref.host in host.split("+"), what
    elif not ref.slot.container and not ref.sealed:
        assert ref.host == mark.text, what
    if not ref.slot.container and not ref.sealed:
        assert source.slice(ref.slot.span).decode() == mark.text, what
    for name, value in mark.asked.items():
        assert name in _CHECKS, f"no such attribute: {name}"
        assert _CHECKS[name](ref, value), f"{name}={value}: {what}"
    assert "«" in ref.shape, what
    assert ref.evidence, what


def _clues(ref: HostRef) -> set[str]:
    return {evidence.clue.value for evidence in ref.evidence}


def _insert(ref: HostRef) -> str:
    return ref.port.insert if ref.port and ref.port.value is None else ""


_CHECKS: dict[str, Callable[[HostRef, str], bool]] = {
    "host": lambda _ref, _value: True,
    "port": lambda ref, value: (
        (ref.port is None or ref.port.value is None)
        if value == "none"
        else (ref.port is not None and str(ref.port.value) == value)
    ),
    "hidden": lambda ref, value: (
        ref.port is not None and (ref.port.hidden == value if value else bool(ref.port.hidden))
    ),
    "insert": lambda ref, value: _insert(ref) == {"comma": ",", "no": ""}.get(value, value),
    "engine": lambda ref, value: (ref.engine.value if ref.engine else "none") == value,
    "intent": lambda ref, value: ref.intent is Intent(value),
    "clue": lambda ref, value: set(value.split("+")) <= _clues(ref),
    "only": lambda ref, value: set(value.split("+")) == _clues(ref),
    "sealed": lambda ref, _value: bool(ref.sealed),
    "open": lambda ref, _value: not ref.sealed,
    "group": lambda ref, value: len(ref.group.members if ref.group else ()) == int(value or 2),
    "flow": lambda ref, _value: bool(ref.flow),
    "base64": lambda ref, _value: ref.slot.container is not None,
}
