"""Crontabs: variables, and commands behind a schedule, with a user before the command in those of the system.

https://man7.org/linux/man-pages/man5/crontab.5.html
"""

import re

from analyzer.extract.commandtext import CommandText
from analyzer.extract.gathering.merging import merged
from analyzer.extract.gathering.signed import SHELL, signed_directives
from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.shell import Caller
from analyzer.extract.shell.clients import CLIENTS
from analyzer.extract.shell.commands import CONTAINERS, OPERATIONS, SHELLS, WRAPPERS
from analyzer.extract.spelling.spelled import whole
from analyzer.model import Clue, Comment, Evidence, Extraction
from analyzer.source import SourceFile

_LINE = re.compile(r"[ \t]*+([^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_VARIABLE = re.compile(
    r"(?P<quote>[\"']?)(?P<name>[A-Za-z_][A-Za-z0-9_]{0,127})(?P=quote)[ \t]{0,40}=[ \t]{0,40}"
    r"(?:\"(?P<double>[^\"\r\n]*+)\"|'(?P<single>[^'\r\n]*+)'|(?P<bare>[^\"'\r\n][^\r\n]*+|))[ \t]*\Z"
)
_FIELD = r"(?:[\d*A-Za-z][\w*,/\-]{0,60}|\*[\d/,\-]{0,60})"
_SCHEDULE = re.compile(rf"(?:@[a-z]{{3,20}}|{_FIELD}(?:[ \t]{{1,40}}{_FIELD}){{4}})[ \t]{{1,40}}(?=\S)")
_USER = re.compile(r"([a-z_][a-z0-9_.\-]{0,31})[ \t]{1,40}(?:/\S{0,200}/)?([A-Za-z0-9_.\-]{1,64})")
_PROGRAMS = {*CLIENTS, *OPERATIONS, *WRAPPERS, *SHELLS, *CONTAINERS, "cd", "test", "["}
_PLACE = (Evidence(Clue.PLACE, "environment of cron's commands"),)


def extract(source: SourceFile) -> Extraction:
    """Hosts in the variables and the commands of a crontab."""
    bindings: list[Binding] = []
    comments: list[Comment] = []
    commands = CommandText(source, Caller.ASKS)
    for line in _LINE.finditer(source.text):
        start, end = line.span(1)
        if text := _comment(line[1]):
            comments.append(Comment(source.span(start, start + len(text)), text, own_line=True))
        elif (variable := _VARIABLE.match(source.text, start, end)) is not None:
            place = variable.span(variable.lastgroup or 0)
            bindings.append(Binding(variable["name"], whole(source, *place).value(source)))
            commands.variable(variable["name"], place)
        elif (schedule := _SCHEDULE.match(source.text, start, end)) is not None:
            commands.line([(_behind_user(source.text, schedule.end(), end), end)])
            comments += signed_directives(source.data, [source.span(schedule.end(), end)], SHELL)
    found = [*references(bindings, Scope(evidence=_PLACE)), *commands.references()]
    return Extraction(tuple(sorted(merged(found), key=lambda ref: ref.slot.span.start)), comments=tuple(comments))


def _comment(line: str) -> str:
    return line.rstrip() if line.startswith("#") and "analyzer:" in line else ""


def _behind_user(text: str, start: int, end: int) -> int:
    """Where the command starts: a name before a program is the user's."""
    user = _USER.match(text, start, end)
    if user is None or (user[1] in _PROGRAMS and user[2] not in CLIENTS):
        return start
    programs = user[2] in _PROGRAMS or text[user.end(1) : user.start(2)].strip().startswith("/")
    return user.end(1) if programs else start
