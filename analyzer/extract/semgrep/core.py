"""Runs the engine that the `semgrep` wheel carries, `semgrep-core`, without Semgrep's own command line.

Ten times faster than the command line, and it tells what metavariables are bound to. Its arguments and JSON are no
public interface: they are pinned to the versions in `TESTED`; another version is `EngineUnusableError`. Types:
https://github.com/semgrep/semgrep-interfaces/blob/main/semgrep_output_v1.atd (core_output)
"""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
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
from analyzer.extract.semgrep.rules import Rule, encode_rules
from analyzer.extract.semgrep.stage import Stage, Staged
from analyzer.model import Span

TESTED = frozenset({"1.182.0"})
_RULES, _TARGETS = "rules.json", "targets.json"
_MEMORY = 3000  # MiB for the whole engine


class _Place(msgspec.Struct):
    offset: int
    line: int


class _Definition(msgspec.Struct):
    svalue_start: _Place | None = None
    svalue_end: _Place | None = None


class _Bound(msgspec.Struct):
    start: _Place
    end: _Place
    propagated_value: _Definition | None = None


class _Extra(msgspec.Struct):
    metavars: dict[str, _Bound]


class _Result(msgspec.Struct):
    check_id: str
    path: str
    start: _Place
    end: _Place
    extra: _Extra


class _Location(msgspec.Struct):
    path: str
    start: _Place
    end: _Place


class _Error(msgspec.Struct):
    error_type: str | list[msgspec.Raw]
    location: _Location | None = None
    rule_id: str = ""


class _Paths(msgspec.Struct):
    scanned: list[str]


class CoreOutput(msgspec.Struct):
    """The fields of the engine's JSON that are used; the contract that a version must keep."""

    version: str
    results: list[_Result]
    errors: list[_Error]
    paths: _Paths


def find_core() -> Path:
    """The engine in the installed wheel; `PATH` is not searched."""
    spec = find_spec("semgrep")
    folders = spec.submodule_search_locations if spec else None
    names = ("semgrep-core", "semgrep-core.exe")
    candidates = [Path(folder, "bin", name) for folder in folders or () for name in names]
    found = next((path for path in candidates if path.is_file()), None)
    if found is None:
        raise EngineUnusableError("semgrep-core is not installed")
    return found


def ask_core(stage: Stage, files: Sequence[Staged], rules: Sequence[Rule], limits: Limits) -> Answer:
    """Run the rules over some files of the stage."""
    stage.write(_RULES, encode_rules([rule.body for rule in rules]))
    stage.write(_TARGETS, encode_targets(files))
    return read_output(run_engine(_command(find_core(), limits), stage.directory, limits))


def probe_core(stage: Stage, limits: Limits) -> None:
    """Raise `EngineUnusableError` unless the engine answers to an empty task."""
    try:
        ask_core(stage, (), (), limits)
    except EngineDiedError as error:
        raise EngineUnusableError("semgrep-core ends without an answer") from error


def encode_targets(files: Sequence[Staged]) -> bytes:
    """The list of files in the engine's JSON (`Target.atd`)."""
    return msgspec.json.encode(["Targets", [["CodeTarget", _code_target(file)] for file in files]])


def read_output(output: bytes) -> Answer:
    """The answer in the engine's JSON, which may quote bytes of the files that are not UTF-8."""
    if not output.strip():
        raise EngineDiedError
    try:
        told = msgspec.json.decode(output.decode("utf-8", "replace"), type=CoreOutput)
    except msgspec.ValidationError as error:
        raise EngineUnusableError("semgrep-core speaks another dialect") from error
    except msgspec.DecodeError as error:
        raise EngineDiedError from error
    if told.version not in TESTED:
        raise EngineUnusableError("semgrep-core has a version that was not tested")
    troubles = tuple(_trouble(error) for error in told.errors)
    if any(trouble.kind == "Fatal error" for trouble in troubles):
        raise EngineDiedError
    return Answer(
        matches=tuple(_match(result) for result in told.results),
        troubles=troubles,
        scanned=frozenset(told.paths.scanned),
    )


def _command(core: Path, limits: Limits) -> list[str]:
    return [
        str(core),
        "-json_nodots",
        *("-rules", _RULES),
        *("-targets", _TARGETS),
        *("-j", str(limits.jobs)),
        "-fast",
        *("-timeout", f"{limits.timeout:.3f}"),
        *("-timeout_threshold", "1"),  # the first rule that takes longer ends the file
        *("-max_memory", str(_MEMORY)),
    ]


def _code_target(file: Staged) -> dict[str, object]:
    path = {"fpath": file.name, "ppath": f"/{file.name}"}
    return {"path": path, "analyzer": file.target.language, "products": ["sast"]}


def _match(result: _Result) -> Match:
    return Match(result.check_id, result.path, _span(result.start, result.end), _captures(result.extra.metavars))


def _captures(metavars: Mapping[str, _Bound]) -> dict[str, Capture]:
    """By name; `$...HOST`, all arguments from one on, counts as `$HOST`."""
    captures = ((name, Capture(_span(bound.start, bound.end), _definition(bound))) for name, bound in metavars.items())
    return {name.replace("$...", "$"): capture for name, capture in captures}


def _definition(bound: _Bound) -> Span | None:
    value = bound.propagated_value
    if value is None or value.svalue_start is None or value.svalue_end is None:
        return None
    return _span(value.svalue_start, value.svalue_end)


def _trouble(error: _Error) -> Trouble:
    """The engine's word for the kind of an error; the message beside it may quote the file."""
    kind = error.error_type if isinstance(error.error_type, str) else _word(error.error_type)
    place = error.location
    parts = _parts(error.error_type) or ([place] if place else [])
    lines = tuple((part.start.line, part.end.line) for part in parts)
    return Trouble(kind, place.path if place else "", lines, error.rule_id)


def _parts(told: str | list[msgspec.Raw]) -> list[_Location]:
    """The parts of a file that an error is about: `["PartialParsing", [...]]`."""
    try:
        return msgspec.json.decode(told[1], type=list[_Location]) if not isinstance(told, str) and told[1:] else []
    except msgspec.ValidationError:
        return []


def _word(parts: Sequence[msgspec.Raw]) -> str:
    try:
        return msgspec.json.decode(parts[0], type=str) if parts else ""
    except msgspec.ValidationError:
        return ""


def _span(start: _Place, end: _Place) -> Span:
    return Span(start.offset, end.offset)
