"""Oracle Net's files: connect descriptors by name (`tnsnames.ora`), and the listener's own (`listener.ora`).

https://docs.oracle.com/en/database/oracle/oracle-database/19/netrf/local-naming-parameters-in-tns-ora-file.html
"""

import re

from analyzer.extract.gathering.leftovers import left_over
from analyzer.extract.nature.infrastructure import signature
from analyzer.model import Comment, Extraction
from analyzer.source import SourceFile

_COMMENT = re.compile(r"^[ \t]{0,80}(#[^\r\n]*)", re.MULTILINE)


def extract(source: SourceFile) -> Extraction:
    """The servers of connect descriptors; a `#` comments a whole line only."""
    comments = [match.span(1) for match in _COMMENT.finditer(source.text)]
    known = [source.span(*place) for place in comments]
    return Extraction(
        refs=tuple(left_over(source, known)),
        comments=tuple(
            Comment(source.span(start, end), source.text[start:end].rstrip(), own_line=True)
            for start, end in comments
            if "analyzer:" in source.text[start:end]
        ),
        nature=signature(source.path, source.text),
    )
