"""JavaScript, TypeScript and what else Semgrep parses: one run of its engine over all files of a scan.

The rules are data (`rules/<language>/`); a further language is rules with a sample, and a row in the table of
formats. Knows no policy. A file that the engine did not read, or read in part, is a `Problem` of that file.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from analyzer.errors import RulesError
from analyzer.extract.semgrep.answer import (
    Answer,
    EngineDiedError,
    EngineUnusableError,
    Limits,
    Match,
    Trouble,
)
from analyzer.extract.semgrep.cli import ask_cli, probe_cli
from analyzer.extract.semgrep.core import ask_core, probe_core
from analyzer.extract.semgrep.match import match_references
from analyzer.extract.semgrep.rules import Rule, for_languages, load_rules, rules_directory
from analyzer.extract.semgrep.stage import Stage, Staged, Target, staged
from analyzer.extract.semgrep.unparsed import READ, unparsed_references
from analyzer.extract.strangers import heavy, sieve
from analyzer.model import Extraction, HostRef, Problem

__all__ = ["Target", "heavy", "scan", "sieve"]

_STAGE = "semgrep"
_DEAD = "Died"
_WORDS = {
    _DEAD: "the engine ended without an answer over this file",
    "Timeout": "the engine took too long over this file",
    "Out of memory": "the engine ran out of memory over this file",
    "Stack overflow": "nested too deep for the engine",
    **READ,
}
_PART = READ["PartialParsing"]  # all else of the file was read
_KIND = re.compile(r"[A-Za-z][A-Za-z -]{0,39}")
_OUTPUT = 1 << 28  # bytes; 0.4 kB a match

Ask = Callable[[Stage, Sequence[Staged], Sequence[Rule], Limits], Answer]


def scan(targets: Sequence[Target], *, jobs: int = 1, timeout: float = 10.0) -> dict[str, Extraction]:
    """References and problems by path, of each target and of the files beside it; one engine run for all.

    `timeout` is seconds for one file. Raises `RulesError` where neither the engine nor Semgrep's command line works.
    """
    light = [target for target in targets if not heavy(target.source.data)]
    rules = for_languages(load_rules(rules_directory()), {target.language for target in light})
    found = {target.source.path: _unread(target) for target in targets}
    return found | (_scan(light, rules, jobs, timeout) if rules and light else {})


def _unread(target: Target) -> Extraction:
    """What is said of a file that the engine is not asked about; nothing where there is no rule for it."""
    told = Problem(target.source.path, _STAGE, "too large for the engine, or minified: read as text", incomplete=False)
    return Extraction(problems=(told,) if heavy(target.source.data) else ())


def _scan(targets: Sequence[Target], rules: Sequence[Rule], jobs: int, timeout: float) -> dict[str, Extraction]:
    with staged(targets) as stage:
        answer, notes = _answer(stage, rules, jobs, timeout)
    known = {file.name for file in stage.files}
    refused = next((trouble for trouble in answer.troubles if trouble.file not in known), None)
    if refused is not None:
        rule = f"the rule {refused.rule}" if refused.rule else "a rule"
        raise RulesError(f"Semgrep refuses {rule}", "reinstall analyzer: its rules and its Semgrep do not fit together")
    return _extractions(stage.files, answer, {rule.id: rule for rule in rules}, notes)


def _answer(stage: Stage, rules: Sequence[Rule], jobs: int, timeout: float) -> tuple[Answer, list[Problem]]:
    """The engine's answer, or that of the command line with a note that it sees less."""
    try:
        return _ask_all(ask_core, probe_core, stage, rules, _limits(jobs, timeout)), []
    except EngineUnusableError:
        first = stage.files[0].target.source.path
        told = "read through Semgrep's command line, which does not follow constants into calls"
        note = Problem(first, _STAGE, told, incomplete=False)
    try:
        return _ask_all(ask_cli, probe_cli, stage, rules, _limits(jobs, timeout)), [note]
    except EngineUnusableError as error:
        raise RulesError(
            "Semgrep does not run", "install the version that analyzer asks for: semgrep==1.182.0"
        ) from error


def _ask_all(
    ask: Ask,
    probe: Callable[[Stage, Limits], None],
    stage: Stage,
    rules: Sequence[Rule],
    limits: Callable[[int], Limits],
) -> Answer:
    """Ask over all files; where the engine dies, over halves, until the file that it dies of stands alone."""
    answers: list[Answer] = []
    waiting: list[Sequence[Staged]] = [stage.files]
    probed = False
    while waiting:
        files = waiting.pop()
        try:
            answers.append(ask(stage, files, rules, limits(len(files))))
        except EngineDiedError:
            if not probed:
                probe(stage, limits(1))
                probed = True
            half = len(files) // 2
            if half:
                waiting += [files[:half], files[half:]]
            else:
                answers.append(Answer(troubles=(Trouble(_DEAD, files[0].name),), scanned=frozenset({files[0].name})))
    return _joined(answers)


def _limits(jobs: int, timeout: float) -> Callable[[int], Limits]:
    return lambda files: Limits(jobs, timeout, 6 * timeout + 0.5 * files, _OUTPUT)


def _joined(answers: Sequence[Answer]) -> Answer:
    return Answer(
        matches=tuple(match for answer in answers for match in answer.matches),
        troubles=tuple(trouble for answer in answers for trouble in answer.troubles),
        scanned=frozenset(name for answer in answers for name in answer.scanned),
    )


def _extractions(
    files: Sequence[Staged], answer: Answer, rules: Mapping[str, Rule], notes: Sequence[Problem]
) -> dict[str, Extraction]:
    matches: dict[str, list[Match]] = {}
    for match in answer.matches:
        matches.setdefault(match.file, []).append(match)
    found: dict[str, list[HostRef]] = {}
    problems: dict[str, list[Problem]] = {}
    for file in files:
        path = file.target.source.path
        problems[path] = [*_problems(file, answer), *(note for note in notes if note.path == path)]
        for place, refs in match_references(file, matches.get(file.name, ()), rules).items():
            found.setdefault(place, []).extend(refs)
        known = {ref.slot for ref in found.get(path, ())}
        unparsed = unparsed_references(file.target.source, (t for t in answer.troubles if t.file == file.name))
        found.setdefault(path, []).extend(ref for ref in unparsed if ref.slot not in known)
    paths = dict.fromkeys((*problems, *found))
    return {path: Extraction(tuple(found.get(path, ())), tuple(problems.get(path, ()))) for path in paths}


def _problems(file: Staged, answer: Answer) -> Iterator[Problem]:
    """One problem for each kind of trouble, at its first line."""
    path = file.target.source.path
    if file.name not in answer.scanned:
        yield Problem(path, _STAGE, "the engine did not read this file")
    lines: dict[str, int | None] = {}
    for trouble in answer.troubles:
        if trouble.file == file.name:
            lines.setdefault(_words(trouble.kind), trouble.line)
    yield from (Problem(path, _STAGE, said, line, incomplete=said != _PART) for said, line in lines.items())


def _words(kind: str) -> str:
    """What the engine's word for a trouble means; an unknown word is quoted only where it is a plain one."""
    known = _WORDS.get(kind)
    return known or f"the engine reports: {kind if _KIND.fullmatch(kind) else 'an unknown error'}"
