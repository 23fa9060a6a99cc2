"""Faults at every call of the system that the writer makes: errors, interrupts, short writes, death, a full disk.

A shim around `os` counts the calls of one commit of three files and lets one of them fail; the last tests do the same
from outside of the process, with strace, limits and a small file system.
"""

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analyzer.rewrite import Change, State, WriteResult, commit, is_temporary, remove_stale, write
from analyzer.rewrite.exchange import find_exchange

FOLDERS = {"a.env": "", "sub/b.env": "sub", "sub/c.env": "sub"}
OLD, NEW = b"host: 10.0.0.121\n", b"host: 10.0.0.10:5000\n"
CHANGES = [Change(path, OLD, NEW) for path in FOLDERS]
CALLS = [
    "open",
    "close",
    "read",
    "write",
    "fstat",
    "stat",
    "access",
    "fsync",
    "fchown",
    "fchmod",
    "listxattr",
    "getxattr",
    "setxattr",
    "removexattr",
    "rename",
    "unlink",
    "listdir",
]
ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EINTR", "EROFS", "EACCES")
WAYS = [pytest.param(True, id="exchange"), pytest.param(False, id="rename")]


class Shim:
    """Counts the calls; at the one numbered `at` it does `act` before, or after the real call."""

    def __init__(self, at: int, act: Callable[[], None], *, after: bool = False) -> None:
        self.at, self.act, self.after = at, act, after
        self.count = 0
        self.hit = ""

    def wrap(self, name: str, real: Callable) -> Callable:
        def call(*args, **kwargs):
            mine = self.count == self.at
            self.count += 1
            if mine:
                self.hit = name
            after = self.after or name == "close"  # a descriptor is closed whatever close(2) says
            if mine and not after:
                self.act()
            try:
                return real(*args, **kwargs)
            finally:
                if mine and after:
                    self.act()

        return call

    @contextmanager
    def installed(self, *, exchange: bool) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            found = find_exchange() if exchange else None
            swap = self.wrap("exchange", found) if found else None
            patch.setattr(write, "find_exchange", lambda: swap)
            # Syncing for real only makes the test slow.
            patch.setattr(os, "fsync", lambda _descriptor: None)
            for name in CALLS:
                patch.setattr(os, name, self.wrap(name, getattr(os, name)))
            yield


def nothing() -> None:
    pass


def fail(name: str) -> Callable[[], None]:
    def act() -> None:
        code = getattr(errno, name)
        raise OSError(code, os.strerror(code))

    return act


def interrupt() -> None:
    raise KeyboardInterrupt


