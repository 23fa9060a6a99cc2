import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.templates.jinja import parse
from analyzer.templates.nodes import DEEPEST, Literal, children
from tests.templates.test_expressions import said

FAST = settings(max_examples=200, derandomize=True, deadline=None)


def whole(text: str, **options):
    return parse(text, 0, len(text), **options)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("x", "$x"),
        ("x.y.z", "$x.y.z"),
        ("x['y'].z", "$x.y.z"),
        ("x[0]", "index($x, 0)"),
        ("x[1:]", "index($x, 1)"),
        ("hostvars[h]['ip']", "index($hostvars, $h).ip"),
        ("'a'", "'a'"),
        ('"a"', "'a'"),
        ("none", "NIL"),
        ("True", "TRUE"),
        ("x | default('h')", "default('h', $x)"),
        ("x | default('h', true)", "default('h', TRUE, $x)"),
        ("x|default('h')|upper", "upper(default('h', $x))"),
        ("x | ansible.builtin.b64encode", "b64encode($x)"),
        ("x or 'h'", "or($x, 'h')"),
        ("x or y or 'h'", "or($x, $y, 'h')"),
        ("not x and y", "and(not($x), $y)"),
        ("'h' if c else 'g'", "ternary('h', 'g', $c)"),
        ("'h' if c", "ternary('h', NIL, $c)"),
        ("x == 'h'", "eq($x, 'h')"),
        ("x != 'h'", "eq($x, 'h')"),
        ("x not in y", "in($x, $y)"),
        ("x is not defined", "is($x, $defined)"),
        ("a ~ ':' ~ b", "~($a, ':', $b)"),
        ("a ~ b | upper", "~($a, upper($b))"),
        ("1 + 2 * 3", "+(1, *(2, 3))"),
        ("(a)", "$a"),
        ("(a, b)", "list($a, $b)"),
        ("[a, 'b']", "list($a, 'b')"),
        ("{'a': 'b', c: 1}", "dict('a', 'b', $c, 1)"),
        ("lookup('env', 'X', default='h')", "lookup('env', 'X', default=('h'))"),
        ("'{}:{}'.format(h, 1)", ".format($h, 1, '{}:{}')"),
        ("a.b.get('c', 'h')", ".get('c', 'h', $a.b)"),
        ("", ""),
    ],
)
def test_expressions(text, tree):
    statement = whole(text)
    assert statement is not None
    assert said(statement.value) == tree


@pytest.mark.parametrize(
    ("text", "keyword", "variables", "tree"),
    [
        ("if a == 'b'", "if", (), "eq($a, 'b')"),
        ("- elif a -", "else if", (), "$a"),
        ("else", "else", (), ""),
        ("endif", "end", (), ""),
        ("endfor", "end", (), ""),
        ("for a, b in c.items()", "for", ("a", "b"), ".items($c)"),
        ("for a in b if a", "for", ("a",), "ternary($b, NIL, $a)"),
        ("set x = 'h'", "set", ("x",), "'h'"),
        ("set x", "set", (), ""),
        ("include 'x'", "include", (), ""),
        ("raw", "raw", (), ""),
    ],
)
def test_blocks(text, keyword, variables, tree):
    statement = whole(text, block=True)
    assert statement is not None
    assert (statement.keyword, statement.variables, said(statement.value)) == (keyword, variables, tree)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('= ENV.fetch("X", "h")', ".fetch('X', 'h', $ENV)"),
        ("= ENV['X'] || 'h'", "or($ENV.X, 'h')"),
        ("= ENV.fetch('X') { 'h' }", "or(.fetch('X', $ENV), 'h')"),
        ("= Rails.env.production? ? 'a' : 'b'", "ternary('a', 'b', $Rails.env.production?)"),
        ("= ENV['X'].presence || 'h'", "or($ENV.X.presence, 'h')"),
        (
            "= Rails.application.credentials.dig(:db, :host) || 'h'",
            "or(.dig(:DB, :HOST, $Rails.application.credentials), 'h')",
        ),
        ("= host -", "$host"),
    ],
)
def test_ruby(text, tree):
    statement = whole(text, dialect="ruby")
    assert statement is not None
    assert said(statement.value) == tree


@pytest.mark.parametrize(
    "text",
    [
        "'a' 'b'",
        "x |",
        "x or",
        "(",
        "x)",
        "x | (",
        "'unclosed",
        ".a",
        "$a",
        "a b",
        "lookup('env',,)",
        "{'a'",
    ],
)
def test_nonsense(text):
    assert whole(text) is None


def test_a_string_that_holds_escapes():
    text = r"x | default('a\'b')"
    statement = whole(text)
    assert statement is not None
    literal = next(child for child in children(statement.value) if isinstance(child, Literal))
    assert (literal.text, literal.exact) == ("a'b", False)
    assert text[literal.place(1) : literal.place(2)] == r"\'"


TOKENS = st.sampled_from(
    [
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "|",
        " ",
        ".",
        "~",
        "a",
        "'a'",
        '"',
        "'",
        "1",
        "-",
        " if ",
        " else ",
        " or ",
        " not ",
        "=",
        ",",
        ":",
        "?",
        "é",
    ]
)


@FAST
@given(st.lists(TOKENS, max_size=30), st.sampled_from(["jinja", "ruby"]), st.booleans())
def test_anything_is_parsed_or_refused(tokens, dialect, block):
    statement = whole("".join(tokens), dialect=dialect, block=block)
    level = [statement.value] if statement and statement.value else []
    for _ in range(DEEPEST):
        level = [child for node in level for child in children(node)]
    assert not level


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000,
        "a|" * 50_000,
        "not " * 50_000,
        "a." * 50_000,
        "a if " * 50_000,
        "[" * 50_000,
        "'" * 50_001,
        "a~" * 50_000,
    ],
)
def test_hostile_expressions_take_no_time(text):
    start = time.process_time()
    whole(text)
    assert time.process_time() - start < 2
