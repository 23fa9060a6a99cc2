"""What a user installs holds what the program needs."""

import subprocess
import sys
import zipfile

from tests.trees import ROOT


def test_the_wheel_carries_rules_and_schema(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    rules = {f"analyzer/{p.relative_to(ROOT)}" for p in (ROOT / "rules").rglob("*.yaml")}
    assert rules
    folder = ROOT / "analyzer" / "report"
    pages = {p.relative_to(ROOT).as_posix() for p in (*folder.rglob("templates/*"), *folder.rglob("*.jinja"))}
    assert any(page.endswith(".css") for page in pages)
    assert rules | pages | {"analyzer/policy/schema.json", "analyzer/py.typed"} <= names
    assert not any(name.startswith(("tests/", "fixtures/")) for name in names)


def test_every_module_of_a_format_exists():
    from analyzer.extract import FORMATS, LIVE, TEXT

    assert all(callable(row.load()) for row in (*FORMATS, TEXT, LIVE))
