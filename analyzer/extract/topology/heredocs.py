"""Here-documents of shell scripts that become configuration of a proxy or a cluster: each is a text of its own."""

import re
from collections.abc import Iterator
from itertools import islice

from analyzer.extract.nature.infrastructure import signature
from analyzer.extract.topology.texts import text_rosters
from analyzer.model import Roster
from analyzer.source import SourceFile

_MOST = 50  # documents of one script
_DOCUMENT = re.compile(
    r"<<-?[ \t]{0,8}[\"'\\]?(?P<end>\w{1,40})[\"']?[^\n]{0,400}\n"
    r"(?P<body>(?:(?![ \t]{0,40}(?P=end)[ \t]{0,8}\r?$)[^\n]*\n){1,5000})",
    re.MULTILINE,
)


def heredoc_rosters(source: SourceFile) -> Iterator[Roster]:
    """The rosters of all here-documents, in order, with their places in the script."""
    if "<<" not in source.text:
        return
    for found in islice(_DOCUMENT.finditer(source.text), _MOST):
        nature = signature("", found["body"])
        if nature is not None:
            span = source.span(*found.span("body"))
            # Blanks in place of all before, so that places are those of the script.
            body = SourceFile(source.path, b" " * (span.start - 1) + b"\n" + source.slice(span))
            yield from text_rosters(body, nature)
