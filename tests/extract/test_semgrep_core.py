"""The engine as it is really run: its contract, its limits, its stage, and what happens when it fails."""

import contextlib
import os
import re
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import RulesError
from analyzer.extract import semgrep
from analyzer.extract.semgrep import cli as semgrepcli
from analyzer.extract.semgrep import core as semgrepcore
from analyzer.extract.semgrep.answer import Answer, EngineDiedError, EngineUnusableError, Limits, Trouble
from analyzer.extract.semgrep.core import TESTED, ask_core, encode_targets, find_core, probe_core, read_output
from analyzer.extract.semgrep.process import run_engine
from analyzer.extract.semgrep.rules import Rule, encode_rules
from analyzer.extract.semgrep.stage import Stage, Staged, Target, staged
from analyzer.model import Span
from analyzer.source import BOM, SourceFile

LIMITS = Limits(1, 10.0, 60.0, 1 << 24)
TEXT = b"// \xc3\xa9\r\nconst HOST = '10.0.0.121';\r\nconnect({ host: HOST });\r\n"


def target(data: bytes, path: str = "a.js") -> Target:
    return Target(SourceFile(path, data), "javascript")


def rule(**body) -> Rule:
    head = {"id": "x", "languages": ["javascript"], "severity": "INFO", "message": "m"}
    return Rule("x", ("javascript",), head | body, "host", client="x")


CONNECT = rule(pattern="connect({..., host: $HOST, ...})")


# ---- the contract


def test_the_tested_version_is_the_one_that_is_asked_for():
    project = Path(__file__).parents[2] / "pyproject.toml"
    pinned = re.search(r'"semgrep==([\d.]+)"', project.read_text())
    assert pinned
    assert {pinned[1]} == TESTED


def test_the_engine_is_the_one_of_the_installed_wheel(monkeypatch, tmp_path):
    fake = tmp_path / "semgrep-core"
    fake.write_text("#!/bin/sh\n")
    fake.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_core().parent.parent.name == "semgrep"


def test_the_json_has_the_fields_and_offsets_that_are_used():
    with staged([target(TEXT)]) as stage:
        stage.write("rules.json", encode_rules([CONNECT.body]))
        stage.write("targets.json", encode_targets(stage.files))
        told = msgspec.json.decode(run_engine(semgrepcore._command(find_core(), LIMITS), stage.directory, LIMITS))
    (result,) = told["results"]
    bound = result["extra"]["metavars"]["$HOST"]
    value = bound["propagated_value"]
    assert told["version"] in TESTED
    assert told["errors"] == []
    assert told["paths"]["scanned"] == ["000001.js"]
    assert (result["check_id"], result["path"]) == ("x", "000001.js")
    assert TEXT[result["start"]["offset"] : result["end"]["offset"]] == b"connect({ host: HOST })"
    assert TEXT[bound["start"]["offset"] : bound["end"]["offset"]] == b"HOST"
    assert TEXT[value["svalue_start"]["offset"] : value["svalue_end"]["offset"]] == b"'10.0.0.121'"


def test_a_match_comes_back_with_captures_and_definitions():
    with staged([target(TEXT)]) as stage:
        answer = ask_core(stage, stage.files, [CONNECT], LIMITS)
    (match,) = answer.matches
    at = TEXT.index(b"'10")
    assert match.captures["$HOST"].definition == Span(at, at + 12)
    assert answer.scanned == {"000001.js"}


def test_an_empty_task_is_answered():
    with staged([]) as stage:
        probe_core(stage, LIMITS)


OUTPUT = {"version": "1.182.0", "results": [], "errors": [], "paths": {"scanned": []}}


def test_bytes_that_are_not_utf8_do_not_spoil_an_answer():
    told = msgspec.json.encode(OUTPUT | {"message": "?"}).replace(b"?", b"\xe9")
    assert read_output(told) == Answer()


