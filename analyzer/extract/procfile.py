"""Procfiles: a name and the command line of a process on each line.

https://devcenter.heroku.com/articles/procfile
"""

import re

from analyzer.extract.commandtext import CommandText
from analyzer.extract.gathering.signed import SHELL, signed_directives
from analyzer.model import Comment, Extraction
from analyzer.source import SourceFile

_LINE = re.compile(r"(?P<comment>[ \t]*\#[^\r\n]*)|[A-Za-z0-9_\-]{1,64}:[ \t]*(?P<command>[^\r\n]+)|[^\r\n]+")


def extract(source: SourceFile) -> Extraction:
    """Hosts in the commands of a Procfile, the variables before them included."""
    commands = CommandText(source)
    comments: list[Comment] = []
    for line in _LINE.finditer(source.text):
        if line["command"]:
            commands.line([line.span("command")])
            comments += signed_directives(source.data, [source.span(*line.span("command"))], SHELL)
        elif line["comment"] and "analyzer:" in line["comment"]:
            comments.append(Comment(source.span(*line.span()), line.group(), own_line=True))
    return Extraction(tuple(commands.references()), comments=tuple(comments))
