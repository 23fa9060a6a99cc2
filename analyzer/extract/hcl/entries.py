"""Blocks and objects that are one row: a name and a value beside each other, a file's name and its content."""

import re
from collections.abc import Iterable, Mapping

from analyzer.extract.hcl.nodes import Attribute, Block, Node, Object, Reference, Row, Template
from analyzer.extract.hcl.values import Values
from analyzer.extract.keyed.keys import read_key
from analyzer.extract.spelling.spelled import Spelled

_NAMES = ("name", "key", "variable_name", "secret_name", "path", "Name")
_VALUES = ("value", "secret_data", "secret_string", "plaintext_value", "string_value", "data_json", "Value")
_FILES = ("destination", "filename", "path", "dest", "destination_path")
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_.]{0,127})=")
_COMMAND = ("entrypoint", "command", "cmd", "args", "arguments")

Entry = tuple[Attribute | None, Attribute]


def entry_of(items: Iterable[Attribute | Block]) -> Entry | None:
    """The name and the value of an environment variable, a chart's value, a parameter; None where there is no value."""
    named = {item.key: item for item in items if isinstance(item, Attribute)}
    value = next((named[key] for key in _VALUES if key in named), None)
    return None if value is None else (next((named[key] for key in _NAMES if key in named), None), value)


def entry_name(entry: Entry, label: str, values: Values) -> str:
    """The name as written, or the label of the resource where that says more; empty where there is neither."""
    name = next((text.text for text in values.of(entry[0].value)), "") if entry[0] is not None else ""
    says_more = label and read_key(name) is None and (not name or read_key(label) is not None)
    return label if says_more else name


def entry_path(items: Iterable[Attribute | Block], values: Values) -> str:
    """The path of what a block writes to, or nothing."""
    path = next((item.value for item in items if isinstance(item, Attribute) and item.key == "path"), None)
    return next((text.text for text in values.of(path)), "") if path is not None else ""


def is_choice(key: str, node: Object) -> bool:
    """Whether an object holds one value for each environment: `db_host = { prod = "...", test = "..." }`."""
    clue = read_key(key)
    single = clue is not None and clue.role != "port"
    return single and all(
        isinstance(pair.value, (Template, Reference)) and read_key(pair.key, (key,)) is None for pair in node.pairs
    )


def assignment(node: Node, values: Values) -> tuple[str, Spelled] | None:
    """The name and the value of `NAME=value` in a string."""
    text = next(iter(values.of(node)), None)
    match = _ASSIGNMENT.match(text.text) if text is not None else None
    return (match[1], text.part(match.end(), len(text.text))) if match and text is not None else None


def file_name(named: Mapping[str, Node], values: Values) -> str:
    """The name of the file that a block writes, without its folders, or nothing."""
    node = next((named[key] for key in _FILES if key in named), None)
    name = next((text.text for text in values.of(node)), "") if node is not None else ""
    return name.rsplit("/", 1)[-1]


def command_words(named: Mapping[str, Node], values: Values) -> list[Spelled]:
    """The words of a command that is a list, or of a program with a list of arguments; none where it is neither."""
    rows = [values.target(named[key]) for key in _COMMAND if key in named]
    if not any(isinstance(row, Row) for row in rows):
        return []
    nodes = [node for row in rows for node in (row.items if isinstance(row, Row) else (row,))]
    return [found[0] for node in nodes if (found := values.of(node))]