@pytest.mark.parametrize(
    "told",
    [
        OUTPUT | {"version": "9.9.9"},
        {"version": "1.182.0", "results": []},
        OUTPUT | {"results": [{"check_id": "x", "path": "a", "start": 1, "end": 2, "extra": {}}]},
        OUTPUT | {"paths": []},
        [],
    ],
)
def test_another_dialect_is_no_answer(told):
    with pytest.raises(EngineUnusableError):
        read_output(msgspec.json.encode(told))


FATAL = OUTPUT | {"errors": [{"error_type": "Fatal error", "severity": "error", "message": "secret"}]}


@pytest.mark.parametrize("output", [b"", b" \n", b'{"version": "1.18', msgspec.json.encode(FATAL)])
def test_a_broken_answer_is_a_dead_engine(output):
    with pytest.raises(EngineDiedError):
        read_output(output)


# ---- the process


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_the_environment_is_scrubbed(monkeypatch, tmp_path):
    for name in ("SEMGREP_APP_TOKEN", "GITHUB_TOKEN", "GIT_DIR", "LD_PRELOAD_X", "PYTHONPATH"):
        monkeypatch.setenv(name, "secret")
    code = "import os, json; print(json.dumps([dict(os.environ), os.getcwd()]))"
    environment, directory = msgspec.json.decode(run_engine(python(code), tmp_path, LIMITS))
    assert "secret" not in environment.values()
    assert environment["HOME"] == directory == str(tmp_path)
    assert environment["PATH"] == "/usr/bin:/bin"


@pytest.mark.parametrize(
    "code", ["import time; time.sleep(60)", "import os; os.kill(os.getpid(), 11)", "print('x' * 999)"]
)
def test_a_process_that_hangs_dies_or_says_too_much_is_ended(tmp_path, code):
    started = time.monotonic()
    with pytest.raises(EngineDiedError):
        run_engine(python(code), tmp_path, Limits(1, 1.0, 0.7, 500))
    assert time.monotonic() - started < 10


def test_what_the_process_started_ends_with_it(tmp_path):
    code = "import subprocess, time; print(subprocess.Popen(['sleep', '61.739']).pid, flush=True); time.sleep(60)"
    with pytest.raises(EngineDiedError):
        run_engine([*python(f"{code}"), "x"], tmp_path, Limits(1, 1.0, 0.7, 500))
    assert b"sleep\x0061.739\x00" not in set(_command_lines())


def _command_lines():
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            yield line.read_bytes()


def test_what_cannot_be_started_is_unusable(tmp_path):
    with pytest.raises(EngineUnusableError):
        run_engine([str(tmp_path / "none")], tmp_path, LIMITS)


# ---- the stage


def test_the_stage_is_private_neutral_and_gone_afterwards():
    targets = [target(BOM + b"a", "x/.semgrepignore"), target(b"\xff\n", "-rf.TSX"), target(b"", "a.b c")]
    with staged(targets) as stage:
        directory = stage.directory
        assert directory.stat().st_mode & 0o777 == 0o700
        assert [file.name for file in stage.files] == ["000001", "000002.tsx", "000003"]
        assert [(directory / file.name).read_bytes() for file in stage.files] == [b"a", b"x\n", b""]
        assert [file.shift for file in stage.files] == [3, 0, 0]
    assert not directory.exists()


