"""Directives in the comments of every format: behind the host, on the line above, and never inside a string.

In each sample of `data/exceptions.yaml`, `¤` is a comment with a directive and `%` the bare directive.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.program import run
from tests.test_cli import POLICY

SAID = "analyzer: ignore[RULE] run by hand"


@dataclass(frozen=True)
class Row:
    """How a format writes comments: `sign` and what ends one, and samples; `trailing` is "" where it has no such."""

    name: str
    path: str
    above: str
    trailing: str = ""
    literal: str = ""
    sign: str = "#"
    end: str = ""
    rule: str = "node-host"


ROWS = [Row(**row) for row in yaml.safe_load((Path(__file__).parent / "data/exceptions.yaml").read_text())]


def samples():
    for number, row in enumerate(ROWS):
        said = SAID.replace("RULE", row.rule)
        comment = f"{row.sign} {said}{row.end}"
        forms = {
            "above": row.above.replace("¤", comment),
            "trailing": row.trailing.replace("¤", comment),
            "literal": row.literal.replace("%", said),
            "plain": row.above.replace("¤", ""),
        }
        for form, text in forms.items():
            if text:
                yield pytest.param(f"{number}/{form}/{row.path}", form, text, id=f"{row.name}-{form}")


SAMPLES = list(samples())


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    """All samples in one scan, by folder."""
    tree = tmp_path_factory.mktemp("formats")
    for path, _form, text in (sample.values for sample in SAMPLES):
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(text)
    (tree / "db-endpoints.yaml").write_text(POLICY)
    document = json.loads(run(tree, "scan", "--format", "json", "--allow-incomplete").out)
    found = {}
    for finding in document["findings"]:
        found.setdefault(finding["path"], []).append(finding)
    return found


@pytest.mark.parametrize(("path", "form", "text"), SAMPLES)
def test_directives(findings, path, form, text):
    about = [f for f in findings.get(path, []) if f["host"] == "10.0.0.121"]
    told = [f["message"] for f in findings.get(path, []) if f["rule"] == "unused-suppression"]
    if form in ("above", "trailing"):
        assert [f["suppressed"] and f["suppressed"]["kind"] for f in about] == ["inline"] * max(len(about), 1)
        assert told == []
    else:
        assert [f["suppressed"] for f in about] == [None] * max(len(about), 1)
        assert told == []
