"""The argument tree, the exit codes, and the one broad `except` of the program."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from analyzer import __version__
from analyzer.errors import AnalyzerError
from analyzer.visible import visible

COMMANDS = {
    "scan": "find database hosts and say which are single nodes",
    "fix": "rewrite nodes to the endpoint of their cluster",
    "init": "write a policy from haproxy.cfg, Patroni, poolers and inventories",
    "audit": "the inventory of database endpoints: who uses what, what breaks at a failover",
    "suggest": "comment on a pull or merge request, with suggestions that mend it",
    "guard": "for cron: scan, append to a log, say PASS or FAIL",
    "policy": "check a policy file or print its schema",
    "explain": "what a rule means, why, a bad and a good example",
}
"""Modules of `analyzer.commands`, named and not imported, so that a run pays for its own command only."""
INTERNAL_ERROR = 5


class Command(Protocol):
    """What a module of `analyzer.commands` has."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's options."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the return value is the exit code."""


def parser(asked: str | None) -> argparse.ArgumentParser:
    """The argument tree, with the options of the command that was asked for."""
    tree = argparse.ArgumentParser(
        prog="analyzer",
        description="Keeps applications off single database nodes.",
        epilog="Exit codes: 0 nothing left, 1 findings, 2 usage or policy error, 3 scan incomplete, 4 fix incomplete, "
        "5 internal error.",
    )
    tree.add_argument("--version", action="version", version=f"analyzer {__version__}")
    commands = tree.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        said = f"{summary[0].upper()}{summary[1:]}."
        sub = commands.add_parser(name, help=summary, description=said, allow_abbrev=False)
        sub.add_argument("--debug", action="store_true", help="show where an internal error arose")
        if name == asked:
            command = _command(name)
            command.add_arguments(sub)
            sub.set_defaults(run=command.run, refuse=sub.error)
    return tree


def _command(name: str) -> Command:
    return cast("Command", import_module(f"analyzer.commands.{name}"))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the return value is the process's exit code."""
    signal.signal(signal.SIGTERM, _terminated)
    words = sys.argv[1:] if argv is None else argv
    options, unknown = parser(next((word for word in words if not word.startswith("-")), None)).parse_known_args(words)
    if unknown:
        # The command says it, so that its own usage is shown.
        options.refuse(f"unrecognized arguments: {' '.join(map(visible, unknown))}")
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except AnalyzerError as error:
        return _told(error)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output went away, as `| head` does; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001  the only one: a crash must exit 5, and its text may quote a file
        return _crashed(error, debug=options.debug)
    return code


def _told(error: AnalyzerError) -> int:
    for line in error.message.split("\n"):
        print(f"analyzer: {visible(line)}", file=sys.stderr)
    if error.hint:
        print(f"  hint: {visible(error.hint)}", file=sys.stderr)
    return error.exit_code


def _crashed(error: Exception, *, debug: bool) -> int:
    print(f"analyzer: internal error ({type(error).__name__}); --debug shows where", file=sys.stderr)
    trace = error.__traceback__
    while debug and trace is not None:
        code = trace.tb_frame.f_code
        print(f"  {visible(code.co_filename)}:{trace.tb_lineno} in {code.co_qualname}", file=sys.stderr)
        trace = trace.tb_next
    return INTERNAL_ERROR


def _terminated(_signal: int, _frame: object) -> None:
    raise SystemExit(143)
