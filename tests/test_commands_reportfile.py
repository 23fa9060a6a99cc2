"""`--report FORMAT=FILE`: whole or not at all, and never through a link that a checkout brought."""

import json
import os
import stat
import threading

import pytest

from analyzer.commands.reportfile import write_report
from analyzer.errors import UsageError
from analyzer.report import REPORTS
from tests.hostility import grown
from tests.program import run


def test_all_formats_at_once(tmp_path):
    tree, out = tmp_path / "tree", tmp_path / "out"
    tree.mkdir()
    out.mkdir()
    ran = run(grown(tree), "scan", *(part for form in REPORTS for part in ("--report", f"{form}={out / form}")))
    assert (ran.code, ran.err) == (1, b"")
    assert {path.name for path in out.iterdir()} == set(REPORTS)
    assert (out / "text").read_bytes() == ran.out
    for form in ("json", "sarif", "rdjson", "gitlab-codequality", "gitlab-sast"):
        assert json.loads((out / form).read_bytes())


def test_the_old_report_goes_and_its_mode_stays(tmp_path):
    path = tmp_path / "report"
    path.write_bytes(b"an older and longer report")
    path.chmod(0o640)
    write_report(str(path), b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_reader_of_the_old_report_keeps_it(tmp_path):
    path = tmp_path / "report"
    path.write_bytes(b"old")
    with path.open("rb") as reader:
        write_report(str(path), b"new")
        assert reader.read() == b"old"


def test_a_new_report_has_the_mode_that_the_umask_leaves(tmp_path):
    before = os.umask(0o027)
    try:
        write_report(str(tmp_path / "report"), b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "report").stat().st_mode) == 0o640


@pytest.mark.parametrize("target", ["kept", "missing"])
def test_a_link_is_refused(tmp_path, target):
    (tmp_path / "kept").write_bytes(b"kept")
    (tmp_path / "link").symlink_to(tmp_path / target)
    with pytest.raises(UsageError, match="symbolic link"):
        write_report(str(tmp_path / "link"), b"new")
    assert (tmp_path / "kept").read_bytes() == b"kept"
    assert {path.name for path in tmp_path.iterdir()} == {"kept", "link"}


def test_a_pipe_is_written_through_also_by_a_link(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    got = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    write_report(str(tmp_path / "link"), b"new")
    reader.join()
    assert got == [b"new"]


@pytest.mark.parametrize("target", [".", "no/such/report", "x" * 300])
def test_what_cannot_be_written_is_a_usage_error_and_leaves_nothing(tmp_path, target):
    with pytest.raises(UsageError, match="cannot be written"):
        write_report(str(tmp_path / target), b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_half_way_keeps_the_old_report(tmp_path, monkeypatch):
    path = tmp_path / "report"
    path.write_bytes(b"old")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(UsageError, match="No space left"):
        write_report(str(path), b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_dash_is_refused_with_the_option_that_does_it(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        run(tmp_path, "scan", "--report", "json=-")
    assert stopped.value.code == 2


def test_a_second_scan_does_not_read_the_reports_of_the_first(tmp_path):
    folder = grown(tmp_path)
    (folder / "odd[1]*").mkdir()
    names = {form: f"odd[1]*/{form}{'.sarif' if form == 'sarif' else '.json'}" for form in REPORTS}
    options = [part for form, name in names.items() for part in ("--report", f"{form}={name}")]
    first, second = run(folder, "scan", *options), run(folder, "scan", *options)
    assert first.out.split(b"\n")[:7] == second.out.split(b"\n")[:7]
    assert b"1 finding: 1 error." in second.out
    assert b"9 skipped (excluded)" in second.out


@pytest.mark.parametrize("form", ["json", "sarif", "rdjson", "gitlab-codequality", "gitlab-sast"])
def test_a_report_in_the_tree_is_a_copy(tmp_path, form):
    folder = grown(tmp_path)
    name = "out.sarif" if form == "sarif" else "out.json"
    run(folder, "scan", "--report", f"{form}={name}")
    ran = run(folder, "scan")
    assert b"1 finding: 1 error." in ran.out
    assert f"{name}: remark (parse): a".encode() in ran.out
