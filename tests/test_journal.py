"""The log of the guard: whole blocks, whoever else writes and rotates; no link, no half line."""

import os
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from analyzer.errors import UsageError
from analyzer.journal import Rotation, append, check

FOREVER = Rotation(0, 0)
WRITER = """
import sys
from pathlib import Path
from analyzer.journal import Rotation, append
path, name, count, size = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
for number in range(count):
    append(path, "".join(f"{name} {number} {line}\\n" for line in range(5)).encode(), Rotation(size, 99))
"""


def logs(folder: Path) -> list[Path]:
    return sorted(folder.glob("guard.log*"))


@pytest.mark.parametrize("size", [0, 300])
def test_processes_at_the_same_time_lose_and_mix_nothing(tmp_path, size):
    log = tmp_path / "guard.log"
    arguments = [[sys.executable, "-c", WRITER, str(log), f"p{n}", "15", str(size)] for n in range(6)]
    running = [subprocess.Popen(command) for command in arguments]
    assert [process.wait() for process in running] == [0] * 6
    blocks = Counter()
    for path in logs(tmp_path):
        lines = path.read_text().splitlines()
        for at in range(0, len(lines), 5):
            head = lines[at].rsplit(" ", 1)[0]
            assert lines[at : at + 5] == [f"{head} {line}" for line in range(5)]
            blocks[head] += 1
        assert not size or path.stat().st_size <= size
    assert blocks == {f"p{n} {number}": 1 for n in range(6) for number in range(15)}
    assert (len(logs(tmp_path)) > 5) == bool(size)


def test_the_log_is_rotated_and_the_oldest_falls_off(tmp_path):
    log = tmp_path / "guard.log"
    for text in (b"one\n", b"two\n", b"three\n", b"four\n"):
        append(log, text, Rotation(4, 2))
    assert {path.name: path.read_bytes() for path in logs(tmp_path)} == {
        "guard.log": b"four\n",
        "guard.log.1": b"three\n",
        "guard.log.2": b"two\n",
    }


def test_a_log_of_which_nothing_is_kept_starts_anew(tmp_path):
    for text in (b"one\n", b"two\n"):
        append(tmp_path / "guard.log", text, Rotation(4, 0))
    assert [path.read_bytes() for path in logs(tmp_path)] == [b"two\n"]


def test_a_new_log_is_for_its_owner_and_its_group(tmp_path):
    before = os.umask(0)
    try:
        append(tmp_path / "guard.log", b"x\n", FOREVER)
    finally:
        os.umask(before)
    assert (tmp_path / "guard.log").stat().st_mode & 0o777 == 0o640


def test_a_log_that_is_no_file_is_refused(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name, reason in {"link": "symbolic link", "pipe": "", "folder": "directory", "no/such": "No such file"}.items():
        with pytest.raises(UsageError, match="cannot be written") as refused:
            check(tmp_path / name)
        assert reason in refused.value.message
    assert not (tmp_path / "elsewhere").exists()


def test_a_full_disk_leaves_no_half_line(tmp_path):
    log = tmp_path / "guard.log"
    append(log, b"whole\n", FOREVER)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limit[1]))
    try:
        with pytest.raises(UsageError, match="cannot be written"):
            append(log, b"too much for the disk\n", FOREVER)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert log.read_bytes() == b"whole\n"
