"""Runs Semgrep's public command line where `semgrep-core` cannot be used.

Its JSON leaves metavariables out, so every rule is asked once more for each of its metavariables, focused on it, and
the ranges are put together again by what encloses what. Where a constant is defined it does not tell.
JSON: https://semgrep.dev/docs/semgrep-appsec-platform/json-and-sarif
"""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import msgspec

from analyzer.extract.semgrep.answer import (
    Answer,
    Capture,
    EngineDiedError,
    EngineUnusableError,
    Limits,
    Match,
    Trouble,
)
from analyzer.extract.semgrep.process import run_engine
from analyzer.extract.semgrep.rules import METAVARIABLES, Rule, encode_rules
from analyzer.extract.semgrep.stage import Stage, Staged
from analyzer.model import Span

_RULES = "rules.json"
_FOCUS = "focus-metavariable"
_FORMULAS = ("pattern", "pattern-either", "pattern-regex")
_START_UP = 60.0  # seconds that the command line may take beyond the engine
Ranges = dict[str, list[Span]]


class _Place(msgspec.Struct):
    offset: int
    line: int


class _Result(msgspec.Struct):
    check_id: str
    path: str
    start: _Place
    end: _Place


class _Found(msgspec.Struct):
    start: _Place
    end: _Place


class _Error(msgspec.Struct):
    type: str | list[msgspec.Raw]
    path: str = ""
    spans: list[_Found] = []


class _Paths(msgspec.Struct):
    scanned: list[str]


class CliOutput(msgspec.Struct):
    """The fields of the public JSON that are used."""

    results: list[_Result]
    errors: list[_Error]
    paths: _Paths


def find_cli() -> list[str]:
    """The command of the installed distribution, run by this Python without the user's paths; `PATH` comes last."""
    try:
        files = distribution("semgrep").files or []
    except PackageNotFoundError:
        files = []
    script = next(
        (Path(str(f.locate())).resolve() for f in files if f.name == "semgrep" and f.parent.name == "bin"), None
    )
    if script and script.is_file():
        return [sys.executable, "-I", str(script)]
    found = shutil.which("semgrep")
    if found is None:
        raise EngineUnusableError("semgrep is not installed")
    return [found]


def ask_cli(stage: Stage, files: Sequence[Staged], rules: Sequence[Rule], limits: Limits) -> Answer:
    """Run the rules over some files of the stage."""
    stage.write(_RULES, encode_rules([body for rule in rules for body in focused_rules(rule)]))
    patient = Limits(limits.jobs, limits.timeout, limits.wall + _START_UP, limits.output)
    return read_output(run_engine(_command(files, limits), stage.directory, patient), rules)


def probe_cli(stage: Stage, limits: Limits) -> None:
    """Raise `EngineUnusableError` unless the command line starts and answers."""
    patient = Limits(limits.jobs, limits.timeout, limits.wall + _START_UP, limits.output)
    command = [*find_cli(), "--version", "--disable-version-check"]
    try:
        run_engine(command, stage.directory, patient)
    except EngineDiedError as error:
        raise EngineUnusableError("semgrep does not start") from error


def focused_rules(rule: Rule) -> Iterator[dict[str, object]]:
    """The rule as it is, and once for each metavariable that it binds, under `id.METAVARIABLE`."""
    body = {key: value for key, value in rule.body.items() if key not in ("patterns", *_FORMULAS)}
    formula = [f for f in _formula(rule.body) if not isinstance(f, Mapping) or _FOCUS not in f]
    text = msgspec.json.encode(formula).decode()
    yield {**body, "id": rule.id, "patterns": formula}
    for name in METAVARIABLES[rule.role]:
        if name in text:
            yield {**body, "id": f"{rule.id}.{name[1:]}", "patterns": [*formula, {_FOCUS: name}]}


def read_output(output: bytes, rules: Sequence[Rule]) -> Answer:
    """The answer in the public JSON."""
    try:
        told = msgspec.json.decode(output.decode("utf-8", "replace"), type=CliOutput)
    except msgspec.ValidationError as error:
        raise EngineUnusableError("semgrep speaks another dialect") from error
    except msgspec.DecodeError as error:
        raise EngineDiedError from error
    ranges: dict[str, Ranges] = {}
    for result in told.results:
        span = Span(result.start.offset, result.end.offset)
        ranges.setdefault(result.path, {}).setdefault(result.check_id, []).append(span)
    matches = (m for path, found in ranges.items() for rule in rules for m in _matches(path, rule, found))
    return Answer(tuple(matches), tuple(map(_trouble, told.errors)), frozenset(told.paths.scanned))


def _command(files: Sequence[Staged], limits: Limits) -> list[str]:
    return [
        *find_cli(),
        *("scan", "--json", "--metrics=off", "--disable-version-check", "--disable-nosem", "--no-git-ignore"),
        *("--x-ignore-semgrepignore-files", "--scan-unknown-extensions", "--max-target-bytes", "0"),
        *("--jobs", str(limits.jobs), "--timeout", str(max(1, round(limits.timeout)))),
        *("--timeout-threshold", "1"),
        *("--config", _RULES),
        *(file.name for file in files),
    ]


def _formula(body: Mapping[str, object]) -> list[object]:
    patterns = body.get("patterns")
    if isinstance(patterns, list):
        return patterns
    return [{key: body[key]} for key in _FORMULAS if key in body]


def _matches(path: str, rule: Rule, found: Mapping[str, list[Span]]) -> Iterator[Match]:
    """The matches of one rule in one file: each captured range belongs to the smallest match around it."""
    wholes = sorted(found.get(rule.id, ()), key=lambda span: (span.end - span.start, span.start))
    captured: dict[Span, Ranges] = {whole: {} for whole in wholes}
    for name in METAVARIABLES[rule.role]:
        for span in sorted(found.get(f"{rule.id}.{name[1:]}", ()), key=lambda span: span.start):
            whole = next((w for w in wholes if w.start <= span.start and span.end <= w.end), None)
            if whole is not None:
                captured[whole].setdefault(name, []).append(span)
            elif name == METAVARIABLES[rule.role][0] != "$KEY":
                yield Match(rule.id, path, span, {name: Capture(span)})
    for whole, ranges in captured.items():
        for number in range(max(1, *(len(spans) for spans in ranges.values()), 1)):
            own = {name: Capture(spans[number]) for name, spans in ranges.items() if number < len(spans)}
            yield Match(rule.id, path, whole, own)


def _trouble(error: _Error) -> Trouble:
    kind = error.type if isinstance(error.type, str) else msgspec.json.decode(error.type[0], type=str)
    return Trouble(kind, error.path, tuple((part.start.line, part.end.line) for part in error.spans))
