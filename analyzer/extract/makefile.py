r"""Makefiles: variables, and the commands of recipes that use them.

`$(NAME)` is what the shell writes as `${NAME}`, `$$` its `$`. Functions, conditions and rules are not followed.
https://www.gnu.org/software/make/manual/make.html
"""

import re
from collections.abc import Iterator

from analyzer.extract.commandtext import CommandText
from analyzer.extract.gathering.directivelines import directives
from analyzer.extract.gathering.leftovers import left_over
from analyzer.extract.gathering.merging import merged
from analyzer.extract.gathering.signed import SHELL, signed_directives
from analyzer.extract.keyed.bindings import Binding, Scope, references
from analyzer.extract.spelling.spelled import Run, whole
from analyzer.model import Extraction
from analyzer.source import SourceFile

_LINE = re.compile(r"(?P<text>(?>(?:[^\\\r\n]|\\\r\n|\\.)*))(?:\r\n|\r|\n|\Z)", re.DOTALL)
_VARIABLE = re.compile(
    r"[ ]{0,40}(?:[^\s:#=]{1,200}:[ ]{1,8})?(?:(?:export|override)[ \t]{1,8}){0,2}(?P<name>[A-Za-z_][\w.\-]{0,127})"
    r"[ \t]{0,40}(?:[?+!]|::?:?)?=[ \t]{0,40}(?P<value>[^\s#](?:[^\r\n#]|(?<!\s)#)*)?"
)
_QUOTED = re.compile(r"([\"'])(?P<within>[^\"'\r\n]*)\1\s*\Z")
_PREFIX = re.compile(r"\t[ \t@+\-]*")
_COMMENT = re.compile(r"[ ]{0,40}(#[^\r\n]*)")
_REFERENCE = re.compile(r"\$\((?P<name>[A-Za-z_]\w{0,127})\)|\$\$|\\\r?\n\t?")


def extract(source: SourceFile) -> Extraction:
    """Hosts in variables and recipes, and what a search finds in the rest."""
    bindings: list[Binding] = []
    comments: list[tuple[int, int]] = []
    code: list[tuple[int, int]] = []
    commands = CommandText(source)
    for line in _LINE.finditer(source.text):
        start, end = line.span("text")
        code.append((start, end))
        if prefix := _PREFIX.match(source.text, start, end):
            commands.spelled_line(_recipe(source.text, prefix.end(), end))
        elif _COMMENT.match(source.text, start, end):
            comments.append(code.pop())
        elif (variable := _VARIABLE.match(source.text, start, end)) and variable["value"]:
            place = _value(variable)
            bindings.append(Binding(variable["name"], whole(source, *place).value(source)))
            commands.variable(variable["name"], place)
    found = merged([*references(bindings, Scope()), *commands.references()])
    known = [*(ref.slot.span for ref in found), *(source.span(*place) for place in comments)]
    found += left_over(source, known)
    told = [
        *directives(source.data, (source.span(*place) for place in comments)),
        *signed_directives(source.data, (source.span(*place) for place in code), SHELL),
    ]
    return Extraction(refs=tuple(sorted(found, key=lambda ref: ref.slot.span.start)), comments=tuple(told))


def _value(variable: re.Match[str]) -> tuple[int, int]:
    """The place of a value; quotes are the shell's, around a whole value they are left out."""
    start, end = variable.span("value")
    end = start + len(variable["value"].rstrip())
    quoted = _QUOTED.match(variable.string, start, end)
    return quoted.span("within") if quoted else (start, end)


def _recipe(text: str, start: int, end: int) -> Iterator[Run]:
    """A recipe's line as the shell gets it."""
    at = start
    for found in _REFERENCE.finditer(text, start, end):
        yield Run(text[at : found.start()], at, found.start())
        shell = f"${{{found['name']}}}" if found["name"] else "$" if found.group() == "$$" else " "
        yield Run(shell, *found.span(), verbatim=False)
        at = found.end()
    yield Run(text[at:end], at, end)
