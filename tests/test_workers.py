"""The supervisor with real worker processes: one bad file is blamed, the others are read."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.source import SourceFile
from analyzer.workers import Job, extract_all, frame, pool
from analyzer.workers.pool import _Worker

GOOD = Job((SourceFile("good.env", b"DB_HOST=10.0.0.121\n"),), "dotenv")


def run(*jobs, workers=1, timeout=30.0):
    return [extraction for _job, (extraction,) in extract_all(jobs, workers=workers, timeout=timeout)]


@pytest.fixture(autouse=True)
def _eager(monkeypatch):
    """As many workers as are asked for, however little there is to do."""
    monkeypatch.setattr(pool, "JOBS_EACH", 1)


@pytest.mark.parametrize("workers", [1, 3])
def test_a_parser_that_raises_is_blamed_and_the_rest_is_read(workers):
    bad = Job((SourceFile("bad.env", b"x"),), "no-such-format")
    first, broken, last = run(GOOD, bad, GOOD, workers=workers)
    assert [r.host for r in first.refs] == [r.host for r in last.refs] == ["10.0.0.121"]
    (problem,) = broken.problems
    assert (problem.path, problem.stage, problem.incomplete) == ("bad.env", "parse", True)
    assert problem.message == "not read: its parser failed (StopIteration)"


def test_a_parser_that_does_not_end_is_killed():
    slow = Job((SourceFile("slow.py", b"x = " + b"+".join([b"a"] * 60_000)),), "python")
    (extraction,) = run(slow, timeout=0.05)
    assert extraction.problems[0].message == "not read: its parser was still running after 0.05 s"


def test_answers_come_in_the_order_of_the_jobs():
    jobs = [Job((SourceFile(f"{n}.env", b"DB_HOST=10.0.0.%d\n" % n),), "dotenv") for n in range(1, 30)]
    assert [e.refs[0].host for e in run(*jobs, workers=4)] == [f"10.0.0.{n}" for n in range(1, 30)]


def test_little_work_is_not_worth_many_workers(monkeypatch):
    monkeypatch.undo()
    large = Job((SourceFile("large.env", b"#" * (1 << 18)),), "dotenv")
    assert [pool._crew_of(jobs, 4) for jobs in ([GOOD] * 15, [GOOD] * 16, [GOOD] * 99, [large, large, large])] == [
        *(1, 2, 4, 3)
    ]


def test_no_secret_of_ci_stands_in_the_environment_of_a_worker(monkeypatch):
    monkeypatch.setenv("GITLAB_TOKEN", "made-up")
    monkeypatch.setenv("PLAIN", "1")
    worker = _Worker(30.0)
    worker.extract(GOOD)  # until it answers, it may still be a copy of this process
    process = worker._process
    environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    worker.stop()
    assert b"PLAIN=1" in environment
    assert b"made-up" not in environment


def test_no_jobs_start_no_process():
    assert run() == []


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_frames_come_back(head, body):
    stream = io.BytesIO()
    frame.write(stream, head, body)
    stream.seek(0)
    assert frame.read(stream) == (head, body)
    assert frame.read(stream) is None


@given(st.binary(max_size=40))
def test_torn_frames_are_none_or_whole(data):
    received = frame.read(io.BytesIO(data))
    assert received is None or len(received[0]) + len(received[1]) + 8 <= len(data)
