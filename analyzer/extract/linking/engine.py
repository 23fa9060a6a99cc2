"""Files of the languages that Semgrep reads, with those whose constants they use."""

from collections.abc import Sequence

from analyzer.extract import FORMATS
from analyzer.extract.linking.bundles import Bundle, bundles_in
from analyzer.source import SourceFile

_LANGUAGES = frozenset(row.semgrep for row in FORMATS if row.semgrep is not None)


def bundles(listed: Sequence[str], candidates: Sequence[SourceFile], quiet: Sequence[SourceFile]) -> list[Bundle]:
    """A file and those whose constants it may use."""
    return bundles_in(_LANGUAGES, listed, candidates, quiet)
