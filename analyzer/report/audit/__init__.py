"""The table of inventories: name -> a function from an `Inventory` to the text of a file or of standard output.

`verbose` also shows each place with its evidence, where a form does not always do so.
"""

from typing import Protocol

from analyzer.inventory import Inventory
from analyzer.report.audit import csv, html, json, markdown, text


class Render(Protocol):
    """One row."""

    def __call__(self, inventory: Inventory, *, verbose: bool) -> str:
        """The whole inventory in one form."""


INVENTORIES: dict[str, Render] = {
    "text": text.render,
    "markdown": markdown.render,
    "json": json.render,
    "csv": csv.render,
    "html": html.render,
}