def reset(root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    (root / "sub").mkdir(parents=True)
    for path in FOLDERS:
        (root / path).write_bytes(OLD)
        (root / path).chmod(0o755)


def contents(root: Path) -> list[bytes]:
    return [(root / path).read_bytes() for path in FOLDERS]


def leftovers(root: Path) -> list[str]:
    return [name for _, _, names in os.walk(root) for name in names if is_temporary(name)]


def require_old_or_new(root: Path) -> None:
    assert set(contents(root)) <= {OLD, NEW}
    assert {(root / path).stat().st_mode & 0o777 for path in FOLDERS} == {0o755}


def require_honest(root: Path, results: tuple[WriteResult, ...]) -> None:
    for result, data in zip(results, contents(root), strict=True):
        unknown = "cannot be read back" in result.reason
        assert (result.state is State.FIXED) is (data == NEW) or unknown
        assert result.state is State.FIXED or result.reason
    told = " ".join(result.reason for result in results)
    assert all(name in told for name in leftovers(root))


def count_calls(root: Path, *, exchange: bool) -> int:
    reset(root)
    shim = Shim(-1, nothing)
    with shim.installed(exchange=exchange):
        results = commit(root, CHANGES)
    assert [r.state for r in results] == [State.FIXED] * 3
    assert shim.count > 80
    return shim.count


@pytest.fixture
def root(tmp_path):
    """In memory where that is at hand: thousands of files are written."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path / "root"
        return
    folder = memory / f"{tmp_path.name}-{os.getpid()}"
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("exchange", WAYS)
def test_an_error_at_every_call(root, exchange, error):
    for at in range(count_calls(root, exchange=exchange)):
        reset(root)
        shim = Shim(at, fail(error))
        with shim.installed(exchange=exchange):
            results = commit(root, CHANGES)
        assert shim.hit
        require_old_or_new(root)
        require_honest(root, results)


@pytest.mark.parametrize("error", ["ENOSPC", "EDQUOT", "EIO", "EFBIG", "EROFS"])
@pytest.mark.parametrize("call", ["write", "fchmod", "fsync"])
@pytest.mark.parametrize("nth", [0, 1, 2])
def test_a_fault_while_staging_changes_no_file_at_all(root, monkeypatch, error, call, nth):
    reset(root)
    real, seen = getattr(os, call), iter(range(1_000))

    def failing(*args):
        if next(seen) == nth:
            fail(error)()
        return real(*args)

    monkeypatch.setattr(os, call, failing)
    results = commit(root, CHANGES)
    assert contents(root) == [OLD] * 3
    assert [(r.state, r.reason) for r in results] == [(State.FAILED, f"nothing was written: {error}")] * 3
    assert leftovers(root) == []


@pytest.mark.parametrize("call", ["fchmod", "fchown", "setxattr"])
def test_what_cannot_be_kept_is_refused_for_this_file_only(root, monkeypatch, call):
    reset(root)
    if call == "fchown" and os.geteuid() == 0:
        os.chown(root / "sub/b.env", 1, 1)
    elif call == "fchown":
        pytest.skip("needs root")
    elif call == "setxattr":
        os.setxattr(root / "sub/b.env", "trusted.note" if os.geteuid() == 0 else "user.note", b"1")

    real = os.fchmod
    monkeypatch.setattr(os, call, lambda fd, *_: real(fd, 0o700) if call == "fchmod" else fail("EPERM")())
    states = {r.path: r.state for r in commit(root, CHANGES)}
    assert states["sub/b.env"] is State.REFUSED
    assert (root / "sub/b.env").read_bytes() == OLD
    assert leftovers(root) == []
    if call != "fchmod":
        assert states["a.env"] is State.FIXED


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("exchange", WAYS)
def test_an_interrupt_at_every_call(root, exchange, after):
    tidy = 0
    for at in range(total := count_calls(root, exchange=exchange)):
        reset(root)
        shim = Shim(at, interrupt, after=after)
        with shim.installed(exchange=exchange), pytest.raises(KeyboardInterrupt):
            commit(root, CHANGES)
        require_old_or_new(root)
        tidy += not leftovers(root)
    # Only an interrupt of the tidying itself, or between making a file and knowing it, may leave something.
    assert tidy > total * 0.8


@pytest.mark.parametrize("exchange", WAYS)
def test_death_at_every_call(root, exchange):
    for at in range(count_calls(root, exchange=exchange)):
        reset(root)
        child = os.fork()
        if child == 0:
            try:
                with Shim(at, lambda: os.kill(os.getpid(), signal.SIGKILL)).installed(exchange=exchange):
                    commit(root, CHANGES)
            finally:
                os._exit(3)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        require_old_or_new(root)
        finish(root)


def finish(root: Path) -> None:
    """The next run: what is still old becomes new, and what the dead one left is removed."""
    rest = [Change(path, OLD, NEW) for path in FOLDERS if (root / path).read_bytes() == OLD]
    assert all(r.state is State.FIXED for r in commit(root, rest))
    remove_stale(root, [path.relative_to(root).as_posix() for path in root.rglob("*")])
    assert contents(root) == [NEW] * 3
    assert leftovers(root) == []


@pytest.mark.parametrize("size", [1, 2, 7])
def test_short_writes(root, monkeypatch, size):
    reset(root)
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, data[:size]))
    assert [r.state for r in commit(root, CHANGES)] == [State.FIXED] * 3
    assert contents(root) == [NEW] * 3


def test_a_write_that_writes_nothing_ends(root, monkeypatch):
    reset(root)
    monkeypatch.setattr(os, "write", lambda _fd, _data: 0)
    assert {(r.state, r.reason) for r in commit(root, CHANGES)} == {(State.FAILED, "nothing was written: EIO")}
    assert contents(root) == [OLD] * 3


def test_a_size_that_is_wrong_on_the_disk_is_a_fault(root, monkeypatch):
    reset(root)
    real = os.write
    # As a broken file system would: it says that all was written.
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, data[:3]) and len(data))
    assert {r.state for r in commit(root, CHANGES)} == {State.FAILED}
    assert contents(root) == [OLD] * 3


# ---- from outside of the process

RUN = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from analyzer.rewrite import Change, commit
changes = [Change(p, OLD, NEW) for p in ("a.env", "sub/b.env", "sub/c.env")]
sys.stdout.write("ready\\n"); sys.stdout.flush()
for result in commit(Path(sys.argv[1]), changes):
    print(result.path, result.state.value, result.reason, sep="|")
"""


def script(old: bytes = OLD, new: bytes = NEW) -> str:
    return f"OLD, NEW = {old!r}, {new!r}\n{RUN}"


def run(root: Path, *before: str, source: str = "", **options) -> subprocess.CompletedProcess:
    package = str(Path(write.__file__).parents[2])
    command = (*before, sys.executable, "-I", "-c", source or script(), str(root), package)
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)


