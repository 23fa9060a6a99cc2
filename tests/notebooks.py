"""Notebooks for tests, made of marked cells: `notebook("HOST = '«10.0.0.121»'", "%sql …")`."""

import json
import re

PYTHON = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
_MARKS = "«»⟦⟧"


def notebook(*cells, metadata=PYTHON, lines=True, indent=1, escaped=False):
    """The JSON text of a notebook. A cell is its code, or (kind, text, further keys).

    `lines` False: a source is one string; `escaped`: all that is not ASCII, but for marks, as Jupyter never writes it.
    """
    document = {"cells": [_cell(each, lines) for each in cells], "metadata": metadata, "nbformat": 4}
    text = json.dumps(document, indent=indent, ensure_ascii=False) + "\n"
    return re.sub(rf"[^\x00-\x7f{_MARKS}]+", lambda found: json.dumps(found[0])[1:-1], text) if escaped else text


def _cell(cell, lines):
    kind, text, more = ("code", cell, {}) if isinstance(cell, str) else cell
    source = text.splitlines(keepends=True) if lines else text
    return {"cell_type": kind, "metadata": {}, "source": source} | ({"outputs": []} if kind == "code" else {}) | more
