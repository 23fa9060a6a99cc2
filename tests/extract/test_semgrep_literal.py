import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.semgrep.literal import Expression, read_expression
from analyzer.extract.semgrep.quotes import SYNTAXES, UnreadableError, syntax_of
from analyzer.hosts import HOLE

H = HOLE


def read(text: str, language: str = "javascript") -> Expression:
    return read_expression(text, syntax_of(language))


def texts(text: str, language: str = "javascript") -> list[str]:
    return [literal.text for literal in read(text, language).literals]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'a'", ["a"]),
        ('"a"', ["a"]),
        ("`a`", ["a"]),
        ("('a')", ["a"]),
        ("'a' as string", ["a"]),
        ("'a'!", ["a"]),
        ("5432", ["5432"]),
        ("+'5432'", ["5432"]),
        ("x || 'a'", ["a"]),
        ("x.y ?? 'a'", ["a"]),
        ("x?.['k'] ?? 'a'", ["a"]),
        ("(x || y) || (z ?? 'a')", ["a"]),
        ("c ? 'a' : 'b'", ["a", "b"]),
        ("c === 'x' ? 'a' : 'b'", ["a", "b"]),
        ("on && 'a'", ["a"]),
        ("String('a')", ["a"]),
        ("parseInt(process.env.P || '5432', 10)", ["5432"]),
        ("new URL('a', base)", ["a"]),
        ("'a' + 'b'", ["ab"]),
        ("'a' + x + 'b'", [f"a{H}b"]),
        ("x + ':5432'", [f"{H}:5432"]),
        ("'a:' + 5432", ["a:5432"]),
        ("`a${x}b`", [f"a{H}b"]),
        ("`${x}${y}`", [H + H]),
        ("`a${f(`b${'}'}`)}c`", [f"a{H}c"]),
        ("`a${{ k: 1 }.k}c`", [f"a{H}c"]),
        (r"'a\x31\u0032\u{33}'", ["a123"]),
        (r"'a\'b\\\n'", ["a'b\\\n"]),
        ("'a\\\r\nb'", ["ab"]),
        ("'a' /* 'b' */ // 'c'\n + 'd'", ["ad"]),
        ("'${x}'", ["${x}"]),
        ("x", []),
        ("x.y", []),
        ("f('a')", []),
        ("'a'.trim()", ["a"]),
        ("g('a', 'b')", []),
        ("getEnv('K', 'a')", ["a"]),
        ("(x || 'a') + ':1'", ["a:1"]),
        ("util.format('%s:%d', 'a', 5432)", ["a:5432"]),
        ("{ host: 'a' }", []),
        ("x == 'a'", []),
        ("", []),
    ],
)
def test_the_strings_of_an_expression(text, expected):
    assert texts(text) == expected
    assert not read(text).listed


@pytest.mark.parametrize(
    ("text", "expected"),
    [("['a', \"b\"]", ["a", "b"]), ("[x, 'a' + y]", [f"a{H}"]), ("[]", []), ("[['a']]", [])],
)
def test_lists_are_told(text, expected):
    assert texts(text) == expected
    assert read(text).listed


