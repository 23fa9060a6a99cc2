"""Python files that are read together, in a worker."""

from collections.abc import Sequence

from analyzer.extract.linking.bundles import Bundle, bundles_in
from analyzer.source import SourceFile


def bundles(listed: Sequence[str], candidates: Sequence[SourceFile], quiet: Sequence[SourceFile]) -> list[Bundle]:
    """A file and those whose constants it imports."""
    return bundles_in(frozenset({"python"}), listed, candidates, quiet)
