"""The functions of Helm's templates by name: those of Go, of Sprig and of Helm that choose nothing and render nothing.

https://helm.sh/docs/chart_template_guide/function_list/. One that is not here gives an unknown value.
"""

from analyzer.extract.helm.functions.arguments import Function
from analyzer.extract.helm.functions.lists import LISTS
from analyzer.extract.helm.functions.maps import MAPS
from analyzer.extract.helm.functions.numbers import NUMBERS
from analyzer.extract.helm.functions.searches import SEARCHES
from analyzer.extract.helm.functions.texts import TEXTS

_FUNCTIONS = {**TEXTS, **SEARCHES, **MAPS, **LISTS, **NUMBERS}
# Functions that go through all that stands in their arguments.
WALKING = frozenset(
    {"toYaml", "toYamlPretty", "toJson", "toPrettyJson", "toRawJson", "deepCopy", "merge", "mergeOverwrite"}
)


def function_named(name: str) -> tuple[str, Function | None]:
    """A function and its proper name: `mustToJson` is `toJson` with another way to fail."""
    if name not in _FUNCTIONS and name.startswith("must"):
        name = name[4:5].lower() + name[5:]
    return name, _FUNCTIONS.get(name)
