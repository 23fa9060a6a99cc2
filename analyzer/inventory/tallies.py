"""Places, counted: by use, by file, by application."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from analyzer.inventory.nouns import FileTally, Place, Tally, User
from analyzer.model import Use


def tally_of(places: Iterable[Place]) -> Tally:
    """How many places do what."""
    counts = Counter(place.use for place in places)
    return Tally(counts[Use.CONNECTS], counts[Use.OPERATES], counts[Use.MENTIONS])


def files_of(places: Iterable[Place]) -> tuple[FileTally, ...]:
    """The same by file, in order of paths."""
    by_path: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_path[place.path].append(place)
    return tuple(FileTally(path, tally_of(by_path[path])) for path in sorted(by_path))


def users_of(places: Iterable[Place]) -> tuple[User, ...]:
    """The applications that connect, those with most places first."""
    counts = Counter(place.application for place in places if place.use is Use.CONNECTS)
    return tuple(User(name, counts[name]) for name in sorted(counts, key=lambda name: (-counts[name], name)))
