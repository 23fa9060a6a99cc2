"""Tests that stand inside of the code that they test: `#[cfg(test)] mod tests { ... }` of Rust.

https://doc.rust-lang.org/book/ch11-03-test-organization.html#the-tests-module-and-cfgtest
"""

import re
from collections.abc import Iterator

from analyzer.extract.semgrep.blocks import Blocks
from analyzer.extract.semgrep.lexis import code_only
from analyzer.model import Clue, Evidence, Region
from analyzer.source import SourceFile

_MODULE = re.compile(
    r"#\[cfg\(test\)\]\s{0,80}(?:#\[[^\]\n]{0,200}\]\s{0,80}){0,8}(?:pub(?:\(\w{1,20}\))?\s{1,20})?mod\s{1,20}\w{1,100}\s{0,20}\{"
)
_TEST = Evidence(Clue.TEST, "test code")


def modules_of_tests(source: SourceFile, language: str) -> Iterator[Region]:
    """The test modules of a file in Rust; nothing in any other language."""
    if language != "rust" or "cfg(test)" not in source.text:
        return
    code = code_only(source.text, language)
    blocks, done = Blocks(code), 0
    for found in _MODULE.finditer(code):
        around = blocks.around(found.end()) if found.start() >= done else []
        if around:
            done = around[-1].end
            yield Region(source.span(found.start(), done), _TEST)
