"""One document of a dump, and where its items stand."""

from dataclasses import dataclass

from analyzer.model import Span


@dataclass(frozen=True, slots=True)
class Root:
    """A document; `items` are those of its list of objects, none where it is no such list.

    `indent` is how many blanks stand before the hyphens of a list in YAML.
    """

    span: Span
    items: tuple[Span, ...] = ()
    indent: int = 0
