"""What a terminal gets and a pipe does not: colour, and how far the scan is."""

import io
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analyzer.commands import colour
from analyzer.commands.progress import ProgressLine, progress
from analyzer.engine import Unwatched
from analyzer.report import REPORTS
from tests.hostility import grown
from tests.reports import report


class Terminal(io.StringIO):
    def isatty(self):
        return True


COLOURS = [
    ({}, True, False),
    ({"NO_COLOR": "1"}, False, False),
    ({"NO_COLOR": ""}, True, False),
    ({"FORCE_COLOR": "1"}, True, True),
    ({"FORCE_COLOR": ""}, True, False),
    ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
    ({"TERM": "dumb"}, False, False),
]


@pytest.mark.parametrize(("environment", "terminal", "pipe"), COLOURS)
def test_when_there_is_colour(environment, terminal, pipe):
    assert colour.wanted(Terminal(), environment) is terminal
    assert colour.wanted(io.StringIO(), environment) is pipe


def uncoloured(text):
    return re.sub(r"\x1b\[[0-9]*m", "", text)


def test_colour_changes_no_character():
    plain = REPORTS["text"](report())
    shown = colour.coloured(plain)
    assert uncoloured(shown) == plain
    assert "\x1b[31merror\x1b[0m node-host" in shown
    assert "\x1b[33mwarning\x1b[0m" in shown
    assert "«\x1b[1m10.0.0.121\x1b[0m»" in shown


def until(condition):
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_a_line_shows_the_last_step_and_goes():
    stream = Terminal()
    line = ProgressLine(stream, patience=0.0, pause=0.001)
    line.step("reading", 1, 9)
    until(lambda: "reading: 1 of 9 files" in stream.getvalue())
    line.step("parsing", 2, 3)
    until(lambda: "parsing: 2 of 3 files" in stream.getvalue())
    line.close()
    assert stream.getvalue().endswith("\r\x1b[K")
    assert "\n" not in stream.getvalue()


def test_a_scan_that_is_soon_over_shows_nothing():
    stream = Terminal()
    line = ProgressLine(stream, patience=3600)
    line.step("reading", 1, 9)
    line.close()
    assert stream.getvalue() == ""


def test_nobody_watches_a_pipe(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert isinstance(progress(), Unwatched)
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert isinstance(progress(), ProgressLine)
    monkeypatch.setenv("TERM", "dumb")
    assert isinstance(progress(), Unwatched)


def on_a_terminal(folder, *arguments):
    """What the installed program writes to a terminal that is both of its outputs."""
    ours, theirs = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "xterm"}
    program = Path(sys.executable).parent / "analyzer"
    process = subprocess.Popen([program, *arguments], cwd=folder, env=environment, stdout=theirs, stderr=theirs)
    os.close(theirs)
    got = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # Linux says so when the other side is gone
            break
        if not piece:
            break
        got += piece
    os.close(ours)
    process.wait()
    return got.decode()


def test_a_terminal_gets_colour_for_text_only(tmp_path):
    grown(tmp_path)
    assert "\x1b[31merror\x1b[0m node-host" in on_a_terminal(tmp_path, "scan")
    shown = on_a_terminal(tmp_path, "scan", "--format", "json").split("\x1b[K")[-1]
    assert "\x1b" not in shown
    assert shown.startswith("{")
