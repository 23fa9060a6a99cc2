"""Writing: what is written, what is refused and why, what stays as it was, and who wins a race."""

import os
import socket
import stat
import subprocess
import threading
import time
from pathlib import Path

import pytest

from analyzer.rewrite import Change, RewriteError, State, commit, is_temporary, remove_stale, write
from analyzer.rewrite.beneath import Beneath
from analyzer.rewrite.exchange import find_exchange
from analyzer.rewrite.leftovers import temporary_name
from tests.privileges import NOBODY, as_nobody, opened

OLD, NEW, USER = b"host: 10.0.0.121\n", b"host: 10.0.0.10\n", b"host: somebody's own\n"
ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def change(path: str, old: bytes = OLD, new: bytes = NEW) -> Change:
    return Change(path, old, new)


def only(results):
    (result,) = results
    return result.state, result.reason


def leftovers(root: Path) -> list[str]:
    return [name for _, _, names in os.walk(root) for name in names if is_temporary(name)]


@pytest.fixture(params=["exchange", "rename"])
def way(request, monkeypatch):
    """Both ways to put a file in place: the system's exchange, and rename where there is none."""
    if request.param == "rename":
        monkeypatch.setattr(write, "find_exchange", lambda: None)
    elif find_exchange() is None:
        pytest.skip("the system cannot exchange names")
    return request.param


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.env"
    path.write_bytes(OLD)
    return path


# ---- what is written


@pytest.mark.usefixtures("way")
def test_files_are_written_in_the_order_of_their_bytes(tmp_path):
    names = ["b", "a/b", "a.b", "caf\u00e9", "\udcff", "two words", "-x", "new\nline", "n" * 255]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(OLD)
    results = commit(tmp_path, [change(name) for name in names])
    assert [(r.path, r.state, r.reason) for r in results] == [
        (n, State.FIXED, "") for n in sorted(names, key=os.fsencode)
    ]
    assert all((tmp_path / name).read_bytes() == NEW for name in names)
    assert leftovers(tmp_path) == []


def test_a_change_of_nothing_touches_nothing(file):
    before = file.stat()
    assert only(commit(file.parent, [change("a.env", OLD, OLD)])) == (State.UNCHANGED, "")
    assert file.stat() == before


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("size", [0, 1, 100_000])
def test_any_size(file, size):
    assert only(commit(file.parent, [change("a.env", OLD, b"\r" * size)])) == (State.FIXED, "")
    assert file.read_bytes() == b"\r" * size
    assert only(commit(file.parent, [change("a.env", b"\r" * size, OLD)])) == ((State.FIXED, ""))


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("mode", [0o644, 0o755, 0o600, 0o4755, 0o2755, 0o640])
def test_the_mode_stays(file, mode):
    file.chmod(mode)
    assert only(commit(file.parent, [change("a.env")])) == (State.FIXED, "")
    assert stat.S_IMODE(file.stat().st_mode) == mode


@pytest.mark.usefixtures("way")
def test_the_umask_does_not_matter(file):
    file.chmod(0o666)
    before = os.umask(0o077)
    try:
        commit(file.parent, [change("a.env")])
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o666


@ROOT_ONLY
@pytest.mark.usefixtures("way")
def test_owner_and_group_stay(file):
    os.chown(file, 1234, 4321)
    file.chmod(0o6755)
    assert only(commit(file.parent, [change("a.env")])) == (State.FIXED, "")
    info = file.stat()
    assert (info.st_uid, info.st_gid, stat.S_IMODE(info.st_mode)) == (1234, 4321, 0o6755)


@pytest.mark.usefixtures("way")
def test_extended_attributes_stay(file):
    try:
        os.setxattr(file, "user.note", b"\x00kept")
    except OSError:
        pytest.skip("the file system has no extended attributes")
    assert only(commit(file.parent, [change("a.env")])) == (State.FIXED, "")
    assert {name: os.getxattr(file, name) for name in os.listxattr(file)} == {"user.note": b"\x00kept"}


