"""Values that are texts of their own: files, patches, values of another chart."""

import re
from collections.abc import Iterator

from analyzer.extract.inner.nested import Inner, filelike, nested_references
from analyzer.extract.keyed.bindings import value_references
from analyzer.extract.yaml.places import Found, Place, problem_at
from analyzer.extract.yaml.scalars import Reading

_OBJECT = re.compile(r"(?:\[[ \t]{0,8})?\{[ \t]{0,8}\"[^\"]{1,200}\"[ \t]{0,8}:")


def text_references(name: str, reading: Reading, place: Place) -> Iterator[Found]:
    """A value that is a text of its own, under the key or file name `name`."""
    if place.document.read_inner is None:
        yield from value_references(reading.value, place.evidence, sealed=place.document.sealed)
        return
    inner = Inner(name, reading, place.evidence, place.document.sealed)
    found = nested_references(inner, place.document.read_inner)
    yield from found.refs
    yield from found.regions
    yield from found.opaque
    yield from found.rosters
    yield from (problem_at(place, reading, problem) for problem in found.problems)


def is_text(name: str, text: str) -> bool:
    """Whether a value is a text of its own: several lines, an object of JSON, a list under the name of a file."""
    bare = text.strip()
    return "\n" in bare or _OBJECT.match(bare) is not None or (bare.startswith(("{", "[")) and filelike(name))