CALLS = [
    ("go", 'fmt.Sprintf("%s:%d", "a", 5432)', ["a:5432"]),
    ("go", 'fmt.Sprintf("host=a password=%s", p)', [f"host=a password={H}"]),
    ("go", 'net.JoinHostPort("a", "5432")', ["a:5432"]),
    ("go", 'net.JoinHostPort(h, "5432")', [f"{H}:5432"]),
    ("go", 'getEnv("DB_HOST", "a")', ["a"]),
    ("go", 'cmp.Or(os.Getenv("DB_HOST"), "a")', ["a"]),
    ("go", 'strings.TrimSpace("a")', []),
    ("go", 'errors.New("a")', []),
    ("java", 'String.format("jdbc:%s:%d", "a", 1)', ["jdbc:a:1"]),
    ("java", '"jdbc:%s".formatted("a")', ["jdbc:a"]),
    ("java", 'Optional.ofNullable(System.getenv("K")).orElse("a")', ["a"]),
    ("java", 'System.getenv().getOrDefault("K", "a")', ["a"]),
    ("java", 'System.getProperty("k", "a")', ["a"]),
    ("java", 'URI.create("a")', ["a"]),
    ("java", 'log("a", "b")', []),
    ("kotlin", 'System.getenv("K") ?: "a"', ["a"]),
    ("scala", 'sys.env.getOrElse("K", "a")', ["a"]),
    ("csharp", 'Environment.GetEnvironmentVariable("K") ?? "a"', ["a"]),
    ("csharp", 'string.Format("Server={0};Port={1}", "a", 1)', ["Server=a;Port=1"]),
    ("rust", 'env::var("K").unwrap_or_else(|_| "a".into())', ["a"]),
    ("rust", 'std::env::var("K").unwrap_or("a".to_string())', ["a"]),
    ("rust", 'format!("{}:{}", "a", 5432)', ["a:5432"]),
    ("rust", 'String::from("a")', ["a"]),
    ("rust", '&"a"', ["a"]),
    ("php", "getenv('K') ?: 'a'", ["a"]),
    ("php", "env('K', 'a')", ["a"]),
    ("php", "sprintf('%s:%d', 'a', 1)", ["a:1"]),
    ("php", "'a' . ':' . 1", ["a:1"]),
    ("ruby", 'ENV.fetch("K", "a")', ["a"]),
    ("ruby", 'ENV.fetch("K") { "a" }', ["a"]),
    ("ruby", 'ENV["K"] || "a"', ["a"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CALLS)
def test_the_strings_that_a_call_hands_over(language, text, expected):
    assert texts(text, language) == expected


LISTS = [
    ("go", '[]string{"a", "b"}', ["a", "b"]),
    ("java", 'List.of("a", "b")', ["a", "b"]),
    ("java", 'Arrays.asList("a", "b")', ["a", "b"]),
    ("java", 'new String[] {"a", "b"}', ["a", "b"]),
    ("kotlin", 'listOf("a", "b")', ["a", "b"]),
    ("scala", 'Seq("a", "b")', ["a", "b"]),
    ("csharp", 'new[] { "a", "b" }', ["a", "b"]),
    ("rust", 'vec!["a", "b".to_string()]', ["a", "b"]),
    ("php", "array('a', 'b')", ["a", "b"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), LISTS)
def test_lists_of_languages(language, text, expected):
    assert read(text, language).listed
    assert texts(text, language) == expected


@pytest.mark.parametrize(
    ("text", "path"),
    [("process.env.P", "process.env.P"), (" port ", "port"), ("a.b()", ""), ("'a'", ""), ("x" * 99, "")],
)
def test_plain_names_are_told(text, path):
    assert read(text).path == path


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("go", '"a\\x31"', "a1"),
        ("go", "`a\\x31`", "a\\x31"),
        ("java", '"a" + user + "b"', f"a{H}b"),
        ("java", '"""a"b"""', 'a"b'),
        ("kotlin", '"a$user:${pass.x}b"', f"a{H}:{H}b"),
        ("scala", 's"a$user"', f"a{H}"),
        ("scala", '"a$user"', "a$user"),
        ("csharp", '$"a{user}b"', f"a{H}b"),
        ("csharp", '@"a\\b"', "a\\b"),
        ("csharp", '"a{0}"', "a{0}"),
        ("php", "'a' . $user . \"b\"", f"a{H}b"),
        ("php", '"a{$user}b$pass"', f"a{H}b{H}"),
        ("ruby", '"a#{user}b"', f"a{H}b"),
        ("ruby", "ENV['X'] || 'a'", "a"),
        ("rust", 'r#"a"b"#', 'a"b'),
        ("hcl", '"a${var.user}b"', f"a{H}b"),
        ("no-such-language", "'a'", "a"),
    ],
)
def test_other_languages_are_rows_of_the_table(language, text, expected):
    assert texts(text, language) == [expected]


@pytest.mark.parametrize("text", ["'a", "`a${x`", "`a${", "'a\\", "x || 'a", "'" * 3])
def test_a_literal_that_does_not_end_makes_all_unreadable(text):
    with pytest.raises(UnreadableError):
        read(text)


def test_pieces_are_located_where_they_stand_verbatim():
    text = r"'pg://' + u + '@10.0.0.121:54\x33' + '2/x'"
    (literal,) = read(text).literals
    assert literal.text == f"pg://{H}@10.0.0.121:5432/x"
    at = literal.text.index("10.0.0.121")
    place = literal.locate(at, at + 10)
    assert place is not None
    assert text[slice(*place)] == "10.0.0.121"
    assert literal.locate(at, at + 15) is None
    assert literal.locate(5, 6) is None
    assert literal.locate(at + 10, at + 10) == (place[1], place[1])


PIECES = [
    "'",
    '"',
    "`",
    "${",
    "}",
    "{",
    "(",
    ")",
    "[",
    "]",
    "\\",
    "a",
    "10.0.0.1",
    " ",
    "+",
    "||",
    "??",
    "?",
    ":",
    ",",
    "é",
    "//",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from(sorted(SYNTAXES)))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_what_is_located_stands_there(text, language):
    try:
        literals = read(text, language).literals
    except UnreadableError:
        return
    for literal in literals:
        assert 0 <= literal.start < literal.end <= len(text)
        for run in literal.runs:
            assert literal.start <= run.raw
            assert run.raw + run.length <= literal.end
            assert literal.text[run.at : run.at + run.length] == text[run.raw : run.raw + run.length]


@pytest.mark.parametrize(
    "piece", ["'", "`${", "(", "a+", "'a'+", "[", "\\", "//", "/*", "'a'||", "a.", "1", "$", "`${`a`}", "?:"]
)
def test_hostile_text_is_read_in_linear_time(piece):
    started = time.process_time()
    for text in (piece * (50_000 // len(piece)), f"'{piece * (50_000 // len(piece))}'"):
        try:
            read(text)
        except UnreadableError:
            continue
    assert time.process_time() - started < 2.0