@pytest.mark.usefixtures("way")
def test_a_default_acl_of_the_directory_is_not_added(file):
    # Version 2, then tag, permissions and id of each entry: owner, user 1234, group, mask, others.
    entries = [(1, 7, 0xFFFFFFFF), (2, 7, 1234), (4, 5, 0xFFFFFFFF), (16, 7, 0xFFFFFFFF), (32, 5, 0xFFFFFFFF)]
    acl = (2).to_bytes(4, "little") + b"".join(
        tag.to_bytes(2, "little") + may.to_bytes(2, "little") + who.to_bytes(4, "little") for tag, may, who in entries
    )
    try:
        os.setxattr(file.parent, "system.posix_acl_default", acl)
    except OSError:
        pytest.skip("the file system has no ACLs")
    before = file.stat().st_mode
    assert only(commit(file.parent, [change("a.env")])) == (State.FIXED, "")
    assert os.listxattr(file) == []
    assert file.stat().st_mode == before


def test_everything_is_synced_before_the_first_file_changes(tmp_path, monkeypatch):
    """And the directories, each once, after the last."""
    for name in ("a", "sub/b", "sub/c"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(OLD)
    log = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        log.append("temporary" if is_temporary(path.name) else path.relative_to(tmp_path).as_posix())
        real(descriptor)

    def exchange(directory: int, one: str, other: str) -> None:
        log.append(f"> {other}")
        find_exchange()(directory, one, other)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(write, "find_exchange", lambda: exchange)
    commit(tmp_path, [change("sub/c"), change("sub/b"), change("a")])
    assert log == ["temporary"] * 3 + ["> a", "> b", "> c", ".", "sub"]


# ---- what is refused


def make_symlink(path: Path) -> None:
    path.rename(path.with_name("target"))
    path.symlink_to("target")


def make_hard_link(path: Path) -> None:
    path.with_name("other").hardlink_to(path)


def make_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    path.unlink()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


def make_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def make_dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def make_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def make_zero(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def make_read_only(path: Path) -> None:
    path.chmod(0o444)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (make_symlink, "symbolic link"),
        (make_dangling, "symbolic link"),
        (make_loop, "symbolic link"),
        (make_zero, "symbolic link"),
        (make_hard_link, "hard-linked"),
        (make_fifo, "not a regular file"),
        (make_socket, "not a regular file"),
        (make_directory, "not a regular file"),
        (make_read_only, "read-only"),
    ],
)
def test_refused(file, make, reason):
    make(file)
    other = file.with_name("z.env")
    other.write_bytes(OLD)
    before = sorted((entry.name, entry.stat(follow_symlinks=False).st_ino) for entry in os.scandir(file.parent))
    results = {r.path: (r.state, r.reason) for r in commit(file.parent, [change("a.env"), change("z.env")])}
    assert results == {"a.env": (State.REFUSED, reason), "z.env": (State.FIXED, "")}
    after = sorted((entry.name, entry.stat(follow_symlinks=False).st_ino) for entry in os.scandir(file.parent))
    assert [entry for entry in after if entry[0] != "z.env"] == [entry for entry in before if entry[0] != "z.env"]


@pytest.mark.parametrize("path", ["../a.env", "sub/../a.env", "/etc/hostname", "", ".", "./a.env", "a.env/", "a\0b"])
def test_paths_out_of_the_root_are_refused(file, path):
    (file.parent / "sub").mkdir()
    assert only(commit(file.parent / "sub", [change(path)])) == (State.REFUSED, "outside the root")
    assert file.read_bytes() == OLD


