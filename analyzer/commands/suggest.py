"""`analyzer suggest`: scan what a change made, and comment on it where it is reviewed.

Findings outside what the forge shows of the change, those below `--fail-on`, and all where comments do not get through
are told as `scan` tells them; the exit code is that of `scan --diff` either way.
"""

import argparse
import os
import sys
from dataclasses import replace

from analyzer.commands.common import add_scan_options, exit_code, say
from analyzer.commands.common import open_findings as counting
from analyzer.commands.reportfile import add_report_option, without_outputs, write_report
from analyzer.commands.since import since
from analyzer.engine import scan_since
from analyzer.errors import UsageError
from analyzer.forge import FORGES, Forge, Outcome, forge_of, publish
from analyzer.model import Report
from analyzer.report import REPORTS
from analyzer.report.phrases import many, open_findings
from analyzer.visible import visible, visible_path

_MOST = 30
_FORBIDDEN = (401, 403, 404)
_ANNOTATIONS = {"GitHub": "github", "GitLab": "text"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `suggest`."""
    add_scan_options(parser)
    parser.add_argument(
        "--diff",
        nargs="?",
        const="",
        default="",
        metavar="BASE",
        help="the change is what is new since BASE (default: what CI says)",
    )
    for name in FORGES:
        parser.add_argument(
            f"--{name}", dest="forge", action="store_const", const=name, help="comment there (default: what CI says)"
        )
    parser.add_argument("--dry-run", action="store_true", help="print the comments, and post none")
    parser.add_argument("--most", type=_count, default=_MOST, metavar="N", help=f"comments of a run ({_MOST})")
    add_report_option(parser, REPORTS, "write a report of all that is new; repeatable")


def run(options: argparse.Namespace) -> int:
    """Scan, comment, tell the rest; 0, 1 or 3."""
    if options.paths == ["-"]:
        raise UsageError("a change is not read from standard input", "name files and folders")
    forge = forge_of(options.forge, os.environ)
    request, compared = since(options, options.diff)
    report = scan_since(without_outputs(request, [path for _form, path in options.report]), compared).report
    for form, path in options.report:
        write_report(path, _bytes(REPORTS[form](report)))
    write = not options.dry_run
    ranked = open_findings(report)
    weighty = counting(ranked, "warning" if options.fail_on == "never" else options.fail_on)
    outcome = publish(forge, weighty, request.root, compared.past.prefix, options.most, write=write)
    light = [finding for finding in ranked if finding not in weighty]
    if options.dry_run:
        _show(forge, outcome)
    _tell(forge, replace(report, findings=(*outcome.left, *light)))
    for line in _summary(forge, outcome, write=write):
        say(f"analyzer: {line}")
    return exit_code(report.findings, report.problems, options)


def _show(forge: Forge, outcome: Outcome) -> None:
    """The comments that would be posted, each line behind a bar: no CI system takes one for a command."""
    for comment in outcome.posted:
        lines = str(comment.first) if comment.first == comment.last else f"{comment.first}-{comment.last}"
        print(f"{visible_path(comment.change.path)}:{lines}")
        for line in forge.text(comment).split("\n"):
            print(f"  | {visible(line, 4096)}")


def _tell(forge: Forge, rest: Report) -> None:
    """What is in no comment, and what could not be read, as annotations or text."""
    if rest.findings or rest.problems:
        sys.stdout.buffer.write(_bytes(REPORTS[_ANNOTATIONS[forge.name]](rest)))
        sys.stdout.flush()


def _summary(forge: Forge, outcome: Outcome, *, write: bool) -> list[str]:
    posted = "posted" if write else "would be posted"
    counts = {
        f"{posted}": len(outcome.posted),
        "there already": outcome.known,
        "outside the change that is shown": outcome.outside,
        "refused by their place": outcome.refused,
        "more than --most": outcome.over,
    }
    said = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
    lines = [f"comments on {forge.name}: {said or 'none'}"]
    if outcome.fault:
        lines.append(f"{forge.name}: {outcome.fault}; {many(len(outcome.left), 'finding')} told here instead")
        if outcome.status in _FORBIDDEN:
            lines.append(f"  hint: {forge.advice}")
    return lines


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError("must lie between 1 and 1000")
    return number


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
