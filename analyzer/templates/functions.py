"""What functions of templates print, by the roles of their arguments. One table for Go, Sprig, Helm, Jinja and Ansible.

What is piped in, and the object of a method, counts as the last argument. A function that is not here prints something
unknown and its arguments are no values: names (`include`, `index`, `get`, `lookup`), comparisons (`eq`, `has`,
`contains`, `hasPrefix`), patterns (`replace`, `regexMatch`), contexts.
https://masterminds.github.io/sprig/ https://helm.sh/docs/chart_template_guide/function_list/
https://jinja.palletsprojects.com/templates/#builtin-filters
https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_filters.html
"""

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType


class Prints(Enum):
    """What a call prints."""

    SAME = auto()  # its last argument: as it is, in other letters, quoted, indented, encoded
    EITHER = auto()  # one of its arguments
    CHOICE = auto()  # one of its arguments but the last, which is the condition
    FALLBACK = auto()  # something unknown, or the second of three arguments: fetch("NAME", "default") of an object
    BEFORE_LAST = auto()  # something unknown, or the last argument but one: dig "a" "b" "default" $map
    NAMED_DEFAULT = auto()  # something unknown, or the argument that is named `default`
    ONE_OF_LIST = auto()  # an item of its last argument, a list
    FORMAT = auto()  # its first argument with verbs of printf for the others
    FORMAT_LAST = auto()  # the same with the format as last argument
    PERCENT = auto()  # its first argument with verbs for the others, if it is a text
    BRACES = auto()  # its last argument with `{}` for the others
    TEXTS = auto()  # its arguments, one behind the other
    WORDS = auto()  # its arguments with a blank between
    LIST = auto()  # nothing by itself: a list of its arguments
    EXTENDED = auto()  # nothing by itself: its first argument, a list, with the others behind
    DICTIONARY = auto()  # nothing by itself: keys and values in turn
    JOINED = auto()  # the items of its last argument with its first between
    JSON = auto()  # its last argument as JSON
    TEMPLATE = auto()  # its first argument, rendered
    DECODED = auto()  # its last argument without its base64


_SAME = (
    "quote squote toString toStrings trim trimAll trimPrefix trimSuffix lower upper title nospace trunc abbrev indent"
    " nindent required mandatory b64enc b64encode b64urlencode html js urlquery int int64 float64 atoi toDecimal string"
    " to_text to_native urlencode safe escape e sort unique uniq sortAlpha compact reverse mustUniq mustCompact"
    " shellquote toYaml to_yaml to_nice_yaml to_s strip presence"
)
_JSON = "toJson mustToJson toRawJson mustToRawJson toPrettyJson mustToPrettyJson to_json to_nice_json tojson"

FUNCTIONS: Mapping[str, Prints] = MappingProxyType(
    {
        **dict.fromkeys(_SAME.split(), Prints.SAME),
        **dict.fromkeys(("default", "d", "coalesce", "or", "and"), Prints.EITHER),
        **dict.fromkeys(("first", "last", "mustFirst", "mustLast", "random"), Prints.ONE_OF_LIST),
        **dict.fromkeys(_JSON.split(), Prints.JSON),
        **dict.fromkeys(("list", "tuple"), Prints.LIST),
        **dict.fromkeys(("append", "mustAppend"), Prints.EXTENDED),
        **dict.fromkeys(("print", "~", "+"), Prints.TEXTS),
        **dict.fromkeys(("println", "cat"), Prints.WORDS),
        **dict.fromkeys((".get", ".fetch", ".getenv"), Prints.FALLBACK),
        **dict.fromkeys(("lookup", "query", "env_var"), Prints.NAMED_DEFAULT),
        **dict.fromkeys(("b64dec", "b64decode"), Prints.DECODED),
        "ternary": Prints.CHOICE,
        "dig": Prints.BEFORE_LAST,
        "printf": Prints.FORMAT,
        "format": Prints.FORMAT_LAST,
        "%": Prints.PERCENT,
        ".format": Prints.BRACES,
        "dict": Prints.DICTIONARY,
        "join": Prints.JOINED,
        "tpl": Prints.TEMPLATE,
    }
)
