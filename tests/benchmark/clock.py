"""Runs a program as a process of its own and tells what the operating system says of it."""

import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_KIBI = 1 if sys.platform == "darwin" else 1024  # the unit of `ru_maxrss`
# Python would otherwise compile itself anew in every run, and what people have installed is compiled.
_LEFT_OUT = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP")


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `seconds` of the wall clock, `cpu` of all its processes; `peak` are bytes of its largest process.

    A process begins as a part of this one and is never told to be smaller: `peak` is None where it did not grow.
    """

    seconds: float
    cpu: float
    peak: int | None
    code: int
    output: bytes
    ended: bool = True


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of several figures, and how far they lie apart."""

    median: float
    least: float
    most: float


def spread(figures: Sequence[float]) -> Spread:
    """Of at least one figure."""
    return Spread(statistics.median(figures), min(figures), max(figures))


def run(command: Sequence[str], folder: Path, limit: float, settings: Mapping[str, str]) -> Run:
    """Run a command in a folder; after `limit` seconds it and its children are ended, and `ended` is False.

    Raises OSError where it cannot be started. What it says on standard error is thrown away.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT} | settings
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        expired = threading.Event()
        timer = threading.Timer(limit, _expire, (process.pid, expired))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        told = output.read()
    grown = usage.ru_maxrss > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak = usage.ru_maxrss * _KIBI if grown else None
    cpu = usage.ru_utime + usage.ru_stime
    return Run(seconds, cpu, peak, process.returncode, told, not expired.is_set())


def _expire(group: int, expired: threading.Event) -> None:
    expired.set()
    os.killpg(group, signal.SIGKILL)
