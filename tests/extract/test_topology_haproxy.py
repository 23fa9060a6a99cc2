"""HAProxy's grammar: words, sections, inheritance, addresses, checks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.extract.topology.addresses import read_address, read_addresses
from analyzer.extract.topology.haproxy import rosters as read
from analyzer.extract.topology.haproxy.lines import lines_of
from analyzer.hosts import HOLE
from analyzer.model import Intent
from analyzer.source import SourceFile
from tests.rosters import rosters


def words(text):
    return [[word.text for word in line.words] for line in lines_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("server pg1 10.0.0.1:5432 check", [["server", "pg1", "10.0.0.1:5432", "check"]]),
        ('server a\\ b "10.0.0.1":5432 # c', [["server", "a b", "10.0.0.1:5432"]]),
        ("tcp-check send 'a # b'\\r\\n#c", [["tcp-check", "send", "a # brn"]]),
        ('log "a \\" b" \\# d', [["log", 'a " b', "#", "d"]]),
        ("  # only a comment\n\n\r\n.if defined(X)\nbind :1\n.endif\n", [["bind", ":1"]]),
        ('half "open quote', [["half", '"open', "quote"]]),
    ],
)
def test_quotes_escapes_and_comments(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("word", "host", "port"),
    [
        ("10.0.0.1:5432", "10.0.0.1", 5432),
        ("db1.corp", "db1.corp", None),
        ("[fd00::1]:5432", "fd00::1", 5432),
        ("fd00::1:5432", "fd00::1", 5432),
        ("ipv4@db1:5432", "db1", 5432),
        (":5000", "", 5000),
        ("*:5000", "", 5000),
        (":::5000", "", 5000),
        ("10.0.0.1:+100", "10.0.0.1", None),
        ("10.0.0.1:5000-5010", "10.0.0.1", None),
        ("10.0.0.1:99999", "10.0.0.1", None),
    ],
)
def test_addresses(word, host, port):
    found = read_address(word)
    assert (found.host, found.port) == (host, port)
    assert word[found.start : found.end] in {host, "*", "::", ""}


@pytest.mark.parametrize("word", ["/run/pg.sock", "unix@/run/x", "fd@3", "abns@x", "a b", "-", "10.0.0.300:1"])
def test_what_is_no_address(word):
    assert read_address(word) is None


def test_a_variable_is_a_hole():
    assert HOLE in read_address("${PG1}:5432").host
    assert [bind.port for bind in read_addresses("10.0.0.1:1,*:2,/sock")] == [1, 2]


def one(text):
    (found,) = rosters(text)
    return found


def test_defaults_are_inherited_by_name_and_by_place():
    text = (
        "defaults base\n  option httpchk GET /primary\n  default-server check port 8008\n"
        "defaults other from base\n  option httpchk GET /replica\n"
        "listen named from base\n  bind :1\n  server a 10.0.0.1:5432\n"
        "listen last\n  bind :2\n  server a 10.0.0.1:5432 no-check\n"
    )
    named, last = rosters(text)
    assert (named.probe.path, last.probe.path) == ("/primary", "/replica")
    assert [(s.checked, s.check_port) for r in (named, last) for s in r.servers] == [(True, 8008), (False, 8008)]


def test_the_last_check_counts_and_no_takes_it_back():
    head = "listen x\n  bind :1\n  option tcp-check\n  option httpchk GET /primary\n"
    assert one(head + "  server a 10.0.0.1:5432\n").probe.asks == "http"
    found = one(head + "  no option httpchk\n  server a 10.0.0.1:5432\n").probe
    assert (found.asks, found.span) == ("connection", None)


@pytest.mark.parametrize(
    ("lines", "asks", "path", "wants"),
    [
        ("option httpchk", "http", "/", "any"),
        ("option httpchk /health", "http", "/health", "any"),
        ("option httpchk OPTIONS /replica?lag=1MB HTTP/1.1\\r\\nHost:\\ pg", "http", "/replica", "any"),
        (
            "option httpchk\n  http-check send meth GET uri /primary\n  http-check expect status 200",
            "http",
            "/primary",
            "status",
        ),
        ("option httpchk GET /primary\n  http-check expect ! status 200", "http", "/primary", "content"),
        ("option httpchk GET /x\n  http-check expect string master", "http", "/x", "content"),
        ("option tcp-check\n  tcp-check expect string role:master", "connection", "", "master"),
        (
            "option tcp-check\n  tcp-check expect string role:master\n  tcp-check expect string +OK",
            "connection",
            "",
            "master",
        ),
        ("option tcp-check\n  tcp-check expect rstring role:(master)", "connection", "", "master"),
        ("option tcp-check\n  tcp-check expect string +PONG", "connection", "", "content"),
        ("tcp-check expect string role:master", "connection", "", "any"),
        ("option pgsql-check user x", "pgsql", "", "any"),
        ("option external-check", "other", "", "any"),
        ("option httpchk GET {{ path }}", "other", None, "any"),
    ],
)
def test_checks(lines, asks, path, wants):
    probe = one(f"listen x\n  bind :1\n  {lines}\n  server a 10.0.0.1:5432 check\n").probe
    assert (probe.asks, probe.wants) == (asks, wants)
    assert path is None or probe.path == path


@pytest.mark.parametrize(
    ("parameters", "checked", "port"),
    [
        ("", False, None),
        ("check", True, None),
        ("maxconn 100 check port 8008 inter 2s", True, 8008),
        ("track other/a", None, None),
        ("check agent-check agent-port 9", None, None),
        ("{{ options }}", None, 0),
        ("check port {{ rest_port }}", True, 0),
        ('check port "${REST_PORT}"', True, 0),
        ("check {{ options }}", True, 0),
        ("check inter {{ seconds }}", True, None),
    ],
)
def test_parameters_of_a_server(parameters, checked, port):
    (server,) = one(f"listen x\n  bind :1\n  server a 10.0.0.1:5432 {parameters}\n").servers
    assert (server.checked, server.check_port, server.label) == (checked, port, "a")


def test_a_frontend_lends_its_binds_and_its_name_to_its_backend():
    text = (
        "frontend pg_write\n  bind 10.0.0.10:5432\n  use_backend drill if { src 10.9.9.9 }\n  default_backend nodes\n"
        "backend nodes\n  server a 10.0.0.1:5432 check\n"
        "backend drill\n  server a 10.0.0.2:5432 check\n"
    )
    nodes, drill = rosters(text)
    assert ([b.host for b in nodes.binds], nodes.intent, nodes.chosen) == (["10.0.0.10"], Intent.WRITE, False)
    assert (drill.binds, drill.intent, drill.chosen) == ((), Intent.UNKNOWN, True)


def test_what_is_filled_in_later_makes_a_section_partial():
    assert one("listen x\n  bind :1\n  server a 10.0.0.1:5432\n").whole
    assert not one("listen x\n  bind :1\n  server a 10.0.0.1:5432\n  server b ${PG2}:5432\n").whole
    assert not one("listen x\n  bind :1\n  server a 10.0.0.1:5432\n  server-template b 1-3 pg.local:5432\n").whole
    jinja = "listen x\n  bind :1\n  server a 10.0.0.1:5432\n{% for n in ns %}\n  server b {{ n }}:5432\n{% endfor %}\n"
    (found,) = rosters(jinja, "haproxy.cfg.j2")
    assert not found.whole


def test_a_template_may_say_all_of_the_checks():
    text = "listen x\n  bind :1\n  default-server {{ checks }}\n  server a 10.0.0.1:5432\n"
    (server,) = one(text).servers
    assert (server.checked, server.check_port) == (None, 0)


def test_the_address_behind_an_old_listen():
    assert one("listen mysql 10.0.0.10:3306\n  server a 10.0.0.20:3306 check\n").binds[0].host == "10.0.0.10"


def test_spans_are_bytes_of_the_file():
    text = "# größer\nlisten orders\n  bind 10.0.0.10:5432\n  option tcp-check\n  server a 10.0.0.1:5432\n"
    found, data = one(text), text.encode()
    spans = [found.span, found.binds[0].span, found.probe.span, found.servers[0].span]
    assert [data[s.start : s.end].decode() for s in spans] == [
        "listen orders",
        "10.0.0.10",
        "option tcp-check",
        "10.0.0.1",
    ]


@given(st.text(alphabet="listen backend server default-server option bind \n\"'\\#:10.{}%$", max_size=300))
def test_any_text_is_read_and_its_spans_lie_inside(text):
    source = SourceFile("haproxy.cfg", f"listen a\n{text}\n server x 10.0.0.1:5432\n".encode())
    for roster in read(source):
        for span in (roster.span, *(s.span for s in roster.servers), *(b.span for b in roster.binds)):
            assert 0 <= span.start <= span.end <= len(source.data)