def test_the_stage_lies_in_no_repository(monkeypatch, tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    with staged([target(b"")]) as stage:
        assert tmp_path not in stage.directory.parents


@given(st.binary(max_size=60))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_staged_bytes_are_utf8_and_keep_their_places(data):
    with staged([target(data)]) as stage:
        lying = (stage.directory / "000001.js").read_bytes()
    source = SourceFile("a.js", data)
    assert len(lying) == len(data) - source.bom
    assert all(a == b or b == ord("x") for a, b in zip(data[source.bom :], lying, strict=True))
    lying.decode()


# ---- what happens when it fails


@given(st.sets(st.integers(0, 20)), st.integers(1, 20))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_each_deadly_file_is_blamed_and_no_other(deadly, count):
    files = tuple(Staged(f"{i:06}", target(b"", f"{i}.js")) for i in range(count))
    stage = Stage(Path(os.devnull), files)

    def ask(_stage, asked, _rules, _limits):
        if any(int(file.name) in deadly for file in asked):
            raise EngineDiedError
        return Answer(scanned=frozenset(file.name for file in asked))

    answer = semgrep._ask_all(ask, lambda _stage, _limits: None, stage, [], semgrep._limits(1, 1.0))
    assert answer.scanned == {file.name for file in files}
    assert {trouble.file for trouble in answer.troubles} == {f"{i:06}" for i in deadly if i < count}


def test_a_file_that_takes_too_long_is_a_problem_and_the_others_are_read():
    hostile = target(b"x = " + b"[" * 100_000, "hostile.js")
    good = target(b"mongoose.connect('mongodb://10.0.0.120/app');\n", "good.js")
    found = semgrep.scan([hostile, good], timeout=1.5)
    assert [problem.path for problem in found["hostile.js"].problems] == ["hostile.js"]
    assert found["good.js"].problems == ()
    assert [ref.host for ref in found["good.js"].refs] == ["10.0.0.120"]


def test_a_file_that_was_not_read_is_a_problem():
    (file,) = (Staged("000001.js", target(b"")),)
    answer = Answer(troubles=(Trouble("Timeout", "000001.js", ((3, 3),)), Trouble("Timeout", "000001.js", ((9, 9),))))
    first, second = semgrep._problems(file, answer)
    assert first.message == "the engine did not read this file"
    assert (second.message, second.line) == ("the engine took too long over this file", 3)
    assert first.incomplete
    assert second.incomplete


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("Fixpoint timeout", "the engine reports: Fixpoint timeout"),
        ("postgres://app:hunter2@x", "the engine reports: an unknown error"),
        ("", "the engine reports: an unknown error"),
    ],
)
def test_only_plain_words_of_the_engine_are_quoted(kind, message):
    assert semgrep._words(kind) == message


def test_a_rule_that_the_engine_refuses_ends_the_run(monkeypatch, tmp_path):
    text = (
        "rules: [{id: bad, languages: [javascript], severity: INFO, message: m, pattern: 'f((', metadata: {role: dsn}}]"
    )
    (tmp_path / "bad.yaml").write_text(text)
    monkeypatch.setattr(semgrep, "rules_directory", lambda: tmp_path)
    with pytest.raises(RulesError, match="refuses the rule bad"):
        semgrep.scan([target(b"f()")])


def without_core() -> Path:
    raise EngineUnusableError("gone")


def test_without_any_semgrep_the_run_ends_with_a_hint(monkeypatch):
    def nothing(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(semgrepcore, "find_core", without_core)
    monkeypatch.setattr(semgrepcli, "distribution", nothing)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RulesError) as caught:
        semgrep.scan([target(b"f()")])
    assert "semgrep==1.182.0" in caught.value.hint


@pytest.mark.slow
def test_the_public_command_line_finds_the_same_but_for_flows(monkeypatch):
    text = b"""\xef\xbb\xbf// \xc3\xa9
const { Pool } = require('pg');
new Pool({ host: '10.0.0.121', port: 5432 }); // nosemgrep
const options = { host: process.env.PGHOST || '10.0.0.122', port: 5433 };
mongoose.connect(`mongodb://${user}@10.0.0.120/app`);
new Redis(6379, '10.0.0.123');
const { DB_HOST = '10.0.0.124', DB_PORT = 5434 } = process.env;
const HOST = '10.0.0.125';
new Pool({ host: HOST });
function broken( { { {

f(1);
"""
    targets = [target(text), target(b"fetch('http://10.0.0.121:8008');\n", ".hidden/b.min.js")]
    full = semgrep.scan(targets)
    monkeypatch.setattr(semgrepcore, "find_core", without_core)
    less = semgrep.scan(targets)
    assert [problem.incomplete for problem in less["a.js"].problems] == [False, False]
    assert less[".hidden/b.min.js"] == full[".hidden/b.min.js"]
    for one, other in zip(less["a.js"].refs, full["a.js"].refs, strict=True):
        assert (one.host, one.slot) == (other.host, other.slot)
        if not other.flow:
            assert (set(one.evidence), one.port, one.engine) == (set(other.evidence), other.port, other.engine)
