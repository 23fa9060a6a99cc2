import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.properties import extract
from analyzer.source import SourceFile
from tests.kit import check, check_none

FAST = settings(max_examples=150, derandomize=True, deadline=None)


@pytest.mark.parametrize(
    "marked",
    [
        "spring.datasource.url=jdbc:postgresql://«10.0.0.121»:⟦5432⟧/app\n",
        "spring.datasource.url = jdbc\\:postgresql\\://«10.0.0.121»\\:⟦5432⟧/app\n",
        "spring.redis.host: «10.0.0.121|port=6379»\nspring.redis.port: ⟦6379⟧\n",
        "! note\ndb.host=«10.0.0.121|clue=key»",
        "db.path=C\\:\\\\data\ndb.host=«10.0.0.121»\n",
    ],
)
def test_java_properties(marked):
    check(extract, marked, path="application.properties", comment="#")


@pytest.mark.parametrize(
    "marked",
    [
        "[database]\nhost = «10.0.0.121|port=5432,clue=key»\nport = ⟦5432⟧\n[cache]\nhost = 127.0.0.1\n",
        "[databases]\napp = host=«10.0.0.121» port=⟦5432⟧ dbname=app\n",
        "[options]\ndb_host = «10.0.0.121|port=5432» ; note\ndb_port = ⟦5432⟧\n",
        "[alembic]\nsqlalchemy.url = postgresql://u:p@«10.0.0.121»:⟦5432⟧/app # note\n",
        'db_host = "«10.0.0.121»" # note\n',
        "db_host = '«10.0.0.121»'\n",
        '[postgres]\nhosts = ["«10.0.0.120|group=2»", "«10.0.0.121»"]\n',
    ],
)
def test_sections(marked):
    check(extract, marked, path="app.ini", comment="#")


def test_mysql_options_speak_of_mysql():
    check(extract, "[client]\nhost=«10.0.0.121|clue=key,engine=mysql»\n", path="my.cnf", comment="#")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# db_host=10.0.0.121\n",
        "; db_host=10.0.0.121\n",
        "server pg1 10.0.0.121:5432 check\n",
        "[10.0.0.121]\nname = x\n",
        "db_host\n10.0.0.121\n",
        "version = 10.0.0.121\n",
        "db_host =\n",
    ],
)
def test_other_lines(text):
    check_none(extract, text, path="app.conf")


def test_comments_with_directives():
    text = "# analyzer: ignore[node-host] one\nx = '# analyzer: two'\n ; analyzer: ignore[node-host] three\n"
    comments = extract(SourceFile("app.ini", text.encode())).comments
    assert [(c.text.rsplit(" ", 1)[-1], c.own_line) for c in comments] == [("one", True), ("three", True)]


@FAST
@given(st.text(alphabet="ab=:[]#;\"'\\ \t\n\r10.", max_size=60), st.sampled_from(["a.properties", "a.ini", "my.cnf"]))
def test_any_text_is_read(text, path):
    source = SourceFile(path, text.encode())
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host
