"""Environments of services: `/etc/default/*`, `/etc/sysconfig/*`, what systemd's `EnvironmentFile=` names.

Lines of `NAME=value`; some of these files are shell scripts, whose other lines are left to a search. The file of an
exporter's or a cluster member's service is infrastructure.
https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#EnvironmentFile=
"""

import re

from analyzer.extract.gathering.leftovers import left_over
from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.spelling.spelled import whole
from analyzer.extract.systemd import service_nature
from analyzer.model import Clue, Comment, Evidence, Extraction
from analyzer.source import SourceFile

_LINE = re.compile(r"[ \t]*+([^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_ROW = re.compile(
    r"(?:export[ \t]{1,8})?(?P<name>[A-Za-z_][A-Za-z0-9_]{0,127})="
    r"(?:\"(?P<double>[^\"\r\n]*+)\"|'(?P<single>[^'\r\n]*+)'|(?P<bare>[^\"'\s][^\s]*+))"
)
_PLACE = (Evidence(Clue.PLACE, "environment of a service"),)


def extract(source: SourceFile) -> Extraction:
    """Hosts and DSNs of a service's environment, and what a search finds in the lines that are no assignments."""
    bindings: list[Binding] = []
    comments: list[tuple[int, int]] = []
    for line in _LINE.finditer(source.text):
        start, end = line.span(1)
        if source.text.startswith(("#", ";"), start, end):
            comments.append((start, end))
        elif (row := _ROW.match(source.text, start, end)) is not None:
            place = row.span(row.lastgroup or 0)
            bindings.append(Binding(row["name"], whole(source, *place).value(source)))
    found = list(references(bindings, Scope(evidence=_PLACE)))
    found += left_over(source, [*(ref.slot.span for ref in found), *(source.span(*place) for place in comments)])
    told = (place for place in comments if "analyzer:" in source.text[slice(*place)])
    return Extraction(
        refs=tuple(sorted(found, key=lambda ref: ref.slot.span.start)),
        comments=tuple(
            Comment(source.span(*place), source.text[slice(*place)].rstrip(), own_line=True) for place in told
        ),
        nature=service_nature(source.path.rsplit("/", 1)[-1]) or signature(source.path, source.text),
    )
