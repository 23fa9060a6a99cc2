import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.templates.expressions import Call, Constant, Field, Literal, Node, Number, Variable, parse
from analyzer.templates.nodes import DEEPEST, children

FAST = settings(max_examples=200, derandomize=True, deadline=None)
DOT = Field(None, ())


def values(*names: str) -> Field:
    return Field(None, names)


def said(node: Node | None) -> str:
    """A node as a call with its arguments, to compare trees without their offsets."""
    match node:
        case Literal():
            return repr(node.text)
        case Number():
            return node.text
        case Constant():
            return node.name.upper()
        case Variable():
            return f"${node.name}"
        case Field():
            return ".".join([said(node.base) if node.base else "", *node.names]) or "."
        case Call():
            return f"{node.name}({', '.join(map(said, node.arguments))})"
        case None:
            return ""


def whole(text: str):
    return parse(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (".Values.host", ".Values.host"),
        (".", "."),
        ("$", "$"),
        ("$.Values.host", "$.Values.host"),
        ("$x.y", "$x.y"),
        ('"a"', "'a'"),
        ("`a`", "'a'"),
        ("'a'", "'a'"),
        ("5432", "5432"),
        ("-3", "-3"),
        ("0x1F", "0x1F"),
        ("2.5", "2.5"),
        ("true", "TRUE"),
        ("nil", "NIL"),
        ('default "h" .Values.h', "default('h', .Values.h)"),
        ('.Values.h | default "h"', "default('h', .Values.h)"),
        ('.Values.h | default "h" | quote', "quote(default('h', .Values.h))"),
        ('(.Values.h | default "h") | quote', "quote(default('h', .Values.h))"),
        ('printf "%s:%d" "h" 5432', "printf('%s:%d', 'h', 5432)"),
        ('include "a" (dict "x" . "y" 1) | nindent 4', "nindent(4, include('a', dict('x', ., 'y', 1)))"),
        ('and (eq .a "b") $.c', "and(eq(.a, 'b'), $.c)"),
        ('(index .a "b").c.d', "index(.a, 'b').c.d"),
        ('.Files.Get "x" | b64enc', "b64enc(.Get('x', .Files))"),
        ('$x.Has "v"', ".Has('v', $x)"),
        ("list .a\n  .b", "list(.a, .b)"),
        ("- .a -", ".a"),
        ("now", "now()"),
        ("a.b", "a().b"),
        ("/* c */", ""),
        ("", ""),
    ],
)
def test_expressions(text, tree):
    statement = whole(text)
    assert statement is not None
    assert (statement.keyword, statement.variables) == ("", ())
    assert said(statement.value) == tree


@pytest.mark.parametrize(
    ("text", "keyword", "variables", "declares", "tree"),
    [
        ("if .a", "if", (), False, ".a"),
        ("else", "else", (), False, ""),
        ("else if .a", "else if", (), False, ".a"),
        ("else with .a", "else with", (), False, ".a"),
        ("end", "end", (), False, ""),
        ("break", "break", (), False, ""),
        ('define "a.b"', "define", (), False, "define('a.b')"),
        ('template "a" .', "template", (), False, "template('a', .)"),
        ('block "a" .x', "block", (), False, "block('a', .x)"),
        ("$x := .a", "", ("x",), True, ".a"),
        ("$x = .a | quote", "", ("x",), False, "quote(.a)"),
        ("with $x := .a", "with", ("x",), True, ".a"),
        ("range $k, $v := .a", "range", ("k", "v"), True, ".a"),
        ("range .a", "range", (), False, ".a"),
    ],
)
def test_statements(text, keyword, variables, declares, tree):
    statement = whole(text)
    assert statement is not None
    assert (statement.keyword, statement.variables, statement.declares) == (keyword, variables, declares)
    assert said(statement.value) == tree


@pytest.mark.parametrize(
    "text",
    [
        "x or 'h'",
        'x or "h"',
        "x | default('h')",
        '"a" "b"',
        '.a | "b"',
        "x |",
        "| x",
        "(.a",
        ".a)",
        '"unclosed',
        '"two\nlines"',
        "'two letters'",
        "a, b",
        "a ~ b",
        "if",
        'define x"',
        "end x",
        "$x, $y",
        '"a".b',
        'f"a"',
        "1 2",
        "true .a",
        "(" * 500 + ")" * 500,
        "a" + " | a" * 500,
        "..",
        "a == b",
        "{{ a }}",
    ],
)
def test_nonsense(text):
    assert whole(text) is None


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        (r'"a\"b"', 'a"b'),
        (r'"a\\b"', "a\\b"),
        (r'"a\tb\n"', "a\tb\n"),
        (r'"\x31\u0030\U0001F418\061"', "10\U0001f4181"),
        (r"`a\"b`", r"a\"b"),
        ("`a\r\nb`", "a\nb"),
        (r"'\''", "'"),
    ],
)
def test_escapes_keep_the_place_of_each_character(text, decoded):
    statement = whole(text)
    assert statement is not None
    literal = statement.value
    assert isinstance(literal, Literal)
    assert literal.text == decoded
    assert not literal.exact or text[literal.start : literal.end] == decoded
    spelled = [text[literal.place(i) : literal.place(i + 1)] for i in range(len(decoded))]
    assert "".join(spelled) == text[1:-1]
    for spelling, character in zip(spelled, decoded, strict=True):
        assert spelling.strip("\r") == character or (spelling.startswith("\\") and not literal.raw)


def test_offsets_are_those_of_the_text_around():
    text = 'a: {{ printf "%s:%d" "10.0.0.121" 5432 | quote }}'
    statement = parse(text, 5, len(text) - 2)
    assert statement is not None
    call = statement.value
    assert isinstance(call, Call)
    printf = call.arguments[0]
    assert isinstance(printf, Call)
    assert text[printf.start : printf.end] == 'printf "%s:%d" "10.0.0.121" 5432'
    spans = [(node.start, node.end) for node in printf.arguments if isinstance(node, Literal | Number)]
    assert [text[start:end] for start, end in spans] == ["%s:%d", "10.0.0.121", "5432"]


TOKENS = st.sampled_from(
    [
        "(",
        ")",
        "|",
        " ",
        ".",
        ".a",
        "$",
        "$x",
        ":=",
        "=",
        ",",
        '"',
        '"a"',
        "`",
        "'",
        "1",
        "-",
        "if",
        "f",
        "\\",
        "/*",
        "é",
    ]
)


@FAST
@given(st.lists(TOKENS, max_size=30))
def test_anything_is_parsed_or_refused(tokens):
    text = "".join(tokens)
    statement = whole(text)
    level = [statement.value] if statement and statement.value else []
    for _ in range(DEEPEST):
        level = [child for node in level for child in children(node)]
    assert not level


@pytest.mark.parametrize(
    "text", ["(" * 50_000, "a | " * 50_000, '"' * 50_000, "." * 50_000, "a " * 50_000, "- " * 50_000, "/*" * 50_000]
)
def test_hostile_expressions_take_no_time(text):
    start = time.process_time()
    whole(text)
    assert time.process_time() - start < 2
