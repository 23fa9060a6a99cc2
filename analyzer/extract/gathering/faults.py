"""What is wrong with a file, told once by its line, and what a search finds in the bytes that were not read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.extract.inner.nested import Inner, searched
from analyzer.extract.yaml.places import Found
from analyzer.extract.yaml.scalars import read_span
from analyzer.model import Problem, Span
from analyzer.source import SourceFile


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a byte; `stops`: nothing behind it was read; `limit`: it is too much rather than wrong."""

    reason: str
    byte: int
    stops: bool = False
    limit: bool = False


def told(source: SourceFile, faults: Sequence[Fault], language: str, *, template: bool = False) -> Iterator[Found]:
    """A problem for each fault and the references in the lines behind the one that stopped.

    `template`: the file becomes one of that language only once a program has filled it, so that nothing is missed.
    """
    for fault in faults:
        done = "the rest was searched as text" if fault.stops else "read nevertheless"
        said = f"{fault.reason}; {done}" if fault.limit else f"no valid {language}: {fault.reason}; {done}"
        line = source.position(fault.byte).line
        yield Problem(source.path, "parse", said, line, incomplete=fault.stops and not template)
        if fault.stops:
            start = max(source.data.rfind(b"\n", 0, fault.byte) + 1, source.bom)
            yield from searched(Inner("", read_span(source.data, Span(start, len(source.data)))))
