"""`analyzer explain`: what a rule means, why it is bad, and what good looks like; from the table of checks."""

import argparse
import difflib

from analyzer.checks import CHECKS, Check, check_named
from analyzer.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `explain`."""
    parser.add_argument("rule", nargs="?", metavar="RULE", help="a rule's id (default: list them)")


def run(options: argparse.Namespace) -> int:
    """Print one rule, or one line for each."""
    if options.rule is None:
        width = max(len(check.id) for check in CHECKS)
        for row in CHECKS:
            print(f"{row.id:<{width}}  {row.severity:<8} {row.summary}")
        return 0
    check = check_named(options.rule)
    if check is None:
        near = difflib.get_close_matches(options.rule, [c.id for c in CHECKS], 1)
        hint = f"did you mean {near[0]}?" if near else f"the rules are {', '.join(c.id for c in CHECKS)}"
        raise UsageError(f"there is no rule {options.rule}", hint)
    print(_page(check), end="")
    return 0


def _page(check: Check) -> str:
    return (
        f"{check.id} ({check.severity})\n\n"
        f"What it finds: {check.summary}.\n"
        f"Why it is bad: {check.why}\n"
        f"Fix: {check.fix}.\n\n"
        f"Bad ({check.bad.name}):\n{_indented(check.bad.text)}\n"
        f"Good ({check.good.name}):\n{_indented(check.good.text)}"
    )


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.rstrip("\n").split("\n"))
