"""The real Helm engine prints what the analyzer reads, and after a fix it prints just what was meant to change."""

import base64
import re
import shutil
from collections import Counter

import pytest

from tests.oracle.rendered import paths_of, render
from tests.trees import FIXTURES

pytest.importorskip("helm_python", reason="helm-python-sdk is not installed")

TREE = FIXTURES / "template-literals"
NODE = r"(?:10\.0\.0\.12[0-2]|db-postgres-0[1-3]\.corp\.internal)"
NODES = re.compile(rf"{NODE}(?:,{NODE})*")
VALUES = [
    {},
    {"primary": False, "secondary": True, "port": 5432},
    {"host": "pg.corp.internal", "AsMap": {"db": {"host": "pg.corp.internal"}}, "metrics": "10.0.0.9:9187"},
]


def printed(chart, values):
    """The values that Helm prints, by their places; those of a Secret's `data` decoded."""
    found = []
    for name, text in sorted(render(chart, values).items()):
        for path, value in paths_of(text):
            plain = base64.b64decode(value).decode() if name.endswith("secret.yaml") and _secret(path, value) else value
            found.append((path, plain))
    return found


def _secret(path, value):
    return path[0] == "data" and path[-1].isupper() and "\n" not in value


def meant(path, value):
    """What a value is after the fix: the endpoint in place of nodes, but for what only looks like a connection."""
    if any(part.startswith("KEEP_") for part in path):
        return value
    lines = value.split("\n")
    return "\n".join(line if line.startswith("ssh ") else NODES.sub("10.0.0.10", line) for line in lines)


@pytest.mark.parametrize("values", VALUES, ids=["defaults", "other branches", "given"])
def test_a_fix_changes_just_the_values_that_were_meant(values):
    before = printed(TREE / "before" / "chart", values)
    after = printed(TREE / "after" / "chart", values)
    assert after == [(path, meant(path, value)) for path, value in before]
    changed = sum(one != other for one, other in zip(before, after, strict=True))
    assert changed >= (12 if "host" in values else 28)


def test_what_is_read_stands_where_helm_prints_it(tmp_path):
    from tests.oracle.literals import compared

    chart = tmp_path / "chart"
    shutil.copytree(TREE / "before" / "chart", chart)
    template = chart / "templates" / "deployment.yaml"
    # Each literal becomes one of its own, so that it can be told where it is printed.
    numbers = iter(range(1000))
    text = re.sub(
        r"\"10\.0\.0\.12[0-2]\"", lambda _found: f'"h{next(numbers)}.corp.internal"', template.read_text("utf-8")
    )
    template.write_text(text, "utf-8")
    figures: Counter[str] = Counter()
    wrong = list(compared(chart, figures))
    assert [line for line in wrong if "read at" in line] == []
    assert figures["literals at the same path"] >= 20
    # The value of a dictionary that another function looks up is printed by no rule that is known.
    assert figures["literals not read"] <= 2
