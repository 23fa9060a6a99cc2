"""The fenced blocks of the README, by heading."""

import re

from tests.trees import ROOT


def snippet(heading: str, language: str = "yaml") -> str:
    """The first block of a language below a heading."""
    section = re.split(rf"^#+ {re.escape(heading)}\n", (ROOT / "README.md").read_text(), flags=re.MULTILINE)[1]
    return section.split(f"```{language}\n")[1].split("```")[0]