def test_a_directory_that_is_a_link_is_refused(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x").write_bytes(OLD)
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(outside)
    assert only(commit(root, [change("link/x")])) == (State.REFUSED, "symbolic link")
    assert (outside / "x").read_bytes() == OLD


@pytest.mark.parametrize("path", ["gone.env", "gone/x", "a.env/x"])
def test_a_vanished_file_is_a_conflict(file, path):
    assert only(commit(file.parent, [change(path)])) == (State.CONFLICT, "vanished")


def test_a_file_that_changed_since_it_was_read_is_a_conflict(file):
    file.write_bytes(USER)
    assert only(commit(file.parent, [change("a.env")])) == (State.CONFLICT, "changed since it was read")
    assert file.read_bytes() == USER


@ROOT_ONLY
def test_an_immutable_file_is_refused(file):
    if subprocess.run(("chattr", "+i", file), check=False, capture_output=True).returncode:
        pytest.skip("no chattr here")
    try:
        assert only(commit(file.parent, [change("a.env")])) == (State.REFUSED, "read-only")
    finally:
        subprocess.run(("chattr", "-i", file), check=True)
    assert leftovers(file.parent) == []


@ROOT_ONLY
@pytest.mark.parametrize(
    ("mode", "directory", "owner", "reason"),
    [
        (0o644, 0o555, NOBODY, "its directory is read-only"),
        (0o666, 0o777, 1234, "its owner cannot be kept"),
        (0o666, 0o1777, 1234, "its directory is sticky and the file belongs to somebody else"),
        (0o644, 0o777, 1234, "read-only"),
        (0o400, 0o777, NOBODY, "read-only"),
        (0o000, 0o777, NOBODY, "permission denied"),
    ],
)
def test_refused_for_an_ordinary_user(tmp_path, mode, directory, owner, reason):
    folder = opened(tmp_path) / "folder"
    folder.mkdir()
    path = folder / "x"
    path.write_bytes(OLD)
    path.chmod(mode)
    os.chown(path, owner, owner)
    os.chown(folder, 0 if directory == 0o1777 else NOBODY, 0)
    folder.chmod(directory)

    def check() -> None:
        assert only(commit(tmp_path, [change("folder/x")])) == (State.REFUSED, reason)

    as_nobody(check)
    assert path.read_bytes() == OLD
    assert leftovers(folder) == []


def test_two_changes_of_one_file_are_a_fault_of_the_program(file):
    with pytest.raises(RewriteError):
        commit(file.parent, [change("a.env"), change("a.env")])


def test_a_root_that_is_gone(tmp_path):
    assert only(commit(tmp_path / "gone", [change("a.env")])) == (State.FAILED, "nothing was written: ENOENT")


# ---- races: `stop` is asked before each file is staged and again before each is put in place


def at_step(step: int, action):
    """A `stop` that lets somebody else act at the given question and always says no."""
    steps = iter(range(1_000))

    def stop() -> bool:
        if next(steps) == step:
            action()
        return False

    return stop


def in_place(path: Path) -> None:
    path.write_bytes(USER)


def same_size(path: Path) -> None:
    path.write_bytes(OLD.replace(b"121", b"122"))


def by_rename(path: Path) -> None:
    path.with_name("users").write_bytes(USER)
    path.with_name("users").rename(path)


def touched_with_old_time(path: Path) -> None:
    info = path.stat()
    same_size(path)
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))


def set_attribute(path: Path) -> None:
    os.setxattr(path, "user.note", b"1")


RACERS = [
    in_place,
    same_size,
    by_rename,
    touched_with_old_time,
    Path.unlink,
    make_symlink,
    make_directory,
    make_hard_link,
    make_read_only,
]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("racer", [*RACERS, set_attribute])
def test_somebody_acts_between_staging_and_the_end(file, racer):
    other = file.with_name("b.env")
    other.write_bytes(OLD)
    seen = {}

    def act() -> None:
        racer(file)
        seen["then"] = snapshot(file)

    results = commit(file.parent, [change("a.env"), change("b.env")], stop=at_step(2, act))
    assert [r.state for r in results] == [State.CONFLICT, State.FIXED]
    assert results[0].reason.startswith("changed while the fix was made")
    assert snapshot(file) == seen["then"]
    assert leftovers(file.parent) == []


def snapshot(path: Path) -> tuple[object, ...]:
    """What a user sees of a file: kind, mode, links, and bytes."""
    if not os.path.lexists(path):
        return ()
    info = path.lstat()
    return info.st_ino, info.st_mode, info.st_nlink, path.read_bytes() if path.is_file() else None


@pytest.mark.parametrize("racer", RACERS)
def test_somebody_acts_between_the_comparison_and_the_exchange(file, monkeypatch, racer):
    exchange = find_exchange()
    if exchange is None:
        pytest.skip("the system cannot exchange names")
    seen = []

    def racing(directory: int, one: str, other: str) -> None:
        if not seen:
            racer(file)
            seen.append(snapshot(file))
        exchange(directory, one, other)

    monkeypatch.setattr(write, "find_exchange", lambda: racing)
    state, reason = only(commit(file.parent, [change("a.env")]))
    assert state is State.CONFLICT
    assert reason in {"changed while the fix was made", "vanished"}
    assert snapshot(file) == seen[0]
    assert leftovers(file.parent) == []


def test_somebody_acts_after_the_exchange(file, monkeypatch):
    exchange = find_exchange()
    if exchange is None:
        pytest.skip("the system cannot exchange names")

    def racing(directory: int, one: str, other: str) -> None:
        exchange(directory, one, other)
        by_rename(file)

    monkeypatch.setattr(write, "find_exchange", lambda: racing)
    assert only(commit(file.parent, [change("a.env")])) == (State.CONFLICT, "changed after it was written")
    assert file.read_bytes() == USER
    assert leftovers(file.parent) == []


