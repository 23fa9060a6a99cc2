"""Shell text inside HCL values: in one string, line by line, word by word. The caller tells which value is which."""

from collections.abc import Iterator, Sequence

from analyzer.extract.inner.nested import filelike
from analyzer.extract.shell import references_in
from analyzer.extract.spelling.spelled import Run, Spelled, spelled
from analyzer.extract.yaml.commandlines import CommandLine
from analyzer.model import HostRef
from analyzer.source import SourceFile

_CONTENTS = frozenset({"content", "contents", "data", "text", "body", "template"})
_SHELLS = frozenset({"sh", "bash", "ash", "dash", "ksh", "zsh"})


def document_name(key: str, file: str, text: str) -> str:
    """The name under which a value is read as a text of its own; empty where it is none.

    `file` is the name of the file that it becomes, or empty. A text has several lines, is JSON, or is all of a file.
    """
    bare, name = text.strip(), file or key
    json = bare[:1] in ("{", "[") and bare[-1:] in ("}", "]") and '":' in bare
    whole = bool(file) and key in _CONTENTS and filelike(file)
    return name if "\n" in bare or json or whole else ""


def script(source: SourceFile, text: Spelled) -> Iterator[HostRef]:
    """What stands in shell text."""
    yield from references_in(text.text, text.value(source).locate)


def lines(source: SourceFile, rows: Sequence[Spelled]) -> Iterator[HostRef]:
    """What stands in shell text whose lines are the items of a list."""
    runs: list[Run] = []
    for row in rows:
        runs += [*row.runs, Run("\n", row.end, row.end, verbatim=False)]
    if runs:
        yield from script(source, spelled(runs, rows[0].start, rows[-1].end))


def command(source: SourceFile, words: Sequence[Spelled]) -> Iterator[HostRef]:
    """What stands in a command that is written word by word."""
    if len(words) > 2 and words[0].text.rsplit("/", 1)[-1] in _SHELLS and words[1].text.endswith("c"):
        yield from script(source, words[2])
        return
    line = CommandLine([word.reading(source) for word in words])
    yield from references_in(line.text, line.locate)
