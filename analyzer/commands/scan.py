"""`analyzer scan`: find, judge, report."""

import argparse
import os
import sys
from dataclasses import replace

from analyzer.baseline import NAME, existing, write
from analyzer.commands import colour
from analyzer.commands.common import add_scan_options, exit_code, request_of, say
from analyzer.commands.reportfile import add_report_option, without_outputs, write_report
from analyzer.commands.since import since
from analyzer.engine import Request, Scan, accepted, rewritten, scan, scan_bytes, scan_since
from analyzer.errors import UsageError
from analyzer.model import Report, Severity
from analyzer.report import REPORTS
from analyzer.source import SourceFile
from analyzer.visible import visible_path

_MOST_STDIN = 10 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `scan`."""
    add_scan_options(parser, "- is standard input, under the name that --stdin-filename gives")
    parser.add_argument("--format", choices=sorted(REPORTS), default="text", help="what standard output shows (text)")
    add_report_option(parser, REPORTS, "write a report; repeatable")
    parser.add_argument(
        "--write-baseline",
        nargs="?",
        const="",
        metavar="FILE",
        help=f"write the open findings from --fail-on up to a baseline (that of --baseline, else {NAME})",
    )
    parser.add_argument(
        "--diff",
        nargs="?",
        const="",
        metavar="BASE",
        help="tell only what is new since BASE (default: what CI says, else where HEAD left origin's default branch)",
    )
    parser.add_argument("--stdin-filename", metavar="NAME", help="the name under which standard input (-) is read")


def run(options: argparse.Namespace) -> int:
    """Scan and print; 0, 1 or 3."""
    report = _report(options) if options.write_baseline is None else _with_baseline(options)
    for form, path in options.report:
        write_report(path, _bytes(REPORTS[form](report)))
    shown = REPORTS[options.format](report)
    paint = options.format == "text" and colour.wanted(sys.stdout, os.environ)
    sys.stdout.buffer.write(_bytes(colour.coloured(shown) if paint else shown))
    return exit_code(report.findings, report.problems, options)


def _report(options: argparse.Namespace) -> Report:
    if options.paths == ["-"]:
        return _stdin(options).report
    if options.diff is None:
        return scan(_request(options)).report
    request, compared = since(options, options.diff)
    return scan_since(_without_reports(request, options), compared).report


def _with_baseline(options: argparse.Namespace) -> Report:
    """Scan, write what was found to the baseline, and report as held against it."""
    if options.paths == ["-"]:
        raise UsageError("a baseline cannot be written from standard input", "scan files and folders")
    if options.diff is not None:
        raise UsageError("a baseline holds what is old as well", "leave --diff out")
    path = options.write_baseline or options.baseline or NAME
    options.baseline = None
    request = _request(options)
    known = existing(path, request.root, anew=request.scope.whole)
    report = scan(replace(request, baseline=known)).report
    if any(problem.incomplete for problem in report.problems) and not options.allow_incomplete:
        say(f"{visible_path(path)}: not written: the scan is incomplete, and findings would be lost")
        return report
    least = Severity.WARNING if options.fail_on == "never" else Severity(options.fail_on)
    new = rewritten(report, known, request.scope, least)
    write(new)
    say(f"{visible_path(path)}: {len(new.entries)} known finding{'' if len(new.entries) == 1 else 's'} written")
    return accepted(report, new)


def _request(options: argparse.Namespace) -> Request:
    return _without_reports(request_of(options), options)


def _without_reports(request: Request, options: argparse.Namespace) -> Request:
    """The request, without the reports that this run writes."""
    return without_outputs(request, [path for _form, path in options.report])


def _stdin(options: argparse.Namespace) -> Scan:
    if options.diff is not None:
        raise UsageError("--diff compares trees, not standard input", "scan files and folders")
    if not options.stdin_filename:
        raise UsageError("- needs a name to tell the format", "add --stdin-filename NAME, for instance values.yaml")
    data = sys.stdin.buffer.read(_MOST_STDIN + 1)
    if len(data) > _MOST_STDIN:
        raise UsageError("standard input is larger than 10 MiB", "scan it as a file")
    options.paths = []
    request = request_of(options)
    return scan_bytes(SourceFile(options.stdin_filename, data), request)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
