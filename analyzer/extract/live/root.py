"""One document of a dump, and where its items stand."""

from dataclasses import dataclass

from analyzer.model import Span


@dataclass(frozen=True, slots=True)
class Root:
    """A document; `items` are those of its list of objects.

    `lists`: it is such a list, if one without items. `indent` is how many blanks stand before the hyphens of a list in
    YAML. `cut_off`: a bracket of it is not closed.
    """

    span: Span
    items: tuple[Span, ...] = ()
    indent: int = 0
    lists: bool = False
    cut_off: bool = False
