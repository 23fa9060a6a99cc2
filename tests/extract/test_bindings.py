"""Scopes of bindings: hosts, DSNs, defaults, lists, shapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.extract.keyed.bindings import Binding, Scope, Value, references, value_references
from analyzer.extract.keyed.defaults import expand
from analyzer.extract.keyed.values import ESCAPED
from analyzer.hosts import HOLE
from analyzer.model import Clue, Evidence, Intent, Slot, Span
from tests.kit import check_none
from tests.rows import PLACE, extract_rows, found


def test_a_key_with_a_database_word():
    ref = found(
        "DB_HOST: «10.0.0.121|only=key+place,engine=none,intent=unknown,port=none,insert=no,open,group=0»\n"
    ).refs[0]
    assert ref.evidence == (Evidence(Clue.KEY, "DB_HOST"), PLACE)
    assert ref.shape == "DB_HOST: «10.0.0.121»"


def test_a_host_word_alone_is_a_name():
    found("PRIMARY: «10.0.0.122|only=name+place,intent=write»\nREPLICA: «10.0.0.121|only=name+place,intent=read»\n")


def test_a_parent_makes_a_name_a_key():
    refs = found("@app/database\nhost: «10.0.0.121|clue=key»\n").refs
    assert refs[0].evidence[0].text == "database.host"


@pytest.mark.parametrize(
    "sample",
    [
        "SMTP_HOST: 10.0.0.121\n",
        "LISTEN_ADDRESS: 10.0.0.121:5432\n",
        "SENTRY_DSN: https://k@10.0.0.121/1\n",
        "VAULT_ADDR: http://10.0.0.121:8200\n",
        "PATRONI_URL: http://10.0.0.121:8008\n",
        "@kafka\nhost: 10.0.0.121\n",
        "@powerdns/database/supermasters\naddress: 10.0.0.121\n",
        "@elasticsearch/proxy\nurl: http://10.0.0.121:3128\n",
        "BACKEND_REDIS_URL: http://10.0.0.121:9200/\n",
        "DB_HEALTH_URL: http://10.0.0.121/\n",
        "description: 10.0.0.121\n",
        "DB_NAME: 10.0.0.121\n",
        "_GDB: 10.0.0.121\n",
        "DB_HOST: 127.0.0.1\n",
        "DB_HOST: localhost\n",
        "DB_HOST: 0.0.0.0\n",
        "DB_HOST: [::1]:5432\n",
        "DB_HOST: /var/run/postgresql\n",
        "DB_HOST: ${DB_HOST}\n",
        "DB_HOST: {{ .Values.host }}\n",
        "DB_HOST: <DB_HOST>\n",
        "DB_HOST: true\n",
        "replicas: 3\n",
        "node: 18\n",
        "DB_CONNECTION: mysql\n",
        "DB_HOST: !secretKeyRef pg/host\n",
        "DB_PORT: 10.0.0.121\n",
        "cidr: 10.0.0.120/32\n",
        "DB_HOST: \n",
        "DB_URL: sqlite:///var/lib/10.0.0.121.db\n",
        "DATABASE_URL: postgresql://u:p@localhost:5432/app\n",
        "DATABASE_URL: postgresql:///app?host=/var/run/postgresql\n",
        "AMQP_URL: amqp://10.0.0.121:5672/\n",
        "MYSQL_URL: ssh://10.0.0.121/\n",
        "QUEUE_URL: ftp://10.0.0.121/\n",
    ],
)
def test_nothing_stands_here(sample):
    check_none(extract_rows, sample, comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        "DB_HOST: «db1|clue=key»\n",
        "DB_HOST: «pg.databases.svc.cluster.local|clue=key»\n",
        "DB_HOST: «192.0.2.7|clue=key»\n",
        "DB_HOST: «db1.corp.internal|clue=key,port=5433»:⟦5433⟧\n",
        "DB_HOST: [«fd00::121|port=5432»]:⟦5432⟧\n",
        "DB_HOST: «fd00::121|port=none»\n",
        "DB_HOST: tcp://«10.0.0.121|port=5432,clue=key»:⟦5432⟧\n",
        "url: 10.0.0.121:5432\nDB_URL: «10.0.0.121|clue=key+port,port=5432»:⟦5432⟧\n",
        "DB_CONNECTION: «10.0.0.121|clue=key»\n",
        "ES_URL: http://«10.0.0.121|clue=key,engine=elasticsearch»:⟦9200⟧\n",
        "@elasticsearch\nurl: http://«10.0.0.121|clue=key,engine=elasticsearch»:⟦9200⟧\n",
        "@elasticsearch/rest\nuris: http://«10.0.0.121|clue=key,engine=elasticsearch»:⟦9200⟧\n",
        "jedis.pool.host: «10.0.0.121|clue=key,engine=redis»\n",
        "DB_URL: http://«10.0.0.121|clue=key,engine=elasticsearch»:⟦9200⟧/\n",
    ],
)
def test_values_of_host_keys(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "A: postgresql://u:p@«10.0.0.121|only=dsn+place,engine=postgresql,port=5432»:⟦5432⟧/app\n",
        "DATABASE_URL: postgres://u@«10.0.0.121|only=dsn+key+place,insert=:,port=none»/app\n",
        "PG_RO_URL: postgres://u@«10.0.0.121|intent=read»/app\n",
        "A: postgres://u@«10.0.0.121|intent=write»/app?target_session_attrs=read-write\n",
        "PG_RO_URL: postgres://u@«10.0.0.121|intent=write»/app?target_session_attrs=read-write\n",
        "A: jdbc:mysql://«10.0.0.121|engine=mysql,port=3306»:⟦3306⟧/app\n",
        "A: u:p@tcp(«10.0.0.121|engine=mysql»:⟦3306⟧)/app\n",
        "A: host=«10.0.0.121|insert= port=» user=u dbname=app\n",
        "A: host=«10.0.0.121|port=5433» port=⟦5433⟧ user=u dbname=app\n",
        "A: mysql:host=«10.0.0.121|engine=mysql»;dbname=app\n",
        "JAVA_OPTS: -Xmx1g -Dspring.datasource.url=jdbc:postgresql://«10.0.0.121|clue=dsn»:⟦5432⟧/app -Da=b\n",
        "A: postgresql://{{ u }}:{{ p }}@«10.0.0.121|clue=dsn»:⟦5432⟧/{{ d }}\n",
        "SENTRY_DSN: postgresql://u@«10.0.0.121|only=dsn+place»/app\n",
        "@kafka\nurl: postgresql://u@«10.0.0.121|only=dsn+place»/app\n",
        "DB_PORT: postgresql://u@«10.0.0.121|only=dsn+place»/app\n",
        "DB_PASSWORD: postgresql://u@«10.0.0.121|clue=dsn»/app\n",
    ],
)
def test_connection_strings(sample):
    found(sample)


def test_a_databases_port_and_a_login_are_certain():
    refs = found("host: «10.0.0.121|clue=key+port,port=3306,engine=mysql»\nport: ⟦3306⟧\nuser: app\n").refs
    assert refs[0].evidence[0].text == "host beside port 3306 and user"
    found("HOST: «10.0.0.121|clue=key»:⟦6379⟧\nPASSWORD: secret\n")


@pytest.mark.parametrize(
    "sample",
    [
        "host: «10.0.0.121|only=name+port+place»\nport: ⟦3306⟧\n",
        "host: «10.0.0.121|only=name+place»\nport: ⟦8080⟧\nuser: app\n",
        "host: «10.0.0.121|only=name+port+place»\nport: ⟦3306⟧\nadmin_user: app\n",
    ],
)
def test_a_port_or_a_login_alone_is_not(sample):
    found(sample)


def test_a_leader_and_its_followers_are_members():
    found("@pg\nleader: «10.0.0.121|only=text+place»\n- followers: «10.0.0.122|only=text+place»\n")
    found("db_primary: «10.0.0.121|only=text+place»\n- db_replicas: «10.0.0.122|only=text+place»\n")
    found("@pg\nleader: «10.0.0.121|clue=key»\n- followers: «10.0.0.122|clue=key»\npassword: x\n")
    found("@pg\nmaster: «10.0.0.121|clue=key»\nslave: «10.0.0.122|clue=key»\n")
    found("@pg\nmaster: postgres://«10.0.0.121|clue=dsn»/a\n- replicas: postgres://«10.0.0.122|clue=dsn»/a\n")


def test_a_group_of_servers_is_an_inventory():
    found("@deploy_groups/cassandra\nhosts: «10.0.0.121|only=text+place»\n")
    found("@deploy/cassandra\nhosts: «10.0.0.121|only=key+place»\n")


@pytest.mark.parametrize(
    "sample",
    [
        "redis: «10.0.0.121|clue=key,engine=redis,port=6379»:⟦6379⟧\n",
        "@redis_default_lock\nrdb1: «10.0.0.121|clue=key,engine=redis»:⟦6378⟧\n",
        "MYSQL: «db1.corp.internal|clue=key,engine=mysql»:⟦3307⟧\n",
        "db: «10.0.0.121|clue=key,engine=postgresql»:⟦5432⟧\n",
        "- redis: «10.0.0.121|group=2»:⟦6379⟧\n- redis: «10.0.0.122|group=2»:⟦6379⟧\n",
    ],
)
def test_a_system_and_a_server(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "redis: 10.0.0.121\n",
        "db: 10.0.0.121:8080\n",
        "kafka: 10.0.0.121:9092\n",
        "@backends\nmysql: 10.0.0.121:3306\n",
        "@mysql/ports\na: 10.0.0.121:3306\n",
        "mysql_image: registry.corp.internal:5000/mysql\n",
        "@redis\nmetrics: 10.0.0.121:9121\n",
        "@redis/web\na: 10.0.0.121:8080\n",
    ],
)
def test_a_system_and_something_else(sample):
    check_none(extract_rows, sample, comment="#")


def test_the_short_name_of_the_search_engine_needs_its_port():
    found("es.hosts: «10.0.0.121|clue=key,engine=elasticsearch»:⟦9200⟧\n")
    found("@es\nhost: «10.0.0.121|clue=key»\nport: ⟦9200⟧\n")
    found("@lang/es\nhost: «10.0.0.121|only=name+place»\n")
    found("es_host: «10.0.0.121|only=name+place»:⟦8080⟧\n")
    check_none(extract_rows, "@lang/es\nurl: http://10.0.0.121/\n", comment="#")


def test_a_templated_port_is_hidden():
    found("A: postgres://u@«10.0.0.121|hidden=a template»:${PORT}/app\n")


def test_operation_keys():
    found("DATA_SOURCE_NAME: postgresql://u@«10.0.0.121|only=operation+place»:5432/app\n")
    found("DATA_SOURCE_URI: «10.0.0.121|only=operation+place,port=5432»:5432/postgres?sslmode=disable\n")
    found("PG_EXPORTER_URL: postgres://u@«10.0.0.121|only=operation+place»/\n")
    found("@prometheus-postgres-exporter/config/datasource\nhost: «10.0.0.121|only=operation+place»\n")
    found("@mysqldExporter\naddress: «10.0.0.121|only=operation+place»\n")


def test_an_unescaped_at_sign_seals():
    refs = found("A: postgres://u:p@ss@«10.0.0.121|sealed»/app\n").refs
    assert refs[0].sealed


def test_a_percent_encoded_host_is_sealed():
    found("A: postgres://u@«10%2E0.0.121|sealed,host=10.0.0.121»/app\n")


def test_defaults_are_read_and_editable():
    found("DB_HOST: ${DB_HOST:-«10.0.0.121|only=key+place,open»}\n")
    found("DB_HOST: ${db.host:«10.0.0.121|open»}\n")
    found("DB_HOST: ${X-«10.0.0.121|open,port=5432»:⟦5432⟧}\n")
    found("A: postgresql://u:${P}@${H:-«10.0.0.121|clue=dsn,port=5433,open»}:${PORT:-⟦5433⟧}/app\n")
    found("A: ${URL:-postgres://u@«10.0.0.121|clue=dsn,open»/app}\n")
    found("DB_HOST: «10.0.0.121|port=5433»\nDB_PORT: ${DB_PORT:-⟦5433⟧}\n")


def test_expanding_keeps_places():
    text = "a${X:-bc}d${Y}e$(Z)f"
    read = expand(text)
    assert read.text == f"abcd{HOLE}e{HOLE}f"
    for i in range(len(read.text)):
        place = read.original(i, i + 1)
        assert (place is None) is (read.text[i] == HOLE)
        assert place is None or text[place[0] : place[1]] == read.text[i]
    assert read.original(1, 3) == (6, 8)
    assert read.original(0, 3) is None
    assert read.original(len(read.text), len(read.text)) == (len(text), len(text))


def test_text_without_references_is_as_it_is():
    for text in ("", "$", "${", "a $X b", "${}x"[:2], "$$(", "100$"):
        read = expand(text)
        assert (read.text, read.places) == (text, None)


# ---- lists


def test_a_list_in_one_value_is_one_group():
    refs = found(
        "DB_HOSTS: «10.0.0.120|group=3,clue=key»,«10.0.0.121|group=3»,«10.0.0.122|group=3»\nDB_PORT: ⟦5432⟧\n"
    ).refs
    group = refs[0].group
    assert group is not None
    assert all(ref.group is group for ref in refs)
    assert group.hosts == Slot(Span(10, 10 + 32))
    assert not group.inline_ports
    assert {ref.port.value for ref in refs if ref.port} == {5432}


def test_a_list_with_ports_keeps_them_inline():
    refs = found("DB_HOSTS: «10.0.0.120|port=5432»:⟦5432⟧,«10.0.0.121|port=none,insert=:»\n").refs
    assert refs[0].group is not None
    assert refs[0].group.inline_ports


def test_a_dsn_with_several_hosts():
    text = "A: postgres://u@«10.0.0.120|group»:⟦5432⟧,«10.0.0.121|group»:⟦5432⟧/app?target_session_attrs=read-write\n"
    group = found(text).refs[0].group
    assert group is not None
    assert group.hosts == Slot(Span(16, 47))
    assert group.inline_ports
    assert len(group.drops) == 1


def test_separate_ports_of_libpq():
    group = (
        found("A: host=«10.0.0.120|port=5432»,«10.0.0.121|port=5433» port=⟦5432⟧,⟦5433⟧ dbname=app user=u\n")
        .refs[0]
        .group
    )
    assert group is not None
    assert group.ports == Slot(Span(35, 44))
    assert not group.inline_ports


def test_items_of_a_list_are_one_group_without_a_slot():
    refs = found(
        "@cassandra\n- hosts: «10.0.0.120|group=2,clue=key»\n- hosts: «10.0.0.121|group=2»\nport: ⟦9042⟧\n"
    ).refs
    group = refs[0].group
    assert group is not None
    assert group is refs[1].group
    assert group.hosts is None


def test_one_item_and_repeated_keys_are_no_group():
    found("@cassandra\n- hosts: «10.0.0.120|group=0»\n")
    found("DB_HOST: «10.0.0.120|group=0»\nDB_HOST: «10.0.0.121|group=0»\n")
    found("- urls: postgres://u@«10.0.0.120|group=0»/a\n- urls: postgres://u@«10.0.0.121|group=0»/b\n")


def test_a_list_that_escapes_hide_has_no_slot():
    text = "10.0.0.120,10.0.0.121"
    value = Value(text, lambda i, j: Slot(Span(i, j)) if j <= 10 else None, Slot(Span(0, 30)))
    refs = list(references([Binding("DB_HOSTS", value)], Scope()))
    assert [ref.sealed for ref in refs] == ["", ESCAPED]
    assert refs[1].slot == Slot(Span(0, 30))
    assert refs[0].group is not None
    assert refs[0].group.hosts is None


# ---- shapes


@pytest.mark.parametrize(
    ("sample", "shape"),
    [
        ("DB_HOST: «10.0.0.121»\n", "DB_HOST: «10.0.0.121»"),
        (
            "DATABASE_URL: postgresql://svc:hunter2@«10.0.0.121»:5432/app\n",
            "DATABASE_URL: postgresql://…@«10.0.0.121»:5432/…",
        ),
        ("my key is hunter2 host: «10.0.0.121»\n", "…: «10.0.0.121»"),
        ("postgres://x:hunter2 host: «10.0.0.121»\n", "…: «10.0.0.121»"),
    ],
)
def test_shapes_show_keys_schemes_and_hosts_only(sample, shape):
    ref = found(sample).refs[0]
    assert ref.shape == shape
    assert all("hunter2" not in e.text for e in ref.evidence)


@pytest.mark.parametrize("key", ["DATABASE_URL", "url", "x"])
@pytest.mark.parametrize("parents", [(), ("hunter2 hunter2 database",)])
def test_no_password_reaches_a_reference(key, parents):
    text = "postgresql://hunter2:hunter2@10.0.0.121:5432/hunter2?password=hunter2"
    bindings = [
        Binding(key, _value(text)),
        Binding("hunter2 type", _value("postgres")),
        Binding("hunter2 port", _value("1")),
    ]
    refs = list(references(bindings, Scope(parents)))
    assert len(refs) == 1
    assert "hunter2" not in repr(refs)


def test_separator_and_seal_come_from_the_scope():
    scope = Scope(separator="=", sealed="encrypted")
    refs = list(
        references([Binding("A", _value("postgres://u@10.0.0.121/a")), Binding("DB_HOST", _value("h.corp"))], scope)
    )
    assert [(ref.sealed, ref.shape.partition("=")[0]) for ref in refs] == [("encrypted", "A"), ("encrypted", "DB_HOST")]


# ---- values without a key


def test_values_without_a_key():
    text = "see postgres://u:hunter2@10.0.0.121:5432/app and mysql://10.0.0.20/x"
    refs = list(value_references(_value(text), (PLACE,), prefix="note "))
    assert [(ref.host, ref.slot.span.start) for ref in refs] == [("10.0.0.121", 25), ("10.0.0.20", 57)]
    assert all([e.clue for e in ref.evidence] == [Clue.DSN, Clue.PLACE] for ref in refs)
    assert refs[0].shape.startswith("note postgres://")
    assert "hunter2" not in repr(refs)


@pytest.mark.parametrize(
    "text", ["", "10.0.0.121", "http://10.0.0.121:9200", "host: 10.0.0.121", "postgres://localhost/"]
)
def test_values_without_a_dsn(text):
    assert not list(value_references(_value(text)))


def test_the_parsed_intent_counts_first():
    scope = Scope(("replica",))
    refs = list(references([Binding("url", _value("postgres://10.0.0.121/a?target_session_attrs=primary"))], scope))
    assert refs[0].intent is Intent.WRITE


def _value(text: str) -> Value:
    return Value(text, lambda i, j: Slot(Span(i, j)), Slot(Span(0, len(text))))


KEYS = st.sampled_from(
    [
        "DB_HOST",
        "DB_PORT",
        "host",
        "port",
        "DATABASE_URL",
        "hosts",
        "type",
        "PRIMARY",
        "x",
        "database",
        "user",
        "DB_HOSTS",
    ]
)
PIECES = st.sampled_from(
    [
        "10.0.0.121",
        ":5432",
        ",",
        " ",
        "postgres://",
        "u:p@",
        "/app",
        "${X:-",
        "}",
        "[fd00::1]",
        "host=",
        "(",
        "%2E",
        "é",
        ";",
        "\n",
    ]
)


@given(st.lists(st.tuples(KEYS, st.lists(PIECES, max_size=8).map("".join)), max_size=6))
def test_spans_always_hold_the_host(rows):
    values = [_value(text) for _, text in rows]
    texts = {id(value): text for value, (_, text) in zip(values, rows, strict=True)}
    for value, (key, _) in zip(values, rows, strict=True):
        for ref in references([Binding(key, value), Binding("DB_PORT", _value("5432"))], Scope()):
            span, text = ref.slot.span, texts[id(value)]
            assert ref.sealed or text[span.start : span.end] == ref.host
            if ref.group and ref.group.hosts and ref.group.hosts.span.end:
                assert ref.group.hosts.span.start <= span.start
    list(references([Binding(key, value) for value, (key, _) in zip(values, rows, strict=True)], Scope()))


@given(st.text(alphabet="${X:-ab.1}(){}", max_size=60))
def test_expanding_never_loses_its_way(text):
    read = expand(text)
    assert read.places is None or len(read.places) == len(read.text)
    for i, c in enumerate(read.text):
        place = read.original(i, i + 1)
        assert place is None or text[place[0] : place[1]] == c
