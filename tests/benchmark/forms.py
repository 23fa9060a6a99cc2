"""The ways in which our program is used, as they are timed."""

import subprocess
from pathlib import Path

from analyzer.policy import NAMES
from tests.benchmark.programs import Answer, Missing, Program, Question, analyzer, reported
from tests.benchmark.trees import CHANGE, CODE, SETTINGS, changed

_COUNTED = ("--format=json", "--fail-on=never")
_STRANGERS = "scan without a policy"


def forms(question: Question, policy: Path, host: str) -> list[Program | Missing]:
    """Scans of the whole tree, of one file, and of a change. `host` is a node that the policy declares."""
    judged = ("scan", *_COUNTED, f"--policy={policy}")
    jobs = {f"{question.jobs} workers": str(question.jobs), "1 worker": "1"} if question.jobs > 1 else {"1 worker": "1"}
    found: list[Program | Missing] = [
        _tree(f"scan, {words}", question, *judged, f"--jobs={number}") for words, number in jobs.items()
    ]
    if any((question.tree / name).exists() for name in NAMES):
        found.append(Missing(_STRANGERS, "the tree has a policy of its own", own=True))
    else:
        plain = ("scan", *_COUNTED)
        found += [
            _tree(f"{_STRANGERS}, {words}", question, *plain, f"--jobs={number}") for words, number in jobs.items()
        ]
    found.append(_change(question, judged, host))
    trial = question.scratch / "trial"
    for name, words in ((SETTINGS, "scan of one .env"), (CODE, "scan of one .py")):
        answer = Answer(frozenset({name}), frozenset({name}))
        found.append(Program(words, analyzer(*judged, name), trial, reported, answer, None, own=True))
    return found


def _tree(name: str, question: Question, *arguments: str) -> Program:
    both = frozenset({SETTINGS, CODE})
    # With nothing declared a made-up address is a stranger: the same places are told, by another rule.
    return Program(name, analyzer(*arguments, "."), question.tree, reported, None, Answer(both, both), (0, 3), own=True)


def _change(question: Question, judged: tuple[str, ...], host: str) -> Program | Missing:
    name = "scan --diff, one new file"
    if not (question.tree / ".git").exists():
        return Missing(name, "the tree is not the top of a git checkout", own=True)
    try:
        place = changed(question.tree, question.scratch / "changed", host)
    except subprocess.CalledProcessError:
        return Missing(name, "git does not clone the tree", own=True)
    answer = Answer(frozenset({CHANGE}), frozenset({CHANGE}))
    return Program(name, analyzer(*judged, "--diff=HEAD", "."), place, reported, answer, None, (0, 3), own=True)
