"""Every rule has a sample with what it must match and what not, and keeps the conventions of the adapter."""

import os
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from analyzer.errors import RulesError
from analyzer.extract import FORMATS
from analyzer.extract.semgrep.answer import Limits
from analyzer.extract.semgrep.cli import find_cli
from analyzer.extract.semgrep.core import ask_core
from analyzer.extract.semgrep.rules import METAVARIABLES, load_rules, read_rules, rules_directory
from analyzer.extract.semgrep.stage import Target, staged
from analyzer.source import SourceFile

RULES = rules_directory()
FILES = sorted(RULES.rglob("*.yaml"))
ALL = load_rules(RULES)
ANNOTATION = re.compile(r"\s*(?://|#)\s*(ruleid|ok):\s*([\w, -]+)")


def sample_of(rules: Path) -> Path:
    beside = [path for path in rules.parent.glob(f"{rules.stem}.*") if path.suffix != ".yaml"]
    assert len(beside) == 1, f"{rules.name} needs one annotated sample, has {len(beside)}"
    return beside[0]


def annotations(sample: Path, kind: str) -> dict[str, set[int]]:
    """Rule -> 1-based lines: each annotation speaks of the line behind it."""
    found = defaultdict(set)
    for number, line in enumerate(sample.read_text().split("\n"), 2):
        match = ANNOTATION.match(line)
        if match and match[1] == kind:
            for rule in match[2].split(","):
                found[rule.strip()].add(number)
    return found


def language_of(sample: Path) -> str:
    return next(row.semgrep for row in FORMATS if row.semgrep and f"*{sample.suffix}" in row.globs)


@pytest.fixture(scope="module")
def matched() -> dict[tuple[str, str], set[int]]:
    """(sample, rule) -> lines where the engine matches, by one run over all samples."""
    samples = [sample_of(path) for path in FILES]
    targets = [Target(SourceFile(s.name, s.read_bytes()), language_of(s)) for s in samples]
    with staged(targets) as stage:
        answer = ask_core(stage, stage.files, ALL, Limits(1, 10.0, 60.0, 1 << 26))
        sources = {file.name: file.target.source for file in stage.files}
    assert answer.troubles == ()
    lines = defaultdict(set)
    for match in answer.matches:
        source = sources[match.file]
        lines[source.path, match.rule].add(source.position(match.span.start).line)
    return lines


@pytest.mark.parametrize("rules", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_sample_is_matched_where_it_says_and_nowhere_else(rules, matched):
    sample = sample_of(rules)
    wanted, silent = annotations(sample, "ruleid"), annotations(sample, "ok")
    read = {rule.id: rule for rule in read_rules(rules)}
    assert set(wanted) | set(silent) == set(read), "each rule is annotated, and no other"
    for name, rule in read.items():
        least = 3 if rule.client else 1
        assert len(wanted[name]) >= least, f"{name} has too little to match"
        assert len(silent[name]) >= least, f"{name} has too little to leave alone"
        assert matched[sample.name, name] == wanted[name], name


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_a_rule_keeps_the_conventions(rule):
    text = str(rule.body)
    assert rule.body["severity"] == "INFO"
    assert "fix" not in rule.body
    assert "fix-regex" not in rule.body
    assert "$" not in rule.body["message"]
    # what such a clause binds comes back with offsets that belong to no file
    assert "metavariable-pattern" not in text
    assert rule.id.split("-")[0] == rule.languages[0]
    if rule.role in {"host", "url"}:
        assert METAVARIABLES[rule.role][0].lstrip("$") in text
    if rule.role == "key":
        assert "VALUE" in text
    if rule.role == "host":
        assert bool(rule.client) != bool(rule.operation)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rules_name_no_host(path):
    text = path.read_text()
    assert not re.search(r"\d{1,3}\.\d{1,3}\.\d", text)
    assert "localhost" not in text


def test_ids_are_unique():
    ids = [rule.id for rule in ALL]
    assert len(ids) == len(set(ids))


def test_every_language_of_a_format_has_rules():
    assert {row.semgrep for row in FORMATS if row.semgrep} <= {name for rule in ALL for name in rule.languages}


def test_rules_are_found_in_a_wheel_and_in_a_checkout(tmp_path):
    package = tmp_path / "analyzer"
    package.mkdir()
    with pytest.raises(RulesError, match="missing"):
        rules_directory(package)
    (tmp_path / "rules").mkdir()
    assert rules_directory(package) == tmp_path / "rules"
    (package / "rules").mkdir()
    assert rules_directory(package) == package / "rules"


GOOD = {
    "id": "javascript-x",
    "languages": ["javascript"],
    "severity": "INFO",
    "message": "m",
    "pattern": "f($HOST)",
    "metadata": {"role": "host", "engine": "redis", "client": "x"},
}


def test_a_rule_is_read_without_its_metadata(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(yaml.safe_dump({"rules": [GOOD]}))
    (rule,) = read_rules(path)
    assert (rule.id, rule.role, rule.engine, rule.client) == ("javascript-x", "host", "redis", "x")
    assert "metadata" not in rule.body


@pytest.mark.parametrize(
    "change",
    [
        {"metadata": {"role": "guess"}},
        {"metadata": {"role": "host", "engine": "dbase"}},
        {"metadata": {"role": "host", "host": "x"}},
        {"metadata": {}},
        {"languages": "javascript"},
        {"id": 1},
    ],
)
def test_a_rule_with_wrong_metadata_is_refused_by_name(tmp_path, change):
    path = tmp_path / "broken.yaml"
    path.write_text(yaml.safe_dump({"rules": [GOOD | change]}))
    with pytest.raises(RulesError, match=r"broken\.yaml"):
        read_rules(path)


@pytest.mark.parametrize("text", ["", "rules: 1", "rules: [1]", "- x", "rules: [\n", "other: []"])
def test_a_file_that_holds_no_rules_is_refused_by_name(tmp_path, text):
    path = tmp_path / "broken.yaml"
    path.write_text(text)
    with pytest.raises(RulesError, match=r"broken\.yaml"):
        read_rules(path)


@pytest.mark.slow
def test_semgrep_itself_agrees_with_the_samples(tmp_path):
    shutil.copytree(RULES, tmp_path / "rules")
    environment = {"PATH": os.defpath, "HOME": str(tmp_path), "SEMGREP_SEND_METRICS": "off", "LC_ALL": "C.UTF-8"}
    command = [*find_cli(), "scan", "--test", "--metrics=off", "--disable-version-check", "rules"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert f"{len(ALL)}/{len(ALL)}" in done.stdout + done.stderr
