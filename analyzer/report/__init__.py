"""The table of reports: name -> a function from a `Report` to the text of a file or of standard output."""

from collections.abc import Callable

from analyzer.model import Report
from analyzer.report import json, sarif, text

REPORTS: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": json.render,
    "sarif": sarif.render,
}
