"""Checks the shape of a policy by its JSON Schema, and says the schema's objections in words for a person."""

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from jsonschema import Draft202012Validator

from analyzer.policy.document import Document, Fault, Route, quoted

Said: TypeAlias = Iterator[tuple[Route, Fault]]

_KINDS = {"object": "a mapping (`key: value`)", "array": "a list", "string": "text", "integer": "a whole number"}
# Words that mean one of the choices and do not look like it.
_MEANT = {
    "pg": "postgresql",
    "mssql": "sqlserver",
    "valkey": "redis",
    "percona": "mysql",
    "opensearch": "elasticsearch",
    "no": "off",
    "none": "off",
    "disabled": "off",
    "info": "note",
    "fatal": "error",
    "critical": "error",
}


@dataclass(frozen=True, slots=True)
class Objection:
    """One error of the validator: the keyword that failed, what it wanted, and the value at `route`."""

    keyword: str
    wanted: Any
    value: Any
    schema: Mapping[str, Any]
    route: Route
    document: Document

    def fault(self, message: str) -> tuple[Route, Fault]:
        """A fault of the value as a whole."""
        return self.route, self.document.fault(self.route, message)


def structure_faults(document: Document, schema: Mapping[str, Any]) -> Said:
    """What the schema objects to, each with the route of the value that is not to be looked at further.

    The same fault may come more than once.
    """
    for error in Draft202012Validator(schema).iter_errors(document.value):
        rule: Any = error.schema
        keyword = str(error.validator)
        found = Objection(keyword, error.validator_value, error.instance, rule, tuple(error.absolute_path), document)
        yield from _SAY.get(keyword, _other)(found)


def _unknown_keys(found: Objection) -> Said:
    known = list(found.schema["properties"])
    kind = "rule" if found.route == ("severity",) else "key"
    for key in found.value:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            advice = f"write '{near[0]}'" if near else f"the {kind}s here are {', '.join(known)}"
            place = (*found.route, key)
            yield place, found.document.key_fault(place, f"unknown {kind} {quoted(key)}; {advice}")


def _missing_keys(found: Objection) -> Said:
    for key in found.wanted:
        if key not in found.value:
            meaning = _sentence(found.schema["properties"][key])
            said = f"the key '{key}' is missing; write '{key}:'{f' ({meaning})' if meaning else ''}"
            yield (*found.route, key), found.document.fault(found.route, said)


def _wrong_kind(found: Objection) -> Said:
    wanted = found.wanted if isinstance(found.wanted, list) else [found.wanted]
    advice = f"write {' or '.join(_KINDS[kind] for kind in wanted)}"
    if wanted == ["integer"] and isinstance(found.value, str) and found.value.isdecimal():
        advice = "write it without quotes"
    elif "string" in wanted and isinstance(found.value, (bool, int)):
        advice = "write it in quotes"
    yield found.fault(f"{_shown(found.value)} cannot stand here; {advice}")


def _not_listed(found: Objection) -> Said:
    choices = [choice for choice in found.wanted if isinstance(choice, str)]
    word = found.value.lower() if isinstance(found.value, str) else ""
    near = [_MEANT[word]] if _MEANT.get(word) in choices else difflib.get_close_matches(word, choices, 1)
    advice = f"write '{near[0]}'" if near else f"write one of {', '.join(choices)}"
    yield found.fault(f"{_shown(found.value)} cannot stand here; {advice}")


def _wrong_version(found: Objection) -> Said:
    yield found.fault(f"{_shown(found.value)} cannot stand here; write {found.wanted}")


def _out_of_range(found: Objection) -> Said:
    low, high = found.schema["minimum"], found.schema["maximum"]
    yield found.fault(f"{quoted(found.value)} is out of range; write a number from {low} to {high}")


def _wrong_text(found: Objection) -> Said:
    yield found.fault(f"{quoted(found.value)} does not fit; wanted: {_sentence(found.schema)}")


def _too_few(found: Objection) -> Said:
    yield found.fault("an empty list; write at least one entry")


def _too_many(found: Objection) -> Said:
    yield found.fault(f"more than {found.wanted} entries; write fewer")


def _repeated(found: Objection) -> Said:
    for at, value in enumerate(found.value):
        if value in found.value[:at]:
            place = (*found.route, at)
            yield place, found.document.fault(place, f"{quoted(value)} stands twice; remove one")


def _other(found: Objection) -> Said:
    yield found.fault(f"this value does not fit ({found.keyword})")


def _shown(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return quoted(value)


def _sentence(schema: Mapping[str, Any]) -> str:
    """The first sentence of a description, to go on with; empty where there is none."""
    text = str(schema.get("description", "")).partition(". ")[0].rstrip(".")
    return text[:1].lower() + text[1:]


_SAY: dict[str, Callable[[Objection], Said]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "type": _wrong_kind,
    "enum": _not_listed,
    "const": _wrong_version,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "pattern": _wrong_text,
    "minLength": _wrong_text,
    "maxLength": _wrong_text,
    "minItems": _too_few,
    "maxItems": _too_many,
    "uniqueItems": _repeated,
}
