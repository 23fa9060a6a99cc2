"""The short form of `python -m tests.fuzz.edits`: every form, style and disguise some times."""

import random
from dataclasses import replace

import pytest
import yaml

from tests.fuzz.edits import bench, case, trouble
from tests.fuzz.forms import FORMS
from tests.fuzz.styles import STYLES, carries, configmap


@pytest.mark.parametrize("block", range(6))
def test_fixes_are_exact(block):
    judge = bench()
    made = [case(1_000_000 + block * 100 + number) for number in range(100)]
    assert [(each.kind, why) for each in made if (why := trouble(each, judge))] == []


def test_a_fix_that_is_not_exact_is_told():
    judge = bench()
    made = next(each for each in map(case, range(100)) if not trouble(each, judge))
    assert (
        trouble(type(made)(made.kind, made.path, made.before, made.after + b" "), judge) == "other bytes than expected"
    )
    assert trouble(replace(made, after=made.after + b" "), judge) == "other bytes than expected"
    assert trouble(replace(made, before=made.after), judge) == "nothing was fixed"


@pytest.mark.parametrize("style", [style for style in STYLES if style != "base64"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_styles_spell_the_text(form, style):
    for seed in range(20):
        text = form.write(random.Random(seed), "10.0.0.121", 5432)
        if carries(text, style):
            written = yaml.safe_load(configmap(random.Random(seed), "x", text, style))
            assert (written.get("data") or written["stringData"])["x"] == text
