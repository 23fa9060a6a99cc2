"""Perl: strings, variables, hashes, DBI and other clients, commands, comments; promises for every text."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract import format_of
from analyzer.extract.perl import extract
from analyzer.extract.perl.nodes import Kind
from analyzer.extract.perl.tokens import Tokens
from analyzer.source import SourceFile
from tests.kit import check, check_none

SAMPLES = yaml.safe_load((Path(__file__).parents[1] / "data" / "perl.yaml").read_text())
EMPTY = SAMPLES.pop("no database")


@pytest.mark.parametrize("sample", [sample for samples in SAMPLES.values() for sample in samples])
def test_what_is_marked_is_found(sample):
    check(extract, sample, path="orders.pl", comment="#")


@pytest.mark.parametrize("sample", EMPTY)
def test_what_names_no_server_of_a_database_says_nothing(sample):
    check_none(extract, sample, path="orders.pl", comment="#")


@pytest.mark.parametrize("path", ["orders.pl", "lib/Orders/DB.pm", "t/connect.t", "cgi-bin/orders.cgi", "app.psgi"])
def test_files_are_told_by_their_names(path):
    assert format_of(path, b"").name == "perl"


def test_a_script_without_an_ending_is_told_by_its_first_line():
    assert format_of("bin/orders", b"#!/usr/bin/perl -w\n").name == "perl"
    assert format_of("bin/orders", b"#!/usr/bin/env perl\n").name == "perl"
    assert format_of("bin/orders", b"#!/bin/sh\n").name == "shell"


def read(text: str):
    return extract(SourceFile("orders.pl", text.encode()))


def shapes(text: str) -> list[str]:
    return [ref.shape for ref in read(text).refs]


def test_shapes_show_names_and_hosts_only():
    assert shapes("my $dbhost = '10.0.0.120';\n") == ["dbhost=«10.0.0.120»"]
    assert shapes("my %db = (host => '10.0.0.120', password => 's3cret');\n") == ["host => «10.0.0.120»"]
    assert shapes("DBI->connect('dbi:Pg:dbname=x;host=10.0.0.120', 'app', 's3cret');\n") == [
        "DBI->connect dbi:pg:host=«10.0.0.120»;…"
    ]
    assert shapes("$pg = Mojo::Pg->new('postgresql://app:s3cret@10.0.0.120/x');\n") == [
        "Mojo::Pg->new postgresql://…@«10.0.0.120»/…"
    ]


def test_the_finding_stands_where_the_literal_is_written_and_leads_to_its_use():
    text = 'my $target = "10.0.0.120";\n# …\nDBI->connect("dbi:Pg:dbname=x;host=$target");\n'
    (ref,) = read(text).refs
    assert text.encode()[ref.slot.span.start : ref.slot.span.end] == b"10.0.0.120"
    assert [text.encode()[step.span.start : step.span.end] for step in ref.flow] == [b"$target"]


def test_comments_with_directives_are_handed_over_and_strings_are_none():
    text = (
        "# analyzer: ignore[node-host] by hand\nmy $a = '# analyzer: ignore[node-host] no';\n"
        "my $b = q{\n# analyzer: ignore[node-host] no\n};\nprint <<EOT; # analyzer: ignore[node-host] behind\n"
        "# analyzer: ignore[node-host] no\nEOT\n=pod\n\n# analyzer: ignore[node-host] no\n\n=cut\n"
    )
    found = read(text)
    assert [comment.text for comment in found.comments] == [
        "# analyzer: ignore[node-host] by hand",
        "# analyzer: ignore[node-host] behind",
    ]
    assert [comment.own_line for comment in found.comments] == [True, False]
    assert [text.encode()[span.start : span.end].count(b"\n") for span in found.unbroken] == [2, 2]


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(token.kind, text[token.start : token.end]) for token in Tokens(text).found[:-1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$a / 2 / $b", ["VARIABLE", "SIGN", "NUMBER", "SIGN", "VARIABLE"]),
        ("split /,/, $a", ["NAME", "PATTERN", "SIGN", "VARIABLE"]),
        ("$a =~ s{a/b}{c'd}gx;", ["VARIABLE", "SIGN", "PATTERN", "SIGN"]),
        (
            "s => 1, $h{y}, $o->s(1)",
            ["NAME", "SIGN", "NUMBER", "SIGN", "VARIABLE", "SIGN", "NAME", "SIGN", "SIGN", "VARIABLE", "SIGN", "NAME"],
        ),
        ("keys %h", ["NAME", "VARIABLE"]),
        ("$a % $b", ["VARIABLE", "SIGN", "VARIABLE"]),
        ("q(a (b) c) . qw/x y/", ["STRING", "SIGN", "WORDS"]),
        (
            "$#{$a} + $#b + $$c{d}",
            [
                "SIGN",
                "SIGN",
                "VARIABLE",
                "SIGN",
                "SIGN",
                "VARIABLE",
                "SIGN",
                "SIGN",
                "VARIABLE",
                "SIGN",
                "NAME",
                "SIGN",
            ],
        ),
        ("while (<$in>) { 1 }", ["NAME", "SIGN", "PATTERN", "SIGN", "SIGN", "NUMBER", "SIGN"]),
        ("print <<A . <<'B';\n'\nA\n\"\nB\n$x", ["NAME", "STRING", "SIGN", "STRING", "SIGN", "VARIABLE"]),
        ("sub f($$) { '$)' }", ["NAME", "NAME", "SIGN", "STRING", "SIGN"]),
        ("1 # '\n__END__\n'", ["NUMBER"]),
    ],
)
def test_tokens_are_told_apart(text, expected):
    assert [kind.name for kind, _ in kinds(text)][: len(expected)] == expected
    assert not Tokens(text).faults


def test_a_quote_that_is_never_closed_is_a_problem_and_what_follows_is_read():
    found = read('my $a = \'x;\nmy $dbhost = "10.0.0.120";\n')
    assert [problem.line for problem in found.problems] == [1]
    assert [ref.host for ref in found.refs] == ["10.0.0.120"]


def test_code_that_is_nested_too_deeply_is_a_problem_and_connection_strings_are_found():
    found = read("f(" * 300 + ")" * 300 + ";\n$x = 'postgresql://app@10.0.0.120/x';\n")
    assert "nested too deeply" in found.problems[-1].message
    assert [ref.host for ref in found.refs] == ["10.0.0.120"]


@pytest.mark.parametrize(
    "text",
    [
        "$a = " + "'x' . " * 20_000 + "'y';",
        "$a = " + "$b ? " * 200 + "1",
        "$a = " * 5_000 + "1",
        "{" * 20_000,
        "[" * 20_000,
        "\\'" * 20_000,
        "q{" * 20_000,
        "<<A;\n" * 3_000,
        "$x = $x . 'a';\n" * 3_000 + "system $x;\n",
        "$x .= 'dbi:Pg:host=$y';\n" * 1_000 + "DBI->connect($x);\n",
        "".join(f"$v{i} = $v{i - 1};\n" for i in range(2_000)) + "DBI->connect($v1999);\n",
        'sub f { my ($h) = @_; DBI->connect("dbi:Pg:host=$h") }\n' + "f('10.0.0.120');\n" * 2_000,
        "my %h = (" + "a => '10.0.0.120', " * 3_000 + ");\n",
        "%h = (a => " * 40 + ")" * 40,
        "for my $x (@y) { " * 50,
        "$x = " + "$a{b}" * 5_000,
        "$x->y" + "->z(1)" * 3_000,
        "=pod\n" * 5_000,
        "if ($x) { " * 100,
        '"@{[ ' * 3_000,
        "$x || " * 3_000 + "1",
    ],
)
def test_hostile_texts_are_read(text):
    extract(SourceFile("orders.pl", text.encode()))


_TOKENS = """
    my our sub use constant foreach for if return print die system exec qw( qx{ q{ qq( s/ tr/ m{ / // || ? : . .= =
    => -> , ; ( ) { } [ ] @{ %$ $# $x $db{host} $db->{host} @_ %ENV $ENV{PGHOST} ' " ` # \\ <<EOT EOT <<~'E' __END__
    =pod =cut & && !
    DBI->connect( dbi:Pg:dbname=x;host= ;port= 10.0.0.120 5432 postgres://app@ /app psql -h -p Redis->new(
    server host port
    db_host dbhost new MongoDB::MongoClient map grep shift x eq é \ufffc \t %
"""
_PIECES = st.sampled_from([*_TOKENS.split(), "\n", " ", "\r\n", "\n=cut\n", "\udc80"])


@given(
    st.lists(_PIECES, max_size=50).map(" ".join) | st.lists(_PIECES, max_size=50).map("".join) | st.text(max_size=80)
)
@settings(max_examples=600, derandomize=True, deadline=None)
def test_every_text_is_read_and_every_slot_spells_its_host(text):
    source = SourceFile("orders.pl", text.encode("utf-8", "surrogateescape" if "\udc80" in text else "replace"))
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode().strip("[]") == ref.host
        assert all(step.span.end <= len(source.data) for step in ref.flow)
        if ref.port is not None and ref.port.slot is not None and ref.port.value is not None:
            assert int(source.slice(ref.port.slot.span)) == ref.port.value
