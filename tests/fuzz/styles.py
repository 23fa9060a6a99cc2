"""YAML objects that carry a text: how a manifest may spell a scalar of several lines, and what it may be part of."""

import base64
import json
import random
import re
from collections.abc import Callable

STYLES = ("single", "double", "literal", "folded", "base64")


def configmap(dice: random.Random, name: str, text: str, style: str, pad: str = "") -> str:
    """A ConfigMap, or a Secret for base64, with `text` under a file's name."""
    kind, field = (
        ("Secret", "data") if style == "base64" else dice.choice((("ConfigMap", "data"), ("Secret", "stringData")))
    )
    head = ["apiVersion: v1", f"kind: {kind}", "metadata:", "  name: settings  # größe", f"{field}:"]
    width = dice.choice((2, 2, 4, 1))
    lines = [*head, *scalar(dice, f"{' ' * width}{name}:", text, style, width)]
    return "".join(f"{pad}{line}".rstrip(" ") + "\n" for line in lines)


def carries(text: str, style: str) -> bool:
    """Whether a style can spell a text: single quotes fold the blanks at the start of a line away."""
    return style != "single" or not any(line.startswith((" ", "\t")) for line in text.split("\n"))


def scalar(dice: random.Random, key: str, text: str, style: str, indent: int) -> list[str]:
    """The lines of `key` with `text` as its value, in one style; `indent` is the key's."""
    deeper = " " * (indent + dice.choice((1, 2, 4)))
    if style == "base64":
        encoded = base64.b64encode(text.encode()).decode()
        return [f"{key} {encoded}"]
    if style == "single":
        broken = re.sub(r"\n+", lambda ends: f"\n{ends[0]}{deeper}", text.replace("'", "''"))
        return [f"{key} '{broken}'"]
    if style == "double":
        # YAML knows no surrogate pairs.
        plain = dice.random() < 0.5 or max(text) > "\uffff"
        return [f"{key} {json.dumps(text, ensure_ascii=not plain)}"]
    chomp = "" if text.endswith("\n") else "-"
    lines = text.removesuffix("\n").split("\n")
    if style == "literal":
        return [f"{key} |{chomp}", *(f"{deeper}{line}" if line else "" for line in lines)]
    return [f"{key} >{chomp}", *_folded(lines, deeper)]


def _folded(lines: list[str], deeper: str) -> list[str]:
    """A line end is folded to a blank unless an empty line follows; lines that start with a blank keep theirs."""
    out: list[str] = []
    for number, line in enumerate(lines):
        out.append(f"{deeper}{line}" if line else "")
        following = next((each for each in lines[number + 1 :] if each), " ")
        if line and line[0] != " " and following[0] != " ":
            out.append("")
    return out


Disguise = Callable[[str], bytes]
DISGUISES: dict[str, Disguise] = {
    "lf": str.encode,
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "torn": lambda text: text.rstrip("\n").encode(),
}
