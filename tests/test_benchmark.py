"""The short form of `python -m tests.benchmark`: a small tree, and peers that are wrong or broken."""

import json
import random
import resource
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.policy import load
from tests.benchmark.__main__ import main
from tests.benchmark.clock import Spread, run
from tests.benchmark.filler import filler
from tests.benchmark.programs import Answer, Program, answer_of, pattern_of
from tests.benchmark.rounds import Course, timed
from tests.benchmark.trees import CODE, QUIET, SETTINGS, made_up, trial
from tests.repositories import git
from tests.trees import FIXTURES, files

POLICY = FIXTURES / "failover" / "db-endpoints.yaml"
OWN = {
    "scan, 1 worker",
    "scan without a policy, 1 worker",
    "scan --diff, one new file",
    "scan of one .env",
    "scan of one .py",
}


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A folder on PATH that comes before all others."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return folder


def script(folder, name, text):
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


def measured(capsys, *arguments):
    code = main(["--runs=1", "--json", *map(str, arguments)])
    return code, json.loads(capsys.readouterr().out)


def test_sizes_medians_and_ratios_are_told(capsys):
    code, told = measured(capsys, "--files=40", f"--only={','.join(sorted(OWN))},grep,git grep")
    assert code == 0
    assert told["machine"]["cores"] >= 1
    (one,) = told["trees"]
    assert one["tree"]["files"] == 40
    assert 30_000 < one["tree"]["bytes"] < 2_000_000
    assert 1 <= one["tree"]["candidates"]["with a policy"] < 40
    rows = {row["name"]: row for row in one["programs"]}
    assert OWN | {"grep", "git grep"} <= rows.keys()
    for row in rows.values():
        least, middle, most = (row["seconds"][name] for name in ("least", "median", "most"))
        assert row["status"] == "timed"
        assert 0 < least == middle == most == row["runs"][0]
    ratios = {(ratio["program"], ratio["peer"]): ratio for ratio in one["ratios"]}
    assert {(name, peer) for name in OWN for peer in ("grep", "git grep")} <= ratios.keys()
    ours, its = (rows[name]["seconds"]["median"] for name in ("scan, 1 worker", "grep"))
    assert ratios["scan, 1 worker", "grep"]["median"] == ours / its
    assert {"with a policy", "without a policy"} == one["stages"].keys()
    assert one["stages"]["with a policy"]["judge"]["median"] > 0


def test_the_table_shows_wrong_and_broken_peers_and_no_times_of_them(tmp_path, capsys, programs):
    script(programs, "rg", "echo ./quiet.md")
    script(programs, "grep", "exit 2")
    script(programs, "ast-grep", "echo no JSON")
    tree = trial(tmp_path / "tree", "10.0.0.121")
    assert main(["--runs=1", "--only=scan of one .env,grep,ripgrep,ast-grep,git grep", str(tree)]) == 1
    lines = capsys.readouterr().out.split("\n")
    shown = {name: next(line for line in lines if line.startswith(name)) for name in ("grep", "ripgrep", "ast-grep")}
    assert "failed: on a trial tree of three files, it ended with 2" in shown["grep"]
    assert "failed: on a trial tree of three files, it named 2 files too few and 1 too many" in shown["ripgrep"]
    assert "failed: on a trial tree of three files, its output cannot be read" in shown["ast-grep"]
    (head,) = (line for line in lines if line.startswith("times as long as"))
    assert head.split()[4:] == ["git", "grep"]


def test_a_peer_that_errs_on_the_tree_alone_is_told(tmp_path, capsys, programs):
    script(programs, "rg", f"echo {SETTINGS}; echo {CODE}")
    tree = trial(tmp_path / "tree", "10.0.0.121")
    (tree / "more.txt").write_text("10.0.0.122\n")
    code, told = measured(capsys, "--only=ripgrep,scan of one .env", tree)
    (row,) = (row for row in told["trees"][0]["programs"] if not row["own"])
    assert (code, row["status"], row["why"]) == (1, "failed", "it named 1 files too few and 0 too many")
    assert not any(ratio["peer"] == "ripgrep" for ratio in told["trees"][0]["ratios"])


