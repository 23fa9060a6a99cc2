"""`analyzer audit`: the inventory of database endpoints, by cluster."""

import argparse
import sys

from analyzer.commands.common import add_tree_options, request_of
from analyzer.commands.reportfile import add_report_option, without_outputs, write_report
from analyzer.engine import scan
from analyzer.inventory import inventory_of
from analyzer.report.audit import INVENTORIES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `audit`."""
    add_tree_options(parser)
    parser.add_argument("--format", choices=sorted(INVENTORIES), default="text", help="what is printed (text)")
    add_report_option(parser, INVENTORIES, "write an inventory; repeatable")
    parser.add_argument("--verbose", action="store_true", help="show each place with its evidence")
    parser.add_argument("--allow-incomplete", action="store_true", help="do not exit 3 when a file could not be read")


def run(options: argparse.Namespace) -> int:
    """Scan and print; 0, or 3 where not all could be read: an inventory judges nothing."""
    request = without_outputs(request_of(options), [path for _form, path in options.report])
    done = scan(request)
    inventory = inventory_of(done.report, done.sightings, request.policy, request.paths)
    for form, path in options.report:
        write_report(path, _bytes(INVENTORIES[form](inventory, verbose=options.verbose)))
    sys.stdout.buffer.write(
        INVENTORIES[options.format](inventory, verbose=options.verbose).encode("utf-8", "backslashreplace")
    )
    incomplete = any(p.incomplete for p in inventory.problems)
    return 3 if incomplete and not options.allow_incomplete else 0


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
