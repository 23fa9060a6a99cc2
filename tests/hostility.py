"""What tests of hostile trees share: a tree whose good file must be found, and the eyes of a CI runner."""

import json
import re
import unicodedata
from pathlib import Path

from tests.program import run

POLICY = """\
version: 1
clusters:
  - name: orders-pg17
    engine: postgresql
    nodes: [10.0.0.120-10.0.0.122]
    endpoints: {write: {host: 10.0.0.10, port: 5432}}
"""
ROW = b"DB_HOST=10.0.0.121\n"


def grown(folder: Path) -> Path:
    """The folder with a policy and one good file in it."""
    (folder / "db-endpoints.yaml").write_text(POLICY)
    (folder / "good.env").write_bytes(ROW)
    return folder


def scan(folder: Path, *options: str):
    """Exit code and JSON report; the good file is always in it."""
    ran = run(folder, "scan", "--format", "json", *options)
    report = json.loads(ran.out)
    assert ran.err == b""
    assert "good.env" in {f["path"] for f in report["findings"]}
    return ran.code, report


def paths(report, part: str = "findings") -> set[str]:
    """The paths of the findings or of the problems, but for the good file."""
    return {entry["path"] for entry in report[part]} - {"good.env"}


def commands(output: bytes) -> list[str]:
    """The lines that a GitHub runner would carry out (actions/runner, ActionCommand.cs), or that hide something."""
    lines = re.split(r"\r\n|\n|\r", output.decode("utf-8"))
    return [
        line
        for line in lines
        if line.strip().startswith("::")
        or "##[" in line
        or any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for c in line)
    ]
