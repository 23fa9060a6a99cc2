"""What the README says of rules and options is what the program does."""

import re
import shutil
import subprocess

import pytest

from analyzer.checks import CHECKS
from analyzer.cli import COMMANDS
from analyzer.report import REPORTS
from tests.trees import FIXTURES, ROOT

README = ROOT / "README.md"
BEGIN, END = "<!-- rules: begin -->\n", "<!-- rules: end -->"


def rules_table():
    rows = [f"| `{c.id}` | {c.severity} | {c.summary} | {c.fix} |" for c in CHECKS]
    return "\n".join(["| rule | severity | what is wrong | fix |", "|---|---|---|---|", *rows]) + "\n"


def test_the_table_of_rules_is_generated_from_the_checks(request):
    text = README.read_text()
    before, rest = text.split(BEGIN)
    written, after = rest.split(END)
    if request.config.getoption("--update-golden"):
        README.write_text(before + BEGIN + rules_table() + END + after)
    else:
        assert written == rules_table()


def test_every_command_is_in_the_readme():
    text = README.read_text()
    assert all(f"analyzer {name}" in text for name in COMMANDS)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_linked_file_exists(name):
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text())
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_diff_in_the_readme_is_what_the_fixture_gives(tmp_path):
    for side in ("before", "after"):
        shutil.copy(FIXTURES / "failover" / side / ".env.production", tmp_path / side)
    command = ["diff", "-u", "before", "after"]
    diff = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, text=True).stdout
    shown = README.read_text().split("```diff\n")[1].split("```")[0]
    assert shown in diff


def test_the_table_of_formats_names_all_reports():
    rows = README.read_text().split("| format | for |\n")[1].split("\n\n")[0]
    assert set(re.findall(r"`([a-z-]+)`", rows)) == set(REPORTS)
