from pathlib import Path

import pytest

from tests.ecosystem.templates import ENOUGH, Row, Survey, main, report, survey, templates
from tests.trees import FIXTURES

HARD = Path(__file__).parent / "hard"
FIXTURE = FIXTURES / "templates" / "before"


def test_made_up_templates_are_read():
    found = survey(templates([HARD, FIXTURE]))
    assert len(found.rows) > 20
    assert not found.crashed
    left = {Path(row.path).name: row.left for row in found.yaml if row.left}
    assert left == {"definitions.yaml": 121, "typo.yaml": 40}


def test_the_worst_are_named():
    text = "\n".join(report(survey(templates([HARD]))))
    assert "definitions.yaml" in text
    assert "quotes.yaml" not in text


@pytest.mark.parametrize(
    ("rows", "good"),
    [
        ([Row("a", 1000, 1, 0, yaml=True, seconds=1)], True),
        ([Row("a", 1000, 1, 2, yaml=True, seconds=1)], False),
        ([Row("a", 1000, 1, 500, yaml=False, seconds=1)], True),
        ([Row("a", 1000, 1, 0, yaml=True, seconds=1, crash="ValueError")], False),
        ([], True),
    ],
)
def test_what_is_good_enough(rows, good):
    found = Survey(rows)
    assert found.good is good
    assert found.good or found.crashed or found.parsed < ENOUGH


def test_the_command_tells_and_counts(tmp_path, capsys):
    (tmp_path / "a.yaml.j2").write_text("a: {% if b %}1{% else %}2{% endif %}\n")
    (tmp_path / "b.yaml").write_text("no template\n")
    assert main([str(tmp_path)]) == 0
    assert "templates               1, 1 without an exception" in capsys.readouterr().out
