"""RUN, CMD, ENTRYPOINT and HEALTHCHECK: shell text, words of an exec form, here-documents."""

import re
from collections.abc import Sequence

from analyzer.extract.dockerfile.instructions import Document, Instruction
from analyzer.extract.spelling.spelled import Run, Spelled, spelled, whole
from analyzer.source import SourceFile

_STRING = re.compile(r"\"((?>(?:[^\"\\]|\\.)*))\"")
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_SHELLS = frozenset({"sh", "bash", "ash", "dash", "ksh", "zsh"})
_BARE = re.compile(r"\s*<<-?[ \t]*[\"']?[\w.]+[\"']?[ \t]*(?:(?:/\S{0,100}/)?(?:ba|da|a|k|z)?sh)?\s*")
_PYTHON = re.compile(r"\s*(?:/\S{0,100}/)?python[\d.]{0,5}[ \t]")


def exec_form(text: Spelled) -> list[Spelled] | None:
    """The words of a JSON list, or None where the arguments are shell text."""
    body = text.text.strip()
    if not body.startswith("[") or not body.endswith("]"):
        return None
    return [_decoded(text.part(*match.span(1))) for match in _STRING.finditer(text.text)]


def script_of(words: Sequence[Spelled]) -> Spelled | None:
    """The shell text of `["sh", "-c", "..."]`, or None."""
    if len(words) > 2 and words[0].text.rsplit("/", 1)[-1] in _SHELLS and words[1].text.endswith("c"):
        return words[2]
    return None


def documents_of(instruction: Instruction, text: Spelled) -> tuple[str, tuple[Document, ...]]:
    """How the here-documents of an instruction are read: under which name, "" for shell text, and which of them."""
    if _BARE.fullmatch(text.text):
        return "", instruction.documents
    if _PYTHON.match(text.text):
        return "script.py", instruction.documents
    return "", ()


def with_documents(source: SourceFile, text: Spelled, documents: Sequence[Document]) -> Spelled:
    """Shell text with the here-documents that it opens behind it."""
    runs = [*text.runs, Run("\n", text.end, text.end, verbatim=False)]
    for document in documents:
        body = whole(source, document.start, document.end)
        runs += [*body.runs, Run(f"{document.mark}\n", body.end, body.end, verbatim=False)]
    return spelled(runs, text.start, max(text.end, *(document.end for document in documents)))


def target_of(text: Spelled, document: Document) -> str:
    """The name of the file that a here-document of COPY becomes."""
    target = text.text.split()[-1] if text.text.split() else ""
    return document.mark if target.endswith("/") else target.rsplit("/", 1)[-1]


def _decoded(text: Spelled) -> Spelled:
    """A JSON string without its escapes (RFC 8259, section 7)."""
    runs, at = list[Run](), 0
    for match in _ESCAPE.finditer(text.text):
        runs += text.part(at, match.start()).runs
        start, end = text.around(*match.span())
        runs.append(Run(_character(match.group()), start, end, verbatim=False))
        at = match.end()
    return spelled([*runs, *text.part(at, len(text.text)).runs], text.start, text.end) if at else text


def _character(escape: str) -> str:
    if len(escape) < 6:
        return _LETTERS.get(escape[1], escape[1])
    code = int(f"0x{escape[2:]}", 0)
    return chr(code) if not 0xD800 <= code <= 0xDFFF else "\ufffd"
