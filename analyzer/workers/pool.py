"""The supervisor: hands files to workers, watches the clock, blames one file for each death."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue

import msgspec

from analyzer.model import Extraction, Problem
from analyzer.source import SourceFile
from analyzer.workers import frame
from analyzer.workers.wire import Answer, Request

# What one worker does in about the time that another takes to start.
JOBS_EACH = 8
BYTES_EACH = 1 << 17
_SECRET = re.compile(r"(?i)token|secret|pass|cred|key|auth")


@dataclass(frozen=True, slots=True)
class Job:
    """Files that are read together (most often one), and the name of the format or bundle that reads them.

    It may take `patience` times the limit of one file.
    """

    sources: tuple[SourceFile, ...]
    format: str
    root: str = ""
    patience: int = 1


def extract_all(jobs: Iterable[Job], *, workers: int, timeout: float) -> Iterator[tuple[Job, tuple[Extraction, ...]]]:
    """Extract every file; answers come in the order of `jobs`, an extraction for each of a job's files.

    `timeout` is seconds of wall clock for one file. Where the worker dies, hangs or answers nonsense, the job's first
    file yields an extraction that holds nothing but the `Problem`, the others an empty one.
    """
    listed = list(jobs)
    if not listed:
        return
    count = _crew_of(listed, workers)
    crew: SimpleQueue[_Worker] = SimpleQueue()
    members = [_Worker(timeout) for _ in range(count)]
    for member in members:
        crew.put(member)

    def serve(job: Job) -> tuple[Job, tuple[Extraction, ...]]:
        member = crew.get()
        try:
            return job, member.extract(job)
        finally:
            crew.put(member)

    with ThreadPoolExecutor(count) as threads:
        try:
            yield from threads.map(serve, listed)
        finally:
            threads.shutdown(wait=True, cancel_futures=True)
            for member in members:
                member.stop()


def _crew_of(jobs: Sequence[Job], most: int) -> int:
    """How many workers are worth their start."""
    size = sum(len(source.data) for job in jobs for source in job.sources)
    return max(1, min(most, len(jobs), max(len(jobs) // JOBS_EACH, size // BYTES_EACH)))


class _Worker:
    """One process at a time, started when it is first needed and again after each death."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._process: subprocess.Popen[bytes] | None = None

    def extract(self, job: Job) -> tuple[Extraction, ...]:
        process = self._process or self._start()
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            process.kill()

        limit = self._timeout * job.patience
        timer = threading.Timer(limit, expire)
        timer.start()
        answer = self._ask(process, job)
        timer.cancel()
        if answer is None or answer.extractions is None or len(answer.extractions) != len(job.sources):
            self.stop()
            why = _why(answer, limit if expired.is_set() else None, process.returncode)
            blamed = Extraction(problems=(Problem(job.sources[0].path, "parse", why),))
            return (blamed, *(Extraction() for _ in job.sources[1:]))
        return answer.extractions

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", "-m", "analyzer.workers"]
        quiet = subprocess.DEVNULL
        pipe, env = subprocess.PIPE, _environment()
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=quiet, env=env)
        return self._process

    @staticmethod
    def _ask(process: subprocess.Popen[bytes], job: Job) -> Answer | None:
        if process.stdin is None or process.stdout is None:
            return None
        files = tuple((each.path.encode("utf-8", "replace").decode(), len(each.data)) for each in job.sources)
        head = msgspec.json.encode(Request(job.format, files, job.root))
        try:
            frame.write(process.stdin, head, b"".join(each.data for each in job.sources))
            received = frame.read(process.stdout)
            return None if received is None else msgspec.json.decode(received[0], type=Answer)
        except (OSError, msgspec.MsgspecError):
            return None


def _why(answer: Answer | None, timeout: float | None, code: int | None) -> str:
    if timeout is not None:
        return f"not read: its parser was still running after {timeout:g} s"
    if answer is not None and answer.crash.isidentifier():
        return f"not read: its parser failed ({answer.crash})"
    return f"not read: its parser ended the process (status {code})"


def _environment() -> dict[str, str]:
    """The environment without what CI keeps secret there: what parses hostile files is given none of it."""
    return {name: value for name, value in os.environ.items() if _SECRET.search(name) is None}