def test_two_others_act_around_the_exchange_and_neither_is_lost(file, monkeypatch):
    exchange = find_exchange()
    if exchange is None:
        pytest.skip("the system cannot exchange names")

    calls = []

    def racing(directory: int, one: str, other: str) -> None:
        calls.append(one)
        if len(calls) > 1:
            exchange(directory, one, other)
            return
        by_rename(file)
        exchange(directory, one, other)
        file.write_bytes(b"a second one")

    monkeypatch.setattr(write, "find_exchange", lambda: racing)
    state, reason = only(commit(file.parent, [change("a.env")]))
    (kept,) = leftovers(file.parent)
    assert state is State.CONFLICT
    assert kept in reason
    assert (file.read_bytes(), file.with_name(kept).read_bytes()) == (USER, b"a second one")
    assert len(calls) == 2


def test_somebody_takes_our_file_away_after_the_exchange(file, monkeypatch):
    """And had changed the old one before: theirs is kept, under the temporary name, which is told."""
    exchange = find_exchange()
    if exchange is None:
        pytest.skip("the system cannot exchange names")

    def racing(directory: int, one: str, other: str) -> None:
        in_place(file)
        exchange(directory, one, other)
        by_rename(file)
        file.write_bytes(b"theirs as well")

    monkeypatch.setattr(write, "find_exchange", lambda: racing)
    state, reason = only(commit(file.parent, [change("a.env")]))
    (kept,) = leftovers(file.parent)
    assert state is State.CONFLICT
    assert kept in reason
    assert (file.read_bytes(), file.with_name(kept).read_bytes()) == (b"theirs as well", USER)


@pytest.mark.parametrize("make", [Path.touch, lambda path: path.symlink_to(path.with_name("outside"))])
def test_a_temporary_name_that_is_taken_is_left_alone(file, monkeypatch, make):
    taken = file.with_name(".taken")
    make(taken)
    file.with_name("outside").write_bytes(USER)
    monkeypatch.setattr(write, "temporary_name", lambda _name: ".taken")
    assert only(commit(file.parent, [change("a.env")])) == (State.FAILED, "nothing was written: EEXIST")
    assert os.path.lexists(taken)
    assert (file.read_bytes(), file.with_name("outside").read_bytes()) == (OLD, USER)


@pytest.mark.parametrize("path", ["..", "a/..", "../a", "/", "./a", "a//b"])
def test_no_directory_outside_of_the_root_is_opened(tmp_path, path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    with Beneath(tmp_path / "a") as tree, pytest.raises(OSError, match="Invalid argument"):
        tree.directory(path)


@pytest.mark.usefixtures("way")
def test_the_directory_is_moved_away_meanwhile(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "x").write_bytes(OLD)

    def move() -> None:
        folder.rename(tmp_path / "moved")
        folder.mkdir()
        (folder / "x").write_bytes(OLD)

    state, reason = only(commit(tmp_path, [change("folder/x")], stop=at_step(1, move)))
    assert state is State.CONFLICT
    assert "its directory was moved" in reason
    assert {path.read_bytes() for path in tmp_path.glob("*/x")} == {OLD}


@pytest.mark.usefixtures("way")
def test_the_directory_becomes_a_link_out_of_the_root(tmp_path):
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / "folder").mkdir(parents=True)
    outside.mkdir()
    (root / "folder" / "x").write_bytes(OLD)
    (outside / "x").write_bytes(OLD)

    def redirect() -> None:
        (root / "folder").rename(root / "moved")
        (root / "folder").symlink_to(outside)

    assert only(commit(root, [change("folder/x")], stop=at_step(1, redirect)))[0] is State.CONFLICT
    assert sorted(path.name for path in outside.iterdir()) == ["x"]
    assert (outside / "x").read_bytes() == OLD


def test_no_edit_of_a_racing_writer_is_lost(file):
    """At a random moment of each round somebody renames a file over ours: in the end theirs must stand there."""
    if find_exchange() is None:
        pytest.skip("the system cannot exchange names")
    users = file.with_name("users")
    states = set()
    for round_ in range(200):
        file.write_bytes(OLD)
        users.write_bytes(USER)
        delay = (round_ % 50) * 0.00002

        def act(delay: float = delay) -> None:
            time.sleep(delay)
            users.rename(file)

        writer = threading.Thread(target=act)
        writer.start()
        states.add(only(commit(file.parent, [change("a.env")]))[0])
        writer.join()
        assert file.read_bytes() == USER
        assert leftovers(file.parent) == []
    assert states <= {State.FIXED, State.CONFLICT}


