"""Which files of code are read together: one that may use a database, behind it those whose constants it takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.extract.linking.links import users
from analyzer.extract.linking.sieve import Ties, language_of
from analyzer.source import SourceFile


@dataclass(frozen=True, slots=True)
class Bundle:
    """`root` is the path of the using file, which stands first among `paths` as well."""

    root: str
    paths: tuple[str, ...]


def bundles_in(
    languages: frozenset[str], listed: Sequence[str], candidates: Sequence[SourceFile], quiet: Sequence[SourceFile]
) -> list[Bundle]:
    """The bundles of some languages. `candidates` hold a host, `quiet` files may give one or use one."""
    ties = Ties()
    holding = {source.path for source in candidates}
    coded = [(source, language_of(source.path, source.data)) for source in (*candidates, *quiet)]
    spoken = [(source, language) for source, language in coded if language in languages]
    giving = [source for source, _ in spoken if source.path in holding or ties.gives(source.data)]
    using = [(source, language) for source, language in spoken if language and ties.uses(source.data)]
    return [Bundle(user.path, (user.path, *user.exporters)) for user in users(listed, giving, using)]
