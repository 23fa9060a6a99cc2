"""A package index in a folder (PEP 503), for programs that may not read the configuration of this machine's pip."""

import re
import subprocess
import sys
from html import escape
from pathlib import Path

import pytest

from tests.trees import ROOT

_OFFLINE = (b"ConnectionError", b"NewConnectionError", b"Temporary failure", b"Network is unreachable")


def locked(*names: str) -> str:
    """The lock file's entries of these packages, hashes included."""
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text())
    kept = [entry for entry in entries if entry.split("==")[0] in names]
    assert len(kept) == len(names)
    return "\n".join(kept) + "\n"


def index_of(lock: Path, folder: Path) -> str:
    """The address of an index with the packages of a lock file; skips the test where none can be downloaded."""
    wheels = folder / "wheels"
    command = [sys.executable, "-I", "-m", "pip", "download", "--quiet", "--require-hashes", "-r", lock, "-d", wheels]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode and any(said in done.stderr for said in _OFFLINE):
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stderr
    for wheel in wheels.iterdir():
        page = folder / "simple" / re.sub(r"[-_.]+", "-", wheel.name.split("-")[0]).lower() / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f'<!DOCTYPE html><a href="{wheel.as_uri()}">{escape(wheel.name)}</a>')
    return (folder / "simple").as_uri()