# ---- interruption and leftovers


@pytest.mark.parametrize(("step", "fixed"), [(0, 0), (2, 0), (3, 0), (4, 1), (5, 2)])
def test_stop_finishes_the_file_at_hand_and_tidies_up(tmp_path, step, fixed):
    names = ["a", "b", "c"]
    for name in names:
        (tmp_path / name).write_bytes(OLD)
    asked = iter(range(1_000))
    results = commit(tmp_path, map(change, names), stop=lambda: next(asked) >= step)
    assert [r.state for r in results] == [State.FIXED] * fixed + [State.FAILED] * (3 - fixed)
    assert all("interrupted" in r.reason for r in results[fixed:])
    assert [(tmp_path / name).read_bytes() for name in names] == [NEW] * fixed + [OLD] * (3 - fixed)
    assert leftovers(tmp_path) == []


def dead_process() -> int:
    child = subprocess.Popen(("true",))
    child.wait()
    return child.pid


def test_what_a_dead_run_left_behind_is_removed(file):
    dead = file.with_name(f".a.env.{dead_process()}-0123abcd.analyzer-tmp")
    alive = file.with_name(temporary_name("b.env"))
    lookalike = file.with_name(".a.env.analyzer-tmp")
    for path in (dead, alive, lookalike):
        path.write_bytes(b"rest")
    assert only(commit(file.parent, [change("a.env")])) == (State.FIXED, "")
    assert (dead.exists(), alive.exists(), lookalike.exists()) == (False, True, True)


def test_remove_stale_removes_files_of_ours_only(tmp_path):
    name = f".x.{dead_process()}-0123abcd.analyzer-tmp"
    for folder in ("plain", "linked", "hard", "directory", "inside"):
        (tmp_path / folder).mkdir()
    (tmp_path / "plain" / name).write_bytes(b"")
    (tmp_path / "linked" / name).symlink_to(tmp_path / "plain")
    (tmp_path / "hard" / name).write_bytes(b"")
    (tmp_path / "hard" / "twin").hardlink_to(tmp_path / "hard" / name)
    (tmp_path / "directory" / name).mkdir()
    (tmp_path / "way").symlink_to(tmp_path / "inside")
    (tmp_path / "inside" / name).write_bytes(b"")
    paths = [f"{folder}/{name}" for folder in ("plain", "linked", "hard", "directory", "way", "gone", "../plain")]
    assert remove_stale(tmp_path, [*paths, "plain/kept", name]) == (f"plain/{name}",)
    assert (tmp_path / "inside" / name).exists()


def test_remove_stale_removes_what_is_older_than_an_hour(tmp_path, monkeypatch):
    name = temporary_name("x")
    (tmp_path / name).touch()
    assert remove_stale(tmp_path, [name]) == ()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3_700)
    assert remove_stale(tmp_path, [name]) == (name,)


@ROOT_ONLY
def test_remove_stale_leaves_files_of_others(tmp_path):
    name = f".x.{dead_process()}-0123abcd.analyzer-tmp"
    (tmp_path / name).touch()
    os.chown(tmp_path / name, 1234, 1234)
    assert remove_stale(tmp_path, [name]) == ()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param(temporary_name("a.env"), True, id="plain"),
        pytest.param("sub/" + temporary_name("a b"), True, id="in a folder"),
        pytest.param(temporary_name("n" * 255), True, id="long"),
        pytest.param(temporary_name("new\nline"), True, id="of two lines"),
        (".a.env.analyzer-tmp", False),
        ("a.env.12-0123abcd.analyzer-tmp", False),
        (".a.env.0-0123abcd.analyzer-tmp", False),
        (".a.env.12-0123abcd.analyzer-tmp/x", False),
        (".a.env.12-0123abcd.analyzer-tmp\n", False),
    ],
)
def test_names_of_temporary_files(path, expected):
    assert is_temporary(path) is expected


def test_a_temporary_name_fits_where_the_file_name_does():
    assert len(os.fsencode(temporary_name("n" * 255))) <= 255
    assert len(os.fsencode(temporary_name("\u00e9" * 127))) <= 255
