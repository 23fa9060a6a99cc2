"""What a GitHub runner makes of the lines of a step (actions/runner, ActionCommand.cs, TryParseV2 and TryParse)."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A workflow command, its properties and its message with all escapes undone."""

    name: str
    properties: dict[str, str]
    message: str


def carried_out(output: str) -> list[Command]:
    """The commands in an output, those of the old form (`##[name]`) included."""
    lines = re.split(r"\r\n|\n|\r", output)
    return [found for line in lines if (found := _new(line) or _old(line))]


def _new(line: str) -> Command | None:
    text = line.lstrip()
    end = text.find("::", 2)
    if not text.startswith("::") or end < 0:
        return None
    name, _, given = text[2:end].partition(" ")
    properties = dict(part.split("=", 1) for part in given.split(",") if "=" in part)
    return Command(name, {key: _property(value) for key, value in properties.items()}, _data(text[end + 2 :]))


def _old(line: str) -> Command | None:
    at = line.find("##[")
    return Command(line[at:], {}, "") if at >= 0 and "]" in line[at:] else None


def _property(text: str) -> str:
    return _data(text.replace("%3A", ":").replace("%2C", ","))


def _data(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
