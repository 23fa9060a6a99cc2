"""`${NAME:-default}` in its many spellings: defaults are text with places, everything else is a hole."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract import dotenv, properties, yaml
from analyzer.extract.keyed.defaults import expand
from analyzer.hosts import HOLE
from tests.kit import check, check_none

FAST = settings(max_examples=300, derandomize=True, deadline=None)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("${A:-h}", "h"),
        ("${A-h}", "h"),
        ("${A:=h}", "h"),
        ("${A=h}", "h"),
        ("${A:+h}", "h"),
        ("${A:?h}", HOLE),
        ("${A?h}", HOLE),
        ("${A}", HOLE),
        ("$(A)", HOLE),
        ("${A:-}", HOLE),
        ("${A:-${B}}", HOLE),
        ("${A:-${B:-h}}", "h"),
        ("${A:-${B:-${C:-h}}}", "h"),
        ("${A:-${B:-h}:${P:-5432}}", "h:5432"),
        ("${A:-10.0.0.12${I}}", f"10.0.0.12{HOLE}"),
        ("${A:-$(B)}", HOLE),
        ('${A:-"h"}', "h"),
        ("${A:-'h'}", "h"),
        ('${A:-""}', HOLE),
        ("${A:-a$b}", "a$b"),
        ("$${A:-h}", "h"),
        ("x${A:-h}y${B}z", f"xhy{HOLE}z"),
        ("${X-10.0.0.121:5432}", "10.0.0.121:5432"),
        ("${db.host:h}", "h"),
        ("${db-main.host:h}", "h"),
        ("${db.host:${DB_HOST:h}}", "h"),
        ("${url:jdbc:postgresql://${H:h}:5432/a}", "jdbc:postgresql://h:5432/a"),
        ("${env:DB_HOST:-h}", "h"),
        ("${env:DB_HOST, 'h'}", "h"),
        ("${opt:host,'h'}", "h"),
        ("${A:-{}}", "${A:-{}}"),
        ("${A:-\nh}", "${A:-\nh}"),
        ("${A:-unclosed", "${A:-unclosed"),
        ("$A", "$A"),
        ("", ""),
    ],
)
def test_what_is_read(text, read):
    assert expand(text).text == read


@pytest.mark.parametrize(
    "text", ["${A:-${B:-h}}", "a${A:-'h'}b", "$${A:-h}", "${a.b:${C:h}}", "${A:-${B}h}", "${env:A, 'h'}"]
)
def test_a_default_stands_where_it_is_written(text):
    read = expand(text)
    at = read.text.index("h")
    place = read.original(at, at + 1)
    assert place is not None
    assert text[slice(*place)] == "h"


def test_what_stands_apart_is_no_one_piece():
    read = expand("${A:-${B:-h}:${P:-5432}}")
    assert read.original(0, len(read.text)) is None


DEFAULTS = [
    "${DB_HOST:-«10.0.0.121»}",
    "${DB_HOST-«10.0.0.121»}",
    "${DB_HOST:=«10.0.0.121»}",
    "${A:-${B:-«10.0.0.121»}}",
    "${A:-${B:-${C:-«10.0.0.121»}}}",
    "${A:-${B:-«10.0.0.121|port=5432»}:${P:-⟦5432⟧}}",
    "${db.host:${DB_HOST:«10.0.0.121»}}",
    "postgresql://${U}:${P}@${H:-«10.0.0.121»}:${PORT:-⟦5432⟧}/${DB}",
    "postgresql://${U}:${P}@«10.0.0.121|hidden»:${PORT}/${DB}",
    "${URL:-postgresql://u:${P}@${H:-«10.0.0.121»}:⟦5432⟧/app}",
    "jdbc:postgresql://${DB_HOST:${HOST:«10.0.0.121»}}:${DB_PORT:⟦5432⟧}/${DB:app}",
    "postgresql://$(U):$(P)@«10.0.0.121»:⟦5432⟧/$(DB)",
    "postgresql://__U__:__P__@«10.0.0.121»:⟦5432⟧/__DB__",
    "postgresql://__U__:__P__@«10.0.0.121|hidden»:__PORT__/__DB__",
    "postgresql://%(u)s:%(p)s@«10.0.0.121»:⟦5432⟧/%(db)s",
    "postgresql://@db.user@:@db.pw@@«10.0.0.121»:⟦5432⟧/@db.name@",
    "postgresql://@u@:@p@@«10.0.0.121|hidden»:@port@/@db@",
    "postgresql://<%= u %>:<%= p %>@«10.0.0.121»:⟦5432⟧/<%= db %>",
]
HOLES = [
    "${DB_HOST}",
    "${DB_HOST:-}",
    "${DB_HOST:-${FALLBACK}}",
    "${DB_HOST:?no host}",
    "$(DB_HOST)",
    "__DB_HOST__",
    "__DB_HOST__:5432",
    "%(host)s",
    "@db.host@",
    "postgresql://u:p@${H}:5432/app",
    "postgresql://u:p@__DB_HOST__:5432/app",
    "postgresql://u:p@@db.host@:5432/app",
    "postgresql://u:p@%(host)s:5432/app",
    "postgresql://u:p@$(H):5432/app",
    "postgresql://u:p@<%= host %>:5432/app",
    "postgresql://u:p@10.0.0.12${I}:5432/app",
    "postgresql://u:p@db-${ENV}.corp.internal:5432/app",
]


@pytest.mark.parametrize("value", DEFAULTS)
def test_defaults_are_hosts(value):
    check(yaml.extract, f"db_host: '{value}'\n", path="app.yaml", comment="#")
    check(dotenv.extract, f"DB_HOST='{value}'\n", path=".env", comment="#")


@pytest.mark.parametrize("value", HOLES)
def test_holes_are_none(value):
    check_none(yaml.extract, f"db_host: '{value}'\n", path="app.yaml", comment="#")
    check_none(dotenv.extract, f"DB_HOST='{value}'\n", path=".env", comment="#")


def test_token_replacement_marks():
    check(yaml.extract, "url: 'postgresql://#{U}#:#{P}#@«10.0.0.121»:⟦5432⟧/#{DB}#'\n", path="a.yaml", comment="#")
    check_none(
        yaml.extract, "db_host: '#{DbHost}#'\nurl: 'postgresql://u@#{DbHost}#:5432/app'\n", path="a.yaml", comment="#"
    )


def test_properties_of_spring():
    check(
        properties.extract,
        "spring.datasource.url=jdbc:postgresql://${DB_HOST:${HOST:«10.0.0.121»}}:${DB_PORT:⟦5432⟧}/app\n",
        path="application.properties",
        comment="#",
    )


@FAST
@given(
    st.lists(
        st.sampled_from(["${", "$(", "A", "b.c", ":-", "-", ":", "}", ")", "10.0.0.121", "$", '"', "{", "\n"]),
        max_size=25,
    )
)
def test_every_character_has_a_place(pieces):
    text = "".join(pieces)
    read = expand(text)
    for at, character in enumerate(read.text):
        place = read.original(at, at + 1)
        assert (place is None) == (character == HOLE and read.places is not None)
        assert place is None or text[slice(*place)] == character


@pytest.mark.parametrize(
    "attack",
    ["${X:-" * 20_000, "${x:" * 20_000, ("${X:-" + "a" * 900) * 100, "${X:-a$" * 20_000, "${X:-${Y:-z}}" * 5_000],
)
def test_expansion_is_linear(attack):
    start = time.process_time()
    expand(attack)
    assert time.process_time() - start < 2
