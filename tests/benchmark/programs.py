"""What is timed: programs that are asked about a tree and name files of it."""

import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from analyzer.model import Policy

_PLAIN = re.compile(r"[0-9A-Za-z.:_-]+")
Named = Callable[[bytes], frozenset[str]]


class NonsenseError(ValueError):
    """An output that is not what the program prints when it works."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The files that a program has to name, and those that it may."""

    must: frozenset[str]
    may: frozenset[str]

    def fits(self, named: frozenset[str]) -> bool:
        """Whether these are the files."""
        return self.must <= named <= self.may


@dataclass(frozen=True, slots=True)
class Program:
    """A command and where it runs. `named` reads its output; `answer` is what it has to name there, if that is known.

    `trial` is the same question about the small tree of `trees.trial`, which every program has to answer first.
    """

    name: str
    command: tuple[str, ...]
    place: Path
    named: Named
    answer: Answer | None
    trial: Answer | None
    codes: tuple[int, ...] = (0,)
    own: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A program that is not timed, and why or how to have it."""

    name: str
    why: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What all programs are asked: which of the `listed` files hold a node, the answer, and how many `jobs` may work.

    `scratch` is a folder for rules.
    """

    tree: Path
    scratch: Path
    pattern: str
    listed: frozenset[str]
    answer: Answer
    jobs: int


def pattern_of(policy: Policy) -> str:
    """The nodes of a policy as one regex that grep, Rust, Python and PCRE read alike; ranges and globs are left out.

    Raises ValueError where nothing is left.
    """
    nodes = [node for cluster in policy.clusters for node in cluster.nodes]
    texts = dict.fromkeys(text for node in nodes for text in (node.host, *node.names) if _PLAIN.fullmatch(text))
    texts = {text: None for text in texts if "-" not in text or not text[0].isdigit()}
    if not texts:
        raise ValueError("the policy names no node by a plain address or name, so nothing else can be asked for it")
    return "|".join(text.replace(".", r"\.") for text in texts)


def answer_of(tree: Path, listed: Iterable[str], pattern: str) -> Answer:
    """The listed files that hold a node; those that are no text may be left out."""
    wanted = re.compile(pattern.encode())
    must: set[str] = set()
    may: set[str] = set()
    for path in listed:
        file = tree / path
        data = b"" if file.is_symlink() else file.read_bytes()
        if wanted.search(data):
            may.add(path)
            must.update((path,) if _is_text(data) else ())
    return Answer(frozenset(must), frozenset(may))


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


def analyzer(*arguments: str) -> tuple[str, ...]:
    """The program of this checkout: what lies in the scanned folder cannot take its modules' place."""
    return (sys.executable, "-I", "-m", "analyzer", *arguments)


def reported(output: bytes) -> frozenset[str]:
    """The paths of the findings in the program's own JSON."""
    return frozenset(finding["path"] for finding in report(output)["findings"])


def report(output: bytes) -> dict:
    """The program's own JSON."""
    try:
        told = json.loads(output)
    except ValueError as error:
        raise NonsenseError from error
    if not isinstance(told, dict) or "summary" not in told:
        raise NonsenseError
    return told
