"""Keys whose texts a person reads, whatever the file is for."""

from analyzer.model import Clue, Evidence

PROSE = frozenset(
    {"description", "markdownDescription", "summary", "title", "example", "examples", "help"}
    | {"comment", "comments", "$comment", "_comment", "__comment", "_comments", "//", "#"}
)
"""JSON Schema, OpenAPI, packages, tickets, and the ways to write a comment where there are none."""

WRITTEN = Evidence(Clue.COMMENT, "prose")
