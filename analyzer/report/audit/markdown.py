"""The inventory for an issue, a wiki or a merge request (https://github.github.com/gfm/)."""

import re

from analyzer.inventory import Inventory
from analyzer.report.audit.pages import page
from analyzer.visible import visible

_LONGEST = 1000
_SPECIAL = re.compile(r"\A[-+#]|[\\`*_\[\]|~$&<>@]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}


def render(inventory: Inventory, *, verbose: bool) -> str:
    """GitHub's Markdown: headings, tables, lists."""
    return page("inventory.md.j2", _escaped, inventory=inventory, verbose=verbose)


def _escaped(text: str) -> str:
    """Text that stays text: neither markup nor HTML, nobody is called by `@`, no cell ends early."""
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0], f"\\{match[0]}"), visible(text, _LONGEST))
