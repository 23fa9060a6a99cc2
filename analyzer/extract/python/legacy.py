"""Python 2 -> a tree of the file's own characters.

What only Python 2 understands is overwritten by as many characters that Python 3 reads: `print "x"` as `prin= "x"`. All
other characters keep their places, so that names, calls and literals are read as in any file. The rewriting knows no
strings: what it says about a file is for reading, never for editing.
"""

import re

from analyzer.extract.python import tree as pytree
from analyzer.extract.python.tree import Tree
from analyzer.source import SourceFile

_STATEMENT = re.compile(
    r"""
      (?<![\w.])print(?=[ \t]*["'`]|[ \t]+[\w{~\-]|[ \t]*>>)(?P<redirect>[ \t]{0,40}>>)?
    | (?<![\w.])(?P<exec>exec)(?=[ \t]+["'\w])
    | (?P<except>(?<![\w.])except[ \t]+(?:[\w.]{1,80}|\([^()\n]{1,200}\))[ \t]{0,8})
      (?P<name>,[ \t]{0,8}\w{1,40})(?=[ \t]{0,8}:)
    | (?P<raise>(?<![\w.])raise[ \t]+[\w.]{1,80}[ \t]{0,8}),
    | (?P<unequal><>)
    | (?P<octal>(?<![\w.])0(?=[0-7]{1,20}(?![\w.])))
    | (?P<long>(?<=\d)[lL](?!\w))
    | (?P<unicode>(?<!\w)[uU](?=[rR]["']))
    """,
    re.VERBOSE,
)


def parse(source: SourceFile) -> Tree | None:
    """The tree of a Python 2 file, or None where that is not what keeps it from being parsed."""
    return tree if isinstance(tree := pytree.parse(source, rewrite=_rewritten), Tree) else None


def _rewritten(text: str) -> str:
    return _STATEMENT.sub(_as_python_3, text)


def _as_python_3(found: re.Match[str]) -> str:
    """As many characters as were found."""
    whole = found[0]
    if found["name"]:
        return f"{found['except']}{' ' * len(found['name'])}"
    if found["raise"]:
        return f"{found['raise']}+"
    if found["unequal"]:
        return "!="
    if found["exec"]:
        return "exe="
    return f"prin={' ' * (len(whole) - 5)}" if whole.startswith("print") else " "
