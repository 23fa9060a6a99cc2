"""The inventory as one page for people: nothing is loaded, nothing runs, it prints.

The style stands in the page; its hash in the page's own policy (https://www.w3.org/TR/CSP3/) forbids any other.
"""

import base64
import hashlib
from html import escape
from importlib.resources import files

from markupsafe import Markup

from analyzer.inventory import Inventory
from analyzer.report.audit.drawing import drawing_of
from analyzer.report.audit.pages import page
from analyzer.visible import visible

_LONGEST = 1000


def render(inventory: Inventory, *, verbose: bool) -> str:
    """The page; `verbose` adds each place's evidence."""
    style = files("analyzer.report.audit").joinpath("templates", "inventory.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return page(
        "inventory.html.j2",
        lambda text: escape(visible(text, _LONGEST)),
        inventory=inventory,
        verbose=verbose,
        drawings={cluster.name: drawing_of(cluster) for cluster in inventory.clusters},
        style=Markup(style),  # noqa: S704  a file of this package
        digest=digest,
    )