def states(done: subprocess.CompletedProcess) -> list[str]:
    return [line.split("|")[1] for line in done.stdout.splitlines()[1:]]


def has_strace() -> bool:
    if shutil.which("strace") is None:
        return False
    return subprocess.run(("strace", "-o", os.devnull, "true"), capture_output=True, check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(
    not has_strace(), reason="strace is missing or may not trace: deaths inside the system are not tested"
)
@pytest.mark.parametrize(
    ("call", "times"),
    [("renameat2", 3), ("unlinkat", 3), ("fsync", 5), ("fchmod", 3), ("write", 4)],
)
@pytest.mark.parametrize("fault", ["signal=KILL", "error=EIO"])
def test_strace_injects(root, call, times, fault):
    for nth in range(1, times + 1):
        reset(root)
        done = run(root, "strace", "-f", "-o", os.devnull, "-e", f"inject={call}:{fault}:when={nth}")
        require_old_or_new(root)
        assert done.returncode in {0, 1, 120, 137, -9}
        if done.returncode == 0:
            assert [state == "fixed" for state in states(done)] == [data == NEW for data in contents(root)]
            assert leftovers(root) == []
        finish(root)


def test_a_limit_on_the_size_of_files_changes_nothing(root):
    reset(root)
    source = script(new=b"x" * 100_000)
    done = run(root, source=source, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)))
    assert states(done) == ["failed"] * 3
    assert "EFBIG" in done.stdout
    assert contents(root) == [OLD] * 3
    assert leftovers(root) == []


def test_ten_open_files_are_enough(root):
    reset(root)
    source = script().replace(
        "for result", "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (10, 10))\nfor result"
    )
    assert states(run(root, source=source)) == ["fixed"] * 3


@pytest.mark.skipif(
    subprocess.run(("unshare", "-m", "true"), capture_output=True, check=False).returncode != 0
    if shutil.which("unshare")
    else True,
    reason="no file system may be mounted here: a really full disk is not tested",
)
@pytest.mark.parametrize("free", [0, 60])
def test_a_full_disk_changes_nothing(tmp_path, free):
    """With 60 KiB free the first file still fits, the second does not: both must stay old."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "run.py").write_text(script(OLD * 3_000, NEW * 2_500))
    mount = f"""
        set -e
        mount -t tmpfs -o size=400k none disk
        mkdir disk/sub
        for name in a.env sub/b.env sub/c.env
        do yes "host: 10.0.0.121" | head -n 3000 > disk/$name
        done
        dd if=/dev/zero of=disk/filler bs=1k 2>/dev/null || true
        truncate -s $(( $(stat -c %s disk/filler) - {free} * 1024 )) disk/filler
        {sys.executable} -I run.py disk {Path(write.__file__).parents[2]}
        cat disk/a.env disk/sub/b.env disk/sub/c.env | sort | uniq -c
        find disk -name '*.analyzer-tmp'
    """
    done = subprocess.run(
        ("unshare", "-m", "sh", "-c", mount), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert [line.split("|")[1:] for line in lines[1:4]] == [["failed", "nothing was written: ENOSPC"]] * 3
    assert [line.split() for line in lines[4:]] == [["9000", "host:", "10.0.0.121"]]
