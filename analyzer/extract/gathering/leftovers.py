"""What stands beside the lines that a format knows: certain connection strings and commands of database clients.

So that a file which is read by its format never tells less than one that is only searched.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from analyzer.extract.text import client_commands, connection_strings
from analyzer.model import HostRef, Span
from analyzer.source import SourceFile


def left_over(source: SourceFile, known: Iterable[Span]) -> Iterator[HostRef]:
    """The references that a search finds and that start in none of the known spans."""
    ordered = sorted(known, key=lambda span: span.start)
    starts = [span.start for span in ordered]
    ends = list(accumulate((span.end for span in ordered), max))
    for ref in (*connection_strings(source), *client_commands(source)):
        at = bisect_right(starts, ref.slot.span.start) - 1
        if at < 0 or ends[at] <= ref.slot.span.start:
            yield ref
