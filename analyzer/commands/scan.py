"""`analyzer scan`: find, judge, report."""

import argparse
import sys
from pathlib import Path

from analyzer.commands.common import add_scan_options, exit_code, request_of
from analyzer.engine import Scan, scan, scan_bytes
from analyzer.errors import UsageError
from analyzer.report import REPORTS
from analyzer.source import SourceFile

_MOST_STDIN = 10 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `scan`."""
    add_scan_options(parser)
    parser.add_argument("--format", choices=sorted(REPORTS), default="text", help="what standard output shows (text)")
    parser.add_argument(
        "--report", action="append", default=[], type=_report, metavar="FORMAT=FILE", help="write a report; repeatable"
    )
    parser.add_argument("--stdin-filename", metavar="NAME", help="the name under which standard input (-) is read")


def run(options: argparse.Namespace) -> int:
    """Scan and print; 0, 1 or 3."""
    done = _stdin(options) if options.paths == ["-"] else scan(request_of(options))
    for form, path in options.report:
        _write(path, REPORTS[form](done.report))
    sys.stdout.buffer.write(REPORTS[options.format](done.report).encode("utf-8", "backslashreplace"))
    return exit_code(done.report.findings, done.report.problems, options)


def _stdin(options: argparse.Namespace) -> Scan:
    if not options.stdin_filename:
        raise UsageError("- needs a name to tell the format", "add --stdin-filename NAME, for instance values.yaml")
    data = sys.stdin.buffer.read(_MOST_STDIN + 1)
    if len(data) > _MOST_STDIN:
        raise UsageError("standard input is larger than 10 MiB", "scan it as a file")
    options.paths = []
    request = request_of(options)
    return scan_bytes(SourceFile(options.stdin_filename, data), request)


def _report(text: str) -> tuple[str, str]:
    form, _, path = text.partition("=")
    if form not in REPORTS or not path:
        raise argparse.ArgumentTypeError(f"must be FORMAT=FILE with a format of {', '.join(sorted(REPORTS))}")
    return form, path


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise UsageError(
            f"{path}: the report cannot be written ({error.strerror})", "name a file in a folder that exists"
        ) from None
