"""The inventory for a terminal."""

from analyzer.inventory import Inventory
from analyzer.report.audit.pages import page
from analyzer.visible import visible

_LONGEST = 1000


def render(inventory: Inventory, *, verbose: bool) -> str:
    """Plain text, one idea a line."""
    return page("inventory.txt.j2", lambda text: visible(text, _LONGEST), inventory=inventory, verbose=verbose)
