import itertools
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.javascript import extract, pieces
from analyzer.source import BOM, SourceFile

D = "analyzer: ignore[node-host] run by hand"


def comments(text: str) -> list[tuple[int, int]]:
    return [(start, end) for kind, start, end in pieces(text) if kind == "comment"]


def found(text: str) -> list[str]:
    return [text[i:j] for i, j in comments(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"f(); // {D}",
        f"/* {D} */ f()",
        f"/*\n {D}\n*/",
        f"#!/usr/bin/env node\n// {D}",
        f"x = 'it''s'; // {D}",
        f'x = "a\\" // no"; // {D}',
        f"x = 'a\\\r\n// no'; // {D}",
        f"x = `a // no ${{ b }} // no`; // {D}",
        f"x = `a ${{ `b ${{ '}}' }} // no` }} // no`; // {D}",
        f"x = `${{ {{a: 1}}.a /* in a hole */ }}`; // {D}",
        f"x = /[/'\"]/; // {D}",
        f"x = /\\/* no/; // {D}",
        f"x = a / b; // {D}",
        f"x = (a) / b / c; // {D}",
        f"if (x) /'/.test(y); // {D}",
        f"if (x) {{ y() }} /'/.test(y); // {D}",
        f"x = {{ a: 1 }} / b; y = '/'; // {D}",
        f"return /'/ // {D}",
        f"x = a.return / b; y = 'x / y'; // {D}",
        f"x = y++ / 2; z = '/'; // {D}",
        f"f(y => {{ }}); /'/.exec(z) // {D}",
        f"const A = () => <b>text</b>; // {D}",
        f"const A = () => <b {{...p}} />; // {D}",
        f"const A = () => <b>Don't</b>;\n// {D}",
        f"const A = <b>{{/* {D} */}}</b>",
        f"const größe = 'ß'; // {D}",
        f"x = 'not closed\n// {D}",
    ],
)
def test_a_directive_in_a_comment_is_found_once(text: str) -> None:
    assert sum(D in comment for comment in found(text)) == 1
    assert not any("no" in re.sub(r"ignore\[node", "", comment).split() for comment in found(text))


@pytest.mark.parametrize(
    "text",
    [
        f"x = '// {D}'",
        f'x = "/* {D} */"',
        f"x = `// {D}`",
        f"x = `\n// {D}\n`",
        f"x = `a ${{ b }} // {D}`",
        f"x = 'a\\'// {D}'",
        f"x = /[/]/ + '// {D}'",
        f"x = y / 2 + '// {D}'",
        f"x = (y) / 2 + '/ // {D}'",
        f"x = `${{ '`' }} // {D}`",
        f"x = 'a\\\n// {D}'",
    ],
)
def test_a_directive_in_a_string_is_none(text: str) -> None:
    assert not any(D in comment for comment in found(text))
    assert extract(SourceFile("a.js", text.encode())).comments == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", BOM])
def test_spans_are_bytes_and_own_lines_are_told(newline: str, bom: bytes) -> None:
    text = newline.join(["'größe ✓'; // " + D, "  // " + D, f"/* {D} */ f()"])
    source = SourceFile("a.ts", bom + text.encode())
    read = extract(source)
    assert read.refs == ()
    assert [source.slice(c.span).decode() for c in read.comments] == ["// " + D, "// " + D, f"/* {D} */"]
    assert [c.text for c in read.comments] == [source.slice(c.span).decode() for c in read.comments]
    assert [c.own_line for c in read.comments] == [False, True, True]


def test_comments_without_a_directive_are_left_out() -> None:
    read = extract(SourceFile("a.js", f"// other\n// {D}\n".encode()))
    assert [c.text for c in read.comments] == [f"// {D}"]


def test_bytes_that_are_not_utf8_do_not_move_the_spans() -> None:
    source = SourceFile("a.js", b"x = '\xe9'; // " + D.encode() + b" \xff\n")
    (comment,) = extract(source).comments
    assert source.slice(comment.span) == b"// " + D.encode() + b" \xff"


PIECES = ["a", " ", "\n", "/", "*", "'", '"', "`", "${", "}", "{", "(", ")", "\\", "//", "/*", "*/", "[", "]", "=", "<"]


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_read_to_its_end_in_order(text: str) -> None:
    ranges = list(comments(text))
    assert all(text[i:j].startswith(("//", "/*")) for i, j in ranges)
    assert ranges == sorted(ranges)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(ranges))


@pytest.mark.parametrize(
    "piece", ["a", " ", "a.", "'", "`", "${", "`${", "/", "/[", "(/", "\\", "/*", "{", "//", "a://b:"]
)
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    started = time.process_time()
    list(comments(piece * (50_000 // len(piece))))
    assert time.process_time() - started < 4
