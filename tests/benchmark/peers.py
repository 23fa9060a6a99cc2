"""The programs beside which ours is timed. Each is asked in its own way which files hold a node of the policy.

`grep` and its kin answer the question that a guard in cron asks; the scanners of code do a part of what ours does.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmark.programs import Answer, Missing, Named, NonsenseError, Program, Question
from tests.benchmark.trees import CODE, SETTINGS

_BOTH = frozenset({SETTINGS, CODE})
_STRINGS = {  # what ast-grep calls a literal
    "Go": "interpreted_string_literal",
    "Java": "string_literal",
    "JavaScript": "string",
    "Php": "string",
    "Python": "string",
    "TypeScript": "string",
}


@dataclass(frozen=True, slots=True)
class Peer:
    """A row: the `program` on PATH or beside this Python, its arguments, and how to have it.

    `exact`: it searches every text for the pattern, so which files it names is known. `finds` are the files of the
    trial tree that it names.
    """

    name: str
    program: str
    arguments: Callable[[Question], tuple[str, ...]]
    named: Named
    how: str
    codes: tuple[int, ...] = (0,)
    exact: bool = True
    finds: frozenset[str] = _BOTH


def found(peer: Peer, question: Question) -> Program | Missing:
    """The peer as it is installed here."""
    beside = Path(sys.executable).parent
    program = shutil.which(peer.program) or shutil.which(peer.program, path=str(beside))
    if program is None:
        return Missing(peer.name, f"not installed: {peer.how}")
    command = (program, *peer.arguments(question))
    answer = question.answer if peer.exact else None
    return Program(peer.name, command, question.tree, peer.named, answer, Answer(peer.finds, peer.finds), peer.codes)


def _lines(output: bytes) -> frozenset[str]:
    return frozenset(_below(line) for line in output.decode("utf-8", "surrogateescape").split("\n") if line)


def _below(path: str) -> str:
    return path.removeprefix("./")


def _semgrep_rule(question: Question) -> tuple[str, ...]:
    rule = {
        "id": "node",
        "languages": ["regex"],
        "message": "a node",
        "severity": "ERROR",
        "pattern-regex": question.pattern,
    }
    path = question.scratch / "semgrep.json"
    path.write_text(json.dumps({"rules": [rule]}))
    return (
        *("scan", "--json", "--quiet", "--metrics=off", "--disable-version-check", "--jobs", str(question.jobs)),
        *("--x-ignore-semgrepignore-files", "--max-target-bytes", "0", "--config", str(path), "."),
    )


def _semgrep_named(output: bytes) -> frozenset[str]:
    return frozenset(_below(result["path"]) for result in _parsed(output, "results"))


def _ast_grep_rules(question: Question) -> tuple[str, ...]:
    rules = [
        {"id": f"node-{language}", "language": language, "rule": {"kind": kind, "regex": question.pattern}}
        for language, kind in _STRINGS.items()
    ]
    ignored = ("hidden", "dot", "exclude", "global", "parent", "vcs")
    unignored = (argument for name in ignored for argument in ("--no-ignore", name))
    inline = "\n---\n".join(json.dumps(rule) for rule in rules)
    return ("scan", "--json=compact", *unignored, "--threads", str(question.jobs), "--inline-rules", inline, ".")


def _ast_grep_named(output: bytes) -> frozenset[str]:
    return frozenset(_below(match["file"]) for match in _parsed(output, ""))


def _secrets_named(output: bytes) -> frozenset[str]:
    return frozenset(map(_below, _parsed(output, "results")))


def _parsed(output: bytes, key: str) -> Iterator:
    try:
        told = json.loads(output)
        return iter(told[key] if key else told)
    except (ValueError, LookupError, TypeError) as error:
        raise NonsenseError from error


def _git_grep(question: Question) -> tuple[str, ...]:
    inside = (question.tree / ".git").exists()
    place = ("--untracked",) if inside else ("--no-index",)
    return ("-c", "core.fsmonitor=false", "grep", "-lIE", *place, "-e", question.pattern)


PEERS = (
    Peer(
        "grep",
        "grep",
        lambda question: ("-rlIE", "--exclude-dir=.git", "-e", question.pattern, "."),
        _lines,
        "apt-get install grep",
        codes=(0, 1),
    ),
    Peer("git grep", "git", _git_grep, _lines, "apt-get install git", codes=(0, 1)),
    Peer(
        "ripgrep",
        "rg",
        lambda question: ("-l", "--hidden", "--no-ignore", "--glob=!.git", "-e", question.pattern, "."),
        _lines,
        "apt-get install ripgrep, or pip install ripgrep",
        codes=(0, 1),
    ),
    Peer("semgrep", "semgrep", _semgrep_rule, _semgrep_named, "scripts/install"),
    Peer(
        "ast-grep",
        "ast-grep",
        _ast_grep_rules,
        _ast_grep_named,
        "pip install ast-grep-cli",
        codes=(0, 1),
        exact=False,
        finds=frozenset({CODE}),
    ),
    Peer(
        "detect-secrets",
        "detect-secrets",
        lambda _question: ("scan", "--all-files", "."),
        _secrets_named,
        "pip install detect-secrets",
        exact=False,
        finds=frozenset({SETTINGS}),
    ),
)
