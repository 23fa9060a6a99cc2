"""`analyzer fix`: write what is safe, print it as a diff, or save it as a patch."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from analyzer.base64text import decode
from analyzer.commands.common import add_scan_options, exit_code, open_findings, request_of, say
from analyzer.commands.since import since
from analyzer.engine import Request, Rewrite, Scan, prove, rewrites, scan, scan_since
from analyzer.errors import UsageError
from analyzer.model import Edit, Finding, Problem, Report, Safety
from analyzer.rewrite import Change, commit, unified_diff
from analyzer.visible import visible, visible_path

INCOMPLETE = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `fix`."""
    add_scan_options(parser)
    parser.add_argument("--unsafe", action="store_true", help="also write fixes that change more than the address")
    parser.add_argument(
        "--since",
        nargs="?",
        const="",
        metavar="BASE",
        help="fix only what is new since BASE (default: what CI says), by the policy that BASE has",
    )
    parser.add_argument("--diff", action="store_true", help="print the changes as a diff and write nothing")
    parser.add_argument(
        "--patch", metavar="FILE", help="save the changes as a patch (mode 0600) and write nothing else"
    )
    parser.add_argument(
        "--publishable",
        action="store_true",
        help="leave files out of the patch whose fixes change encoded values (base64)",
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if something would change")


def run(options: argparse.Namespace) -> int:
    """Fix and tell; 0 nothing left, 1 findings left, 3 scan incomplete, 4 a write refused or failed."""
    if options.publishable and not (options.diff or options.patch):
        raise UsageError("--publishable says what a patch may hold", "add --patch FILE or --diff")
    request, done = _scanned(options)
    withheld = _withheld(done.report.findings) if options.publishable else frozenset()
    open_ones = [f for f in done.report.findings if f.path not in withheld]
    changes, conflicts = rewrites(open_ones, done.sources, unsafe=options.unsafe, older=done.older)
    kept, unproved = prove(changes, done.bench, request.limits, done.bundles, done.read)
    failed = [*conflicts, *unproved]
    if options.diff or options.patch:
        _show(kept, options.patch)
    elif not options.check:
        with _patient() as caught:
            failed += _commit(request, kept, caught)
        if caught:
            return 128 + caught[0]
    for path in sorted(withheld):
        say(f"{visible_path(path)}: left out: a patch would show its encoded values, secrets among them")
    return _conclude(done.report, failed, len(kept), options)


def _scanned(options: argparse.Namespace) -> tuple[Request, Scan]:
    if options.since is None:
        request = request_of(options)
        return request, scan(request)
    request, compared = since(options, options.since)
    return request, scan_since(request, compared)


def _withheld(findings: Sequence[Finding]) -> frozenset[str]:
    """Files with a fix inside an encoded value: neighbouring lines are shown by a patch, and are secrets as a rule."""
    fixed = ((f, f.fix) for f in findings if f.fix is not None)
    return frozenset(f.path for f, fix in fixed if not fix.publishable or any(_encoded(e, f.host) for e in fix.edits))


def _encoded(edit: Edit, host: str) -> bool:
    plain = edit.old.isdigit() or host.lower().encode() in edit.old.lower()
    return not plain and decode(edit.old) is not None


@contextmanager
def _patient() -> Iterator[list[int]]:
    """While files are written, an interrupt is noted instead of raised: each file ends old or new, none half-way."""
    caught: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda got, _frame: caught.append(got)) for number in numbers}
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _show(changes: Sequence[Rewrite], patch: str | None) -> None:
    text = b"".join(unified_diff(c.source.path, c.source.data, c.new) for c in changes)
    if patch is None:
        sys.stdout.buffer.write(text)
        return
    # A patch holds whole lines, passwords included: for its owner's eyes only.
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    try:
        with os.fdopen(os.open(patch, flags, 0o600), "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(text)
    except OSError as error:
        raise UsageError(f"{patch}: the patch cannot be written ({error.strerror})", "name a new file") from None


def _commit(request: Request, changes: Sequence[Rewrite], caught: Sequence[int]) -> list[Problem]:
    planned = [Change(c.source.path, c.source.data, c.new) for c in changes]
    problems = []
    for result in commit(request.root, planned, stop=lambda: bool(caught)):
        if result.state == "fixed":
            say(f"fixed {visible_path(result.path)}")
        elif result.state != "unchanged":
            problems.append(Problem(result.path, "write", f"{result.state}: {result.reason}"))
    return problems


def _conclude(report: Report, failed: Sequence[Problem], changed: int, options: argparse.Namespace) -> int:
    for problem in (*report.problems, *failed):
        line = f":{problem.line}" if problem.line else ""
        say(f"{visible_path(problem.path)}{line}: {problem.stage}: {visible(problem.message, 500)}")
    bad = {p.path for p in failed}
    left = [f for f in report.findings if f.path in bad or not _settled(f, options)]
    _tell_left(left)
    rest = [f for f in open_findings(left, options.fail_on) if f.fix is None]
    if rest:
        say(f"{len(rest)} finding{'' if len(rest) == 1 else 's'} left that no fix mends: `analyzer scan` shows why")
    elif not changed and not left:
        say("nothing to fix")
    if options.check or options.diff or options.patch:
        say(f"{changed} file{'' if changed == 1 else 's'} would change")
    if failed:
        return INCOMPLETE
    code = exit_code(left, report.problems, options)
    return 1 if options.check and changed and code == 0 else code


def _settled(finding: Finding, options: argparse.Namespace) -> bool:
    wanted = {Safety.SAFE, Safety.UNSAFE} if options.unsafe else {Safety.SAFE}
    return finding.fix is not None and finding.fix.safety in wanted and finding.suppressed is None


def _tell_left(left: Sequence[Finding]) -> None:
    for finding in left:
        if finding.suppressed is None and finding.fix is not None:
            fix = finding.fix
            where = f"{visible_path(finding.path)}:{finding.start.line}:{finding.start.column}"
            say(f"{where}: left ({fix.safety}): {visible(fix.title)}: {visible(fix.reason)}")
