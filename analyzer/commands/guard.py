"""`analyzer guard`: the form for cron. Scan files, or objects from standard input; say PASS or FAIL, keep a log."""

import argparse
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from analyzer import journal
from analyzer.commands.common import FAIL_ON, add_tree_options, exit_code, open_findings, request_of
from analyzer.commands.reportfile import without_outputs
from analyzer.engine import Request, Scan, scan, scan_bytes
from analyzer.engine.objects import scan_objects
from analyzer.errors import UsageError
from analyzer.model import Problem, Report
from analyzer.report.guard import Round, render
from analyzer.source import SourceFile

_MOST_STDIN = 256 * 1024 * 1024
_STDIN = "stdin"
_SIZE = re.compile(r"(\d{1,12})(|[KMG]iB)")
_UNITS = {"": 1, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
_NAME_IT = "name it by --policy FILE; `analyzer init` drafts one"
_EMPTY = "nothing was read: the folder is empty or not mounted"
_SILENT = (
    "nothing was read: the command before the pipe said nothing, or its list is empty; look at its namespace, its "
    "context and its rights"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `guard`."""
    add_tree_options(parser, "- is what `kubectl get -o yaml` or `vault read -format=json` prints")
    parser.add_argument(
        "--fail-on",
        choices=FAIL_ON[:-1],
        default="warning",
        help="lowest severity that FAILs (warning)",
    )
    parser.add_argument("--log", type=_file, metavar="FILE", help="append what is said to this file")
    parser.add_argument(
        "--log-size", type=_size, default="10MiB", metavar="SIZE", help="rotate the log at this size; 0: never (10MiB)"
    )
    parser.add_argument("--log-keep", type=_kept, default=5, metavar="N", help="rotated logs to keep (5)")
    parser.add_argument("--quiet", action="store_true", help="print nothing on PASS: cron mails what is printed")
    parser.add_argument(
        "--stdin-filename", metavar="NAME", help="read standard input (-) as this file, not as objects of a cluster"
    )
    parser.set_defaults(allow_incomplete=False)


def run(options: argparse.Namespace) -> int:
    """Scan, log, print; 0 PASS, 1 FAIL, 3 FAIL because not all could be read."""
    piped = "-" in options.paths
    if piped and len(options.paths) > 1:
        raise UsageError("- stands for standard input and cannot be scanned together with files", "run guard twice")
    what = "standard input" if piped else ", ".join(options.paths) or "."
    options.paths = [] if piped else options.paths
    request = request_of(options)
    if request.policy.path is None:
        raise UsageError("guard needs a policy: without one it knows no node", _NAME_IT)
    if options.log:
        journal.check(Path(options.log))
        request = without_outputs(request, [options.log], rotated=True)
    started = _now()
    done = _piped(options.stdin_filename, request) if piped else scan(request)
    report = _report(done, Problem(_STDIN, "read", _SILENT) if piped else Problem(".", "read", _EMPTY))
    told = tuple(open_findings(report.findings, options.fail_on))
    live = piped and not options.stdin_filename
    _tell(Round(report, request.policy, told, what, live, started, _now()), options)
    return exit_code(told, report.problems, options)


def _tell(done: Round, options: argparse.Namespace) -> None:
    block = render(done).encode("utf-8", "backslashreplace")
    if options.log:
        journal.append(Path(options.log), block, journal.Rotation(options.log_size, options.log_keep))
    if not (options.quiet and done.passed):
        sys.stdout.buffer.write(block)


def _piped(name: str | None, request: Request) -> Scan:
    """What stands on standard input: objects of a cluster, or the file of that name."""
    data = sys.stdin.buffer.read(_MOST_STDIN + 1)
    if len(data) > _MOST_STDIN:
        raise UsageError(
            f"standard input is larger than {_MOST_STDIN // 1024**2} MiB",
            "ask for one namespace, or one kind, at a time",
        )
    return scan_bytes(SourceFile(name, data), request) if name else scan_objects(data, _STDIN, request)


def _report(done: Scan, nothing: Problem) -> Report:
    """The report; where nothing was read at all, that is a problem: a guard must not PASS on an empty mount."""
    coverage, problems = done.report.coverage, done.report.problems
    if coverage.examined + coverage.nothing or any(p.incomplete for p in problems):
        return done.report
    return replace(done.report, problems=(*problems, nothing))


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _size(text: str) -> int:
    found = _SIZE.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError("must be a number of bytes, KiB, MiB or GiB: 10MiB")
    return int(found[1]) * _UNITS[found[2]]


def _kept(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 2:
        raise argparse.ArgumentTypeError("must be a number from 0 to 99")
    return int(text)


def _file(text: str) -> str:
    """An unset variable of a crontab must not mean that there is no log."""
    if not text:
        raise argparse.ArgumentTypeError("the name of the file is empty")
    return text