def test_what_is_not_there_is_told_with_how_to_have_it(tmp_path, capsys, monkeypatch):
    tree = trial(tmp_path / "tree", "10.0.0.121")
    (tree / "db-endpoints.yaml").write_bytes(POLICY.read_bytes())
    monkeypatch.setattr("shutil.which", lambda *_args, **_keywords: None)
    code, told = measured(capsys, "--only=detect-secrets,scan without,scan of one .env", tree)
    missing = {row["name"]: row["why"] for row in told["trees"][0]["programs"] if row["status"] == "missing"}
    assert missing == {
        "detect-secrets": "not installed: pip install detect-secrets",
        "scan without a policy": "the tree has a policy of its own",
    }
    assert code == 0


def test_all_run_in_turns_and_ratios_are_those_of_a_round():
    place = Path(sys.executable).parent
    one, two = (Program(name, (sys.executable, "-c", f"print({name!r})"), place, told, None, None) for name in "ab")
    wrong = replace(one, name="c", answer=Answer(frozenset({"d"}), frozenset({"d"})))
    rows = timed([one, two, wrong], place, Course(3, 60, {}, lambda _what: None))
    assert [(len(row.runs), row.fault) for row in rows[:2]] == [(3, ""), (3, "")]
    assert rows[2].fault == "it named 1 files too few and 1 too many"
    ratios = [mine.seconds / its.seconds for mine, its in zip(rows[0].runs, rows[1].runs, strict=True)]
    assert rows[0].slower_than(rows[1]) == Spread(sorted(ratios)[1], min(ratios), max(ratios))


def told(output):
    return frozenset(output.decode().split())


def test_a_program_that_does_not_end_is_ended():
    done = run([sys.executable, "-c", "import time; time.sleep(60)"], FIXTURES, 0.2, {})
    assert not done.ended
    assert done.code < 0


def test_processor_time_and_memory_are_those_of_the_program():
    done = run([sys.executable, "-c", "print(len(b'x' * 500_000_000))"], FIXTURES, 60, {})
    assert (done.output, done.code) == (b"500000000\n", 0)
    # What the kernel tells is at least the size of the process that asks, which is then nothing about the program.
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > 500_000_000
    assert done.peak is None if grown else 500_000_000 < done.peak < 1_000_000_000


def test_a_tree_is_made_up_the_same_each_time(tmp_path):
    one, other = made_up(tmp_path / "a", 60), made_up(tmp_path / "b", 60)
    assert files_of(one.root) == files_of(other.root)
    assert (len(one.listed), one.size) == (60, other.size)
    assert git(one.root, "status", "--porcelain") == b""


def files_of(root):
    return {path: data for path, data in files(root).items() if not path.startswith(".git/")}


def test_filler_holds_no_node():
    wanted = pattern_of_fixture().encode()
    made = [filler(random.Random(seed), seed) for seed in range(200)]
    assert {path.rsplit(".", 1)[1] for path, _ in made} >= {"go", "py", "yaml"}
    assert not any(part in data for _, data in made for part in wanted.replace(b"\\", b"").split(b"|"))


def pattern_of_fixture():
    return pattern_of(load(POLICY))


def test_peers_must_name_texts_and_may_name_others(tmp_path):
    tree = trial(tmp_path / "tree", "10.0.0.121")
    (tree / "image.bin").write_bytes(b"\0 10.0.0.121")
    answer = answer_of(tree, [SETTINGS, CODE, QUIET, "image.bin"], pattern_of_fixture())
    assert answer.must == {SETTINGS, CODE}
    assert answer.may == {SETTINGS, CODE, "image.bin"}
    assert answer.fits(answer.must)
    assert answer.fits(answer.may)
    assert not answer.fits(answer.may | {QUIET})
    assert not answer.fits(answer.must - {CODE})


@pytest.mark.parametrize("arguments", [["--policy=missing.yaml"], ["missing"], ["--only=nothing", "."]])
def test_what_cannot_be_measured_is_refused(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["--runs=1", *arguments]) == 2
    assert "benchmark: " in capsys.readouterr().err
