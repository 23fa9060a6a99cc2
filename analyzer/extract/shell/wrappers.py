"""Where the inner command starts behind a program that runs others: `sudo`, `timeout`, `docker exec`."""

from collections.abc import Sequence

from analyzer.extract.shell.clients import CLIENTS
from analyzer.extract.shell.commands import SHELLS, WRAPPERS
from analyzer.extract.shell.script import assignment
from analyzer.extract.shell.sites import program_name
from analyzer.extract.shell.words import Word
from analyzer.hosts import HOLE


def wrapped_at(words: Sequence[Word]) -> int:
    """The index of the word where the command behind a wrapper starts; the first word is the wrapper."""
    wrapper = WRAPPERS[program_name(words[0])]
    at, operands = 1, wrapper.operands
    while at < len(words):
        text = words[at].text
        if text == "--":
            return at + 1
        if text.startswith("-"):
            at += 2 if text in wrapper.options else 1
        elif operands and assignment(words[at]) is None:
            operands -= 1
            at += 1
        else:
            break
    return at


def contained_at(words: Sequence[Word]) -> int:
    """Where the command in a container starts: behind `--`, or at the last of the first known programs in a row.

    `docker exec mysql mysql -h ...`: the container is called mysql, too.
    """
    for index, word in enumerate(words[1:], 1):
        if word.text == "--":
            return index + 1
    known = [_runs_inside(word) for word in words]
    return next((i for i in range(1, len(words)) if known[i] and not any(known[i + 1 : i + 2])), len(words))


def _runs_inside(word: Word) -> bool:
    plain = "/" not in word.text or word.text.startswith("/")
    return plain and HOLE not in word.text and (program_name(word) in CLIENTS or program_name(word) in SHELLS)
