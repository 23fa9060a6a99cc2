"""Java properties: the letter of `java.util.Properties`, and what Spring makes of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.properties import extract
from analyzer.source import SourceFile
from tests.kit import check, check_none

FAST = settings(max_examples=150, derandomize=True, deadline=None)


def found(marked: str, path: str = "application.properties"):
    return check(extract, marked, path=path, comment="#")


@pytest.mark.parametrize(
    "marked",
    [
        "spring.datasource.url=jdbc:postgresql://«10.0.0.121|clue=dsn+key,engine=postgresql»:⟦5432⟧/app\n",
        "spring.redis.host: «10.0.0.121|port=6379,engine=redis»\nspring.redis.port: ⟦6379⟧\n",
        "db.host «10.0.0.121|clue=key,port=5432»\ndb.port\t⟦5432⟧\n",
        "db.host\f=\f«10.0.0.121|clue=key»\n",
        "   db.host   =   «10.0.0.121|clue=key»   \n",
        "! note\ndb.host=«10.0.0.121|clue=key»",
        "db.host=«10.0.0.121»\rdb.port=⟦5433⟧\r",
        "# a comment ends with its line \\\ndb.host=«10.0.0.121»\n",
        "# keys may hold escapes\ndb\\.host=«10.0.0.121|clue=key»\n",
        "\\u0064b.host=«10.0.0.121|clue=key»\n",
        "spring.datasource.url=${DB_URL:jdbc:mysql://«10.0.0.20|engine=mysql»:⟦3306⟧/app}\n",
        "%prod.quarkus.datasource.jdbc.url=jdbc:postgresql://«10.0.0.121»:⟦5432⟧/app\n",
        "hibernate.connection.url=jdbc:mysql://«10.0.0.20»/app?user=app&password=s3cret\n",
    ],
)
def test_keys_signs_and_comments(marked):
    found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "spring.datasource.url = jdbc\\:postgresql\\://«10.0.0.121|open»\\:⟦5432⟧/app\n",
        "jdbc.url=jdbc\\:mysql\\://«10.0.0.121|open,port=3306»\\:⟦3306⟧/app?useUnicode\\=true\n",
        "db.path=C\\:\\\\data\\\\\ndb.host=«10.0.0.121|open»\n",
        "jdbc.url=jdbc:postgresql://\\\n    «10.0.0.121|open»:⟦5432⟧/\\\n    app\n",
        "db.url=jdbc\\u003apostgresql\\u003A//«10.0.0.121|open»\\u003a⟦5432⟧/app\n",
        "db.host=\\\n\n# another comment\ndb2.host=«10.0.0.121»\n",
        "db.host=\\\n  «10.0.0.121|open»\n",
        "app.note=one\\\\\ndb.host=«10.0.0.121»\n",
        "db.hosts=«10.0.0.120|group=2,open»,\\\n         «10.0.0.121|group=2,open»\n",
        "db.host=«10.0.\\u0030.121|host=10.0.0.121,sealed»\n",
        "db.host=«10.0.\\\n   0.121|host=10.0.0.121,sealed»\n",
        "db.host=«\\10.0.0.121|host=10.0.0.121,sealed»\n",
    ],
)
def test_text_behind_escapes_stands_where_it_is_spelled(marked):
    found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "spring.redis.cluster.nodes=«10.0.0.5|port=6379,group=2,engine=redis»:⟦6379⟧,«10.0.0.6|port=6380»:⟦6380⟧\n",
        "spring.redis.cluster.nodes[0]=«10.0.0.5|group=2»:⟦6379⟧\nspring.redis.cluster.nodes[1]=«10.0.0.6»:⟦6379⟧\n",
        "spring.elasticsearch.uris=http://«10.0.0.5|engine=elasticsearch»:⟦9200⟧\n",
        "spring.data.mongodb.uri=mongodb://«10.0.0.7|group=2»:⟦27017⟧,«10.0.0.8»:⟦27017⟧/app\n",
        "cassandra.contact-points=«10.0.0.7|group=2,engine=cassandra»,«10.0.0.8»\n",
    ],
)
def test_lists(marked):
    found(marked)


def test_each_document_is_a_scope():
    found("db.host=«10.0.0.121|port=5432»\ndb.port=⟦5432⟧\n#---\ndb.host=«10.0.0.122|port=5433»\ndb.port=⟦5433⟧\n")


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("redis.properties", "host=«10.0.0.5|clue=key,engine=redis,port=6380»\nport=⟦6380⟧\n"),
        ("src/main/resources/db-prod.properties", "host=«10.0.0.121|clue=key»\n"),
        ("jdbc.properties", "server=«10.0.0.121|clue=key»\n"),
        ("mail.properties", "host=«10.0.0.121|only=name»\n"),
        ("db-hosts.properties", "host=«10.0.0.121|only=name»\n"),
    ],
)
def test_the_name_of_the_file_speaks(path, marked):
    found(marked, path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#db.host=10.0.0.121\n!db.host=10.0.0.121\n   # db.host=10.0.0.121\n",
        "db.host=\ndb.host\n=10.0.0.121\n",
        "db.host=localhost\ndb.url=jdbc:postgresql://127.0.0.1/app\n",
        "app.version=10.0.0.121\nmail.host=10.0.0.121\nkafka.bootstrap.servers=10.0.0.121:9092\n",
        "distributionUrl=https\\://services.gradle.org/distributions/gradle-8.0-bin.zip\n",
        "note=the database stands on 10.0.0.121\n",
        "db.note=first \\\ndb.host=10.0.0.121\n",
        "db.url=jdbc:h2:mem:app\ndb.url2=jdbc:sqlite:/data/app.db\n",
    ],
)
def test_nothing(text):
    check_none(extract, text, path="application.properties", comment="#")


def test_directives():
    text = "# analyzer: ignore[node-host] one\nx=# analyzer: two\n ! analyzer: ignore[node-host] three\r\n"
    comments = extract(SourceFile("a.properties", text.encode())).comments
    assert [(c.text.rsplit(" ", 1)[-1], c.own_line) for c in comments] == [("one", True), ("three", True)]


@pytest.mark.parametrize(
    "text", ["\\", "\\u00", "a=\\ud83d\\ude00", "a=\\u12", "a\\", "=", ":", "\\\n\\\n", "a=\\udc80"]
)
def test_broken_escapes_are_read(text):
    assert extract(SourceFile("a.properties", text.encode())).refs == ()


def test_a_long_run_of_backslashes_is_linear():
    extract(SourceFile("a.properties", b"db.host=" + b"\\" * 200_000 + b"\n" + b"\\\n" * 50_000))


_WORDS = r"db.host db.url = : # ! \: \u0031 10.0.0.121 jdbc:postgresql:// jdbc\:mysql\:// /app , 5432 ${A: } #--- ü \ "
_PIECES = st.sampled_from([*_WORDS.split(), " ", "\t", "\f", "\n", "\r\n", "\r", "\\\n  "])


@FAST
@given(st.lists(_PIECES, max_size=24).map("".join))
def test_any_text(text):
    source = SourceFile("a.properties", text.encode())
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host
        if ref.port and ref.port.slot and ref.port.value is not None:
            assert int(source.slice(ref.port.slot.span)) == ref.port.value
