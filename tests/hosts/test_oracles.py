"""Generated DSNs, read by the grammar and by drivers: same hosts, same ports, also after a collapse."""

from contextlib import suppress
from urllib.parse import quote

import psycopg
import pymongo.errors
import sqlalchemy.exc
from hypothesis import example, given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict
from pymongo.uri_parser import parse_uri
from sqlalchemy import make_url

from analyzer.hosts import parse
from tests.hosts.marks import collapsed

ENDPOINT = "10.0.0.10"
octet = st.integers(0, 255)
ipv4 = st.builds("10.{}.{}.{}".format, octet, octet, octet)
name = st.from_regex(r"[a-z]([a-z0-9-]{0,8}[a-z0-9])?(\.[a-z]([a-z0-9-]{0,6}[a-z0-9])?){0,3}", fullmatch=True)
ipv6 = st.ip_addresses(v=6).filter(lambda address: address.ipv4_mapped is None).map(str)
port = st.none() | st.integers(1, 65535)
host = ipv4 | name
word = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
secret = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=12)
nodes = st.lists(st.tuples(host, port), min_size=1, max_size=4)
attributes = st.sampled_from(["any", "read-write", "read-only", "primary", "standby", "prefer-standby"])
extras = st.dictionaries(st.sampled_from(["sslmode", "application_name", "connect_timeout"]), st.just("1"), max_size=3)


@st.composite
def parameters(draw):
    pairs = list(draw(extras).items())
    if draw(st.booleans()):
        pairs.append(("target_session_attrs", draw(attributes)))
    if draw(st.booleans()):
        pairs.append(("load_balance_hosts", "random"))
    return draw(st.permutations(pairs))


def written(node):
    host, port = node
    host = f"[{host}]" if ":" in host else host
    return host if port is None else f"{host}:{port}"


def quoted(value):
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def ports_of(read):
    return [int(p) if p else None for p in read.get("port", "").split(",")]


def agree(text, read):
    parsed = parse(text)
    assert parsed is not None
    assert not parsed.doubt
    assert [part.host for part in parsed.hosts] == read["host"].split(",")
    ports = ports_of(read)
    wanted = ports * len(parsed.hosts) if len(ports) == 1 else ports
    assert [part.port for part in parsed.hosts] == wanted
    return parsed


@given(st.lists(st.tuples(host | ipv6, port), min_size=1, max_size=4), word, secret, parameters())
def test_libpq_urls(members, user, password, pairs):
    query = "&".join(f"{key}={value}" for key, value in pairs)
    text = f"postgresql://{user}:{quote(password, safe='')}@{','.join(map(written, members))}/app"
    text += f"?{query}" if query else ""
    read = conninfo_to_dict(text)
    parsed = agree(text, read)
    after = conninfo_to_dict(collapsed(text, parsed, ENDPOINT, 5000))
    kept = {key: value for key, value in read.items() if key not in {"target_session_attrs", "load_balance_hosts"}}
    assert after == {**kept, "host": ENDPOINT, "port": "5000"}


@given(st.lists(host, min_size=1, max_size=4), st.data(), word, secret, parameters())
def test_libpq_keywords(members, data, user, password, pairs):
    ports = data.draw(st.none() | st.integers(1, 65535) | st.tuples(*[st.integers(1, 65535)] * len(members)))
    items = [("host", ",".join(members)), ("user", user), ("password", quoted(password)), *pairs]
    if ports is not None:
        items.append(("port", ",".join(map(str, ports)) if isinstance(ports, tuple) else str(ports)))
    items = data.draw(st.permutations(items))
    gap = data.draw(st.sampled_from(["=", " = "]))
    text = data.draw(st.sampled_from([" ", "  "])).join(f"{key}{gap}{value}" for key, value in items)
    read = conninfo_to_dict(text)
    parsed = agree(text, read)
    after = conninfo_to_dict(collapsed(text, parsed, ENDPOINT, 5000))
    kept = {key: value for key, value in read.items() if key not in {"target_session_attrs", "load_balance_hosts"}}
    assert after == {**kept, "host": ENDPOINT, **({"port": "5000"} if ports is not None else {})}


@given(st.lists(host, min_size=1, max_size=3), st.data(), word)
def test_libpq_hosts_in_the_query(members, data, user):
    items = [("host", ",".join(members)), ("sslmode", "require")]
    if data.draw(st.booleans()):
        items.append(("port", ",".join("5433" for _ in members)))
    items = data.draw(st.permutations(items))
    text = f"postgresql://{user}@/app?" + "&".join(f"{key}={value}" for key, value in items)
    parsed = agree(text, conninfo_to_dict(text))
    assert conninfo_to_dict(collapsed(text, parsed, ENDPOINT, 5000))["host"] == ENDPOINT


@given(host | ipv6, port, word, secret, st.sampled_from(["postgresql+asyncpg", "mysql+pymysql", "mariadb", "oracle"]))
def test_sqlalchemy_urls(member, number, user, password, scheme):
    text = f"{scheme}://{user}:{quote(password, safe='')}@{written((member, number))}/app?charset=utf8"
    url = make_url(text)
    (part,) = parse(text).hosts
    assert (part.host, part.port) == (url.host, url.port)
    after = make_url(collapsed(text, parse(text), ENDPOINT, 5000))
    assert after == url.set(host=ENDPOINT, port=5000)


@given(nodes, word, secret.filter(bool), st.booleans(), st.booleans())
def test_mongodb_urls(members, user, password, replicas, other):
    query = "&".join(["replicaSet=rs0"] * replicas + ["w=majority"] * other)
    text = f"mongodb://{user}:{quote(password, safe='')}@{','.join(map(written, members))}/app"
    text += f"?{query}" if query else ""
    read = parse_uri(text, warn=False)
    parsed = parse(text)
    assert [(part.host, part.port or 27017) for part in parsed.hosts] == [(h.lower(), p) for h, p in read["nodelist"]]
    after = parse_uri(collapsed(text, parsed, ENDPOINT, 5000), warn=False)
    assert after["nodelist"] == [(ENDPOINT, 5000)]
    assert after["password"] == password
    assert {key.lower() for key in after["options"]} == ({"w"} if other else set())


def readers(text):
    """The hosts that each driver takes from `text`, without those that refuse it."""
    with suppress(psycopg.ProgrammingError, ValueError):
        yield conninfo_to_dict(text).get("host")
    with suppress(sqlalchemy.exc.ArgumentError, ValueError):
        yield make_url(text).host
    with suppress(pymongo.errors.PyMongoError, ValueError):
        yield ",".join(
            host for host, _ in parse_uri(text.replace("postgresql:", "mongodb:", 1), warn=False)["nodelist"]
        )


@given(st.text("ab1@:/?#[]%&=;,.'\" \\", max_size=10), st.text("ab1@:/?#[]%&=;,.'\" \\", max_size=4))
@example("p@ss", "")
@example("p/ss", "")
@example("12/34", "")
@example("p?a=b", "")
@example("", "@x")
@example("/", "@x")
def test_where_a_driver_reads_another_host_there_is_a_doubt(password, tail):
    text = f"postgresql://app:{password}@10.0.0.121:5432/app{tail}"
    parsed = parse(text)
    ours = ",".join(part.host for part in parsed.hosts) if parsed else ""
    for theirs in readers(text):
        if ours and theirs is not None and theirs.lower().replace(" ", "") != ours:
            assert parsed.doubt, (text, ours, theirs)
