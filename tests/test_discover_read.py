"""Reading: regular files below the root, whole, and everything else refused in plain words."""

import codecs
import os
import socket
import time
from pathlib import Path

import pytest

from analyzer.discover import LIMIT, Reader, Refusal, read
from tests.privileges import as_nobody, opened

DATA = b"host: 10.0.0.121\r\n"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        DATA,
        b"\xef\xbb\xbf" + DATA,
        b"caf\xe9",
        b"x" * 8192 + b"\0",
        b"\r\r",
        "\u2028\u0085".encode(),
        b"x" * 3_000_000,
    ],
)
@pytest.mark.parametrize("name", ["a", "two words", "caf\u00e9", "\udcff", "new\nline", "-x", "..a", "sub/a"])
def test_a_regular_file(tmp_path, name, data):
    (tmp_path / "sub").mkdir()
    (tmp_path / name).write_bytes(data)
    assert read(tmp_path, name) == data


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"\x7fELF\0", Refusal("binary")),
        (b"x" * 8191 + b"\0", Refusal("binary")),
        (codecs.BOM_UTF16_LE + "host".encode("utf-16-le"), Refusal("UTF-16 text; save it as UTF-8", incomplete=True)),
        (codecs.BOM_UTF16_BE + "host".encode("utf-16-be"), Refusal("UTF-16 text; save it as UTF-8", incomplete=True)),
        ("host".encode("utf-16-le"), Refusal("binary")),
    ],
)
def test_what_is_not_text(tmp_path, data, refusal):
    (tmp_path / "a").write_bytes(data)
    assert read(tmp_path, "a") == refusal


@pytest.mark.parametrize(
    ("size", "limit", "reason"), [(LIMIT + 1, LIMIT, "larger than 10 MiB"), (11, 10, "larger than 10 bytes")]
)
def test_the_limit(tmp_path, size, limit, reason):
    (tmp_path / "a").write_bytes(b"x" * size)
    assert read(tmp_path, "a", limit) == Refusal(reason, incomplete=True)
    assert read(tmp_path, "a", limit + 1) == b"x" * size


def test_a_huge_file_is_not_even_begun(tmp_path):
    (tmp_path / "a").touch()
    os.truncate(tmp_path / "a", 1 << 40)
    assert read(tmp_path, "a") == Refusal("larger than 10 MiB", incomplete=True)


def test_a_file_that_hides_its_size():
    """Files of /proc say that they are empty; the limit holds for what comes."""
    with Reader("/proc/self", 10) as reader:
        assert reader.read("status") == Refusal("larger than 10 bytes", incomplete=True)
        assert reader.read("comm")


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret").write_bytes(DATA)
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (root / "file").write_bytes(DATA)
    (root / "sub" / "file").write_bytes(DATA)
    for name, target in {
        "to-file": "file",
        "outward": "../outside/secret",
        "to-outside": "../outside",
        "to-sub": "sub",
        "loop": "loop",
        "dangling": "nowhere",
        "zero": "/dev/zero",
        "stdin": "/dev/stdin",
        "environ": "/proc/self/environ",
        "to-fifo": "fifo",
    }.items():
        (root / name).symlink_to(target)
    os.mkfifo(root / "fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(root / "socket"))
    return root


@pytest.mark.parametrize(
    "path",
    [
        "to-file",
        "outward",
        "to-outside",
        "to-outside/secret",
        "to-sub/file",
        "loop",
        "dangling",
        "zero",
        "stdin",
        "environ",
        "to-fifo",
    ],
)
def test_links_are_refused(tree, path):
    assert read(tree, path) == Refusal("symbolic link")


@pytest.mark.parametrize("path", ["fifo", "socket", "sub"])
def test_only_regular_files_are_read(tree, path):
    assert read(tree, path) == Refusal("not a regular file")


@pytest.mark.parametrize("path", ["gone", "gone/file", "file/inside"])
def test_what_is_not_there(tree, path):
    assert read(tree, path) == Refusal("vanished", incomplete=True)


@pytest.mark.parametrize(
    "path", ["../outside/secret", "sub/../../outside/secret", "sub/../file", "/etc/hostname", "", ".", "sub/", "a\0b"]
)
def test_paths_out_of_the_root(tree, path):
    assert read(tree, path) == Refusal("outside the root", incomplete=True)


def test_a_root_that_is_a_link_is_what_the_user_named(tree):
    (tree.parent / "way").symlink_to(tree)
    assert read(tree.parent / "way", "sub/file") == DATA


def test_a_directory_that_becomes_a_link_is_not_followed(tree):
    with Reader(tree) as reader:
        assert reader.read("file") == DATA
        (tree / "sub").rename(tree / "moved")
        (tree / "sub").symlink_to(tree.parent / "outside")
        assert reader.read("sub/secret") == Refusal("symbolic link")


def test_permission_denied(tree):
    opened(tree.parent)
    (tree / "file").chmod(0)
    (tree / "sub").chmod(0)

    def check() -> None:
        assert read(tree, "file") == Refusal("permission denied", incomplete=True)
        assert read(tree, "sub/file") == Refusal("permission denied", incomplete=True)

    as_nobody(check)


def test_a_name_that_is_too_long(tree):
    assert read(tree, "n" * 300) == Refusal("error ENAMETOOLONG", incomplete=True)


def count_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_many_and_deep_directories_need_few_descriptors(tmp_path):
    deep = "/".join(["d"] * 300)
    (tmp_path / deep).mkdir(parents=True)
    (tmp_path / deep / "file").write_bytes(DATA)
    for number in range(200):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "file").write_bytes(b"%d" % number)
    before = count_descriptors()
    with Reader(tmp_path) as reader:
        assert reader.read(f"{deep}/file") == DATA
        for _ in range(2):
            assert [reader.read(f"{number}/file") for number in range(200)] == [b"%d" % number for number in range(200)]
        assert count_descriptors() - before < 40
    assert count_descriptors() == before


def test_many_files_are_read_fast(tmp_path):
    for number in range(20):
        (tmp_path / f"{number}").mkdir()
        for inner in range(50):
            (tmp_path / f"{number}" / f"{inner}").write_bytes(DATA)
    start = time.process_time()
    with Reader(tmp_path) as reader:
        assert all(reader.read(f"{number}/{inner}") == DATA for number in range(20) for inner in range(50))
    assert time.process_time() - start < 0.3
