"""Every way in which a policy is wrong: the exact place, what is said, and that everything is said at once.

The place of each expected fault is marked by » in the sample.
"""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer import policy
from analyzer.errors import PolicyError
from analyzer.model import Engine

HEAD = "version: 1\nclusters:\n"
NAME = "name of the cluster in findings: letters, digits, `.`, `_` and `-`, at most 64"
ENGINES = ", ".join(engine.value for engine in Engine)
PATHS = "paths relative to what is scanned: `*` and `?` stay inside one folder, `**` crosses folders"
ONE = "a node belongs to one cluster, write it in one of them"
DOOR = "write the address of the load balancer or proxy in front of the nodes"
ALIAS = "write the names of the load balancer or proxy in front of the nodes"


def faults(data: str | bytes) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        policy.load(Path("p.yaml"), data if isinstance(data, bytes) else data.encode())
    return caught.value.message.split("\n")


def check(marked: str, *messages: str) -> None:
    text, places = "", []
    for piece in marked.split("»"):
        text += piece
        places.append((text.count("\n") + 1, len(text) - text.rfind("\n")))
    wanted = [f"p.yaml:{line}:{column}: {said}" for (line, column), said in zip(places[:-1], messages, strict=True)]
    assert faults(text) == wanted


def cluster(name: str = "a", engine: str = "postgresql", nodes: str = "[10.0.0.1]", more: str = "") -> str:
    return f"  - {{name: {name}, engine: {engine}, nodes: {nodes}{', ' + more if more else ''}}}\n"


SHAPE = [
    ("»", "the policy is empty; write `version: 1` and `clusters:`"),
    ("»# nothing\n", "the policy is empty; write `version: 1` and `clusters:`"),
    ("»- a\n", "a list cannot stand here; write a mapping (`key: value`)"),
    ("»clusters: []\n", "the key 'version' is missing; write 'version:' (version of this format)"),
    ("version: »2\n", "'2' cannot stand here; write 1"),
    ("version: »'1'\n", "'1' cannot stand here; write 1"),
    ("»version:\n", "nothing cannot stand here; write 1"),
    ("version: 1\n»clustres: []\n", "unknown key 'clustres'; write 'clusters'"),
    ("version: 1\n»x: 1\n", "unknown key 'x'; the keys here are version, clusters, allow, exclude, severity"),
    ("version: 1\n»clusters:\n", "nothing cannot stand here; write a list"),
    ("version: 1\nclusters: »{}\n", "a mapping cannot stand here; write a list"),
    ("version: 1\n»version: 1\n", "the key 'version' stands twice; remove one"),
    ("version: 1\n---\n»version: 1\n", "a second document; a policy has one, remove the `---`"),
    (HEAD + "  - »5\n", "'5' cannot stand here; write a mapping (`key: value`)"),
    (HEAD + "  - »{engine: redis, nodes: [10.0.0.1]}\n",
     f"the key 'name' is missing; write 'name:' ({NAME})"),
    (HEAD + "  - »name: a\n    nodes: [10.0.0.1]\n", "the key 'engine' is missing; write 'engine:' (database engine)"),
    (HEAD + "  - name: »a b\n    engine: redis\n    nodes: [10.0.0.1]\n",
     f"this value does not fit; wanted: {NAME}"),
    (HEAD + cluster(name="»17"), "'17' cannot stand here; write it in quotes"),
    (HEAD + cluster(engine="»postgres"), "'postgres' cannot stand here; write 'postgresql'"),
    (HEAD + cluster(engine="»MySQL"), "'MySQL' cannot stand here; write 'mysql'"),
    (HEAD + cluster(engine="»mssql"), "'mssql' cannot stand here; write 'sqlserver'"),
    (HEAD + cluster(engine="»zzz"),
     f"'zzz' cannot stand here; write one of {ENGINES}"),
    (HEAD + cluster(nodes="»[]"), "an empty list; write at least one entry"),
    (HEAD + cluster(nodes="»10.0.0.1"), "'10.0.0.1' cannot stand here; write a list"),
    (HEAD + cluster(nodes="[»167772281]"), "'167772281' cannot stand here; write it in quotes"),
    (HEAD + cluster(nodes="[»[10.0.0.1]]"), "a list cannot stand here; write text or a mapping (`key: value`)"),
    (HEAD + cluster(nodes="[»{names: [x1]}]"), "the key 'host' is missing; write 'host:'"),
    (HEAD + cluster(nodes="[{host: 10.0.0.1, »name: x}]"), "unknown key 'name'; write 'names'"),
    (HEAD + cluster(nodes="[{host: 10.0.0.1, names: »x}]"), "'x' cannot stand here; write a list"),
    (HEAD + cluster(more="multi_host_dsn: »colapse"), "'colapse' cannot stand here; write 'collapse'"),
    (HEAD + cluster(more="ports: {database: [»0]}"), "'0' is out of range; write a number from 1 to 65535"),
    (HEAD + cluster(more="ports: {database: [»65536]}"), "'65536' is out of range; write a number from 1 to 65535"),
    (HEAD + cluster(more="ports: {database: [»-1]}"), "'-1' is out of range; write a number from 1 to 65535"),
    (HEAD + cluster(more="ports: {database: [»'5432']}"), "'5432' cannot stand here; write it without quotes"),
    (HEAD + cluster(more="ports: {database: [»true]}"), "true cannot stand here; write a whole number"),
    (HEAD + cluster(more="ports: {database: [5432, »5432]}"), "'5432' stands twice; remove one"),
    (HEAD + cluster(more="ports: {database: [»05432]}"),
     "a number with a leading zero, which YAML readers take differently; write it without"),
    (HEAD + cluster(more="ports: {database: »[]}"), "an empty list; write at least one entry"),
    (HEAD + cluster(more="ports: {»databse: [1]}"), "unknown key 'databse'; write 'database'"),
    (HEAD + cluster(more="endpoints: {»master: {host: 10.0.0.9, port: 1}}"),
     "unknown key 'master'; the keys here are write, read"),
    (HEAD + cluster(more="endpoints: {write: »{host: 10.0.0.9}}"), "the key 'port' is missing; write 'port:'"),
    (HEAD + cluster(more="endpoints: {write: {host: lb, port: 1, »name: pg}}"), "unknown key 'name'; write 'names'"),
    (HEAD + cluster(more="endpoints: {write: {host: lb, port: 1, names: »lb}}"),
     "'lb' cannot stand here; write a list"),
    (HEAD + cluster(more="endpoints: {write: {host: lb, port: 1, names: [»5]}}"),
     "'5' cannot stand here; write it in quotes"),
    (HEAD + cluster(more="endpoints: {write: {host: »db_lb, port: 1}}"),
     "'db_lb' does not fit; wanted: one address or name, of letters, digits, `.`, `-` and, in IPv6 addresses, `:`"),
    ("version: 1\nexclude: »vendor\n", "'vendor' cannot stand here; write a list"),
    ("version: 1\nexclude: [»'']\n",
     f"this value does not fit; wanted: {PATHS}"),
    ("version: 1\nseverity: {»unmanaged-hosts: off}\n", "unknown rule 'unmanaged-hosts'; write 'unmanaged-host'"),
    ("version: 1\nseverity: {node-host: »on}\n", "'on' cannot stand here; write one of error, warning, note, off"),
    ("version: 1\nseverity: {node-host: »true}\n", "true cannot stand here; write one of error, warning, note, off"),
    ("version: 1\nseverity: {node-host: »no}\n", "'no' cannot stand here; write 'off'"),
    ("version: 1\nseverity: {node-host: »info}\n", "'info' cannot stand here; write 'note'"),
    ("version: 1\nseverity: {node-host: »warn}\n", "'warn' cannot stand here; write 'warning'"),
    ("version: 1\nseverity: {»node-host: }\n", "nothing cannot stand here; write one of error, warning, note, off"),
]  # fmt: skip

HOSTS = [
    ("10.0.0.300", "not an IPv4 address; write four numbers from 0 to 255 like 10.0.0.120"),
    ("10.0.0", "not an IPv4 address; write four numbers from 0 to 255 like 10.0.0.120"),
    ("010.0.0.121", "an address with leading zeros, which some programs read as octal; write it without them"),
    ("10.0.0.12O", "neither an address nor a name; write four numbers from 0 to 255 like 10.0.0.120"),
    ("db.5", "neither an address nor a name; write four numbers from 0 to 255 like 10.0.0.120"),
    ("10.0.0.120:5432",
     "a port behind the host; write the host alone, ports stand under `ports` and `endpoints`"),
    ("db-01:5432",
     "a port behind the host; write the host alone, ports stand under `ports` and `endpoints`"),
    ("'[fd00::1]'", "an address in brackets; write it without brackets and without port"),
    ("fd00::g", "neither an IPv6 address nor a host alone; write it like fd00::120"),
    ("'::ffff:10.0.0.120'", "an IPv4 address in IPv6 spelling; write 10.0.0.120"),
    ("10.0.0.9/24", "a CIDR with host bits; write 10.0.0.0/24 for the network, or the address alone"),
    ("10.0.0.0/33", "not a CIDR; write it like 10.0.0.0/24 or fd00::/64"),
    ("db/24", "not a CIDR; write it like 10.0.0.0/24 or fd00::/64"),
    ("10.0.0.122-10.0.0.121", "a range that ends before it begins; write 10.0.0.121-10.0.0.122"),
    ("10.0.0.121-122", "a range with a short end; write 10.0.0.121-10.0.0.122"),
    ("10.0.0.121-fd00::1", "a range from one IP version to the other; write both ends in the same"),
    ("10.0.0.1-10.0.0.256", "not an IPv4 address; write four numbers from 0 to 255 like 10.0.0.120"),
    ("-db", "not a host name; write letters, digits, `-` and `.` like db-postgres-01.corp.internal"),
    ("db..corp", "not a host name; write letters, digits, `-` and `.` like db-postgres-01.corp.internal"),
    ("'*'", "a glob that fits nearly every name; write at least two characters of the name beside `*`"),
    ("'[a-z]*'", "a glob that fits nearly every name; write at least two characters of the name beside `*`"),
    ("'db-0[2-'", "not a glob; write it with `*`, `?` and sets like db-postgres-0[2-3]"),
    ("'db-0[3-2]'", "a glob with a set that no character fits; write it like [2-3]"),
    ("'db-*..corp'", "a glob with an empty label; write one full stop between labels"),
    ("10.0.0.3?9", "a glob that no IPv4 address fits; write octets from 0 to 255"),
    ("10.*.*.9", "a glob over too many addresses; write it as a CIDR or a range"),
]  # fmt: skip

HIDDEN_HOSTS = [
    ("'postgresql://app:s3cret@10.0.0.1/db'", "a URL where a host is wanted; write the host alone"),
    ("'app:s3cret@10.0.0.1'", "a URL where a host is wanted; write the host alone"),
    ("'fe80::1%eth0'", "an address with a zone, which only one machine understands; write it without `%` and zone"),
    ("'db 01'", "not a host name; write letters, digits, `-` and `.` like db-postgres-01.corp.internal"),
    ("' db-01'", "no host, or blanks around it; write an address or a name"),
    ("''", "no host, or blanks around it; write an address or a name"),
    ("bücher.example", "a name with other characters than ASCII; write its xn-- form"),
    ("x" * 254, "a host longer than 253 characters; write an address or a name"),
]

MEANING = [
    (HEAD + cluster() + cluster(name="»a", nodes="[10.0.0.2]"),
     "another cluster is named 'a' (line 3); write another name"),
    (HEAD + cluster(nodes="[10.0.0.1, »10.0.0.1]"), "'10.0.0.1' stands twice in its cluster (line 3); remove one"),
    (HEAD + cluster(nodes="[db-01, »DB-01.]"), "'DB-01.' stands twice in its cluster (line 3); remove one"),
    (HEAD + cluster(nodes="[{host: 10.0.0.1, names: [db-01]}, {host: 10.0.0.2, names: [»db-01]}]"),
     "'db-01' stands twice in its cluster (line 3); remove one"),
    (HEAD + cluster() + cluster("b", nodes="[»10.0.0.1]"),
     f"'10.0.0.1' is also a node of cluster 'a' (line 3); {ONE}"),
    (HEAD + cluster(nodes="[10.0.0.0/24]") + cluster("b", nodes="[»10.0.0.7]"),
     f"'10.0.0.7' is also a node of cluster 'a' (line 3); {ONE}"),
    (HEAD + cluster(nodes="[10.0.0.7]") + cluster("b", nodes="[»10.0.0.0/24]"),
     f"'10.0.0.0/24' is also a node of cluster 'a' (line 3); {ONE}"),
    (HEAD + cluster(nodes="[10.0.0.1-10.0.0.9]") + cluster("b", nodes="[»10.0.0.9-10.0.0.12]"),
     f"'10.0.0.9-10.0.0.12' is also a node of cluster 'a' (line 3); {ONE}"),
    (HEAD + cluster(nodes="['fd00::/64']") + cluster("b", nodes="[»'fd00::0:9']"),
     f"'fd00::0:9' is also a node of cluster 'a' (line 3); {ONE}"),
    (HEAD + cluster(nodes="['10.0.0.12[0-2]']") + cluster("b", nodes="[»10.0.0.121]"),
     f"'10.0.0.121' is also a node of cluster 'a' (line 3); {ONE}"),
    (HEAD + cluster(nodes="[db-0*]") + cluster("b", nodes="[»db-?1]"),
     f"'db-?1' is also a node of cluster 'a' (line 3); {ONE}"),
    (HEAD + cluster(nodes="[db-01, db-02.corp.internal]") + cluster("b", nodes="[»db-01.corp.internal]"),
     f"'db-01.corp.internal' is also a node of cluster 'a' (line 3); {ONE}"),
    (HEAD + cluster(more="endpoints: {write: {host: »10.0.0.1, port: 5432}}"),
     f"'10.0.0.1' is also a node of cluster 'a' (line 3); {DOOR}"),
    (HEAD + cluster(more="endpoints: {write: {host: »10.0.0.2, port: 1}}") + cluster("b", nodes="[10.0.0.2]"),
     f"'10.0.0.2' is also a node of cluster 'b' (line 4); {DOOR}"),
    (HEAD + cluster(nodes="[db-01]", more="endpoints: {write: {host: »db-01.corp.internal, port: 5432}}"),
     f"'db-01.corp.internal' is also a node of cluster 'a' (line 3); {DOOR}"),
    (HEAD + cluster(more="endpoints: {write: {host: »10.0.0.2-10.0.0.3, port: 1}}"),
     "several hosts where one is wanted; write one address or name"),
    (HEAD + cluster(more="endpoints: {read: {host: »10.0.0.256, port: 1}}"),
     "'10.0.0.256' is not an IPv4 address; write four numbers from 0 to 255 like 10.0.0.120"),
    (HEAD + cluster(more="endpoints: {write: {host: lb, port: 1}}")
     + cluster("b", nodes="[10.0.0.2]", more="endpoints: {»write: {host: lb, port: 1}}"),
     "the same host and port as an endpoint of cluster 'a' (line 3); write where this cluster answers"),
    (HEAD + cluster(more="endpoints: {write: {host: lb, port: 1, names: [pg, »10.0.0.1]}}"),
     f"'10.0.0.1' is also a node of cluster 'a' (line 3); {ALIAS}"),
    (HEAD + cluster(more="endpoints: {read: {host: lb, port: 1, names: [»db-01.corp]}}")
     + cluster("b", nodes="[db-0*.corp]"), f"'db-01.corp' is also a node of cluster 'b' (line 4); {ALIAS}"),
    (HEAD + cluster(more="endpoints: {write: {host: lb, port: 1, names: [»pg-*.corp]}}"),
     "several hosts where one is wanted; write one address or name"),
    (HEAD + cluster(more="endpoints: {write: {host: lb, port: 1, names: [»'pg:5432']}}"),
     "'pg:5432' is a port behind the host; write the host alone, ports stand under `ports` and `endpoints`"),
    (HEAD + cluster(more="endpoints: {write: {host: lb, port: 1, names: [pg, »LB.]}}"),
     "'LB.' stands twice in its endpoint (line 3); remove one"),
    (HEAD + cluster(more="endpoints: {write: {host: lb, port: 1, names: [pg]}}")
     + cluster("b", nodes="[10.0.0.2]", more="endpoints: {read: {host: lb-2, port: 1, names: [»PG]}}"),
     "'PG' with the same port is an endpoint of cluster 'a' (line 3); write names that lead to this cluster only"),
    (HEAD + cluster(more="endpoints: {write: {host: lb, port: 1, names: [pg]}}")
     + cluster("b", nodes="[10.0.0.2]", more="endpoints: {»write: {host: pg, port: 1}}"),
     "the same host and port as an endpoint of cluster 'a' (line 3); write where this cluster answers"),
    (HEAD + cluster(more="ports: {database: [5432], operation: [22, »5432]}"),
     "5432 is also a database port; write it in one of the lists"),
    ("version: 1\nexclude: [»/etc/**]\n",
     "paths are relative to what is scanned; write them like 'ops/**', with / and without .."),
    ("version: 1\nexclude: [»'!ops/**']\n", "this value is empty or negated; write the paths that are meant"),
    ("version: 1\nexclude: [»'//']\n",
     "paths are relative to what is scanned; write them like 'ops/**', with / and without .."),
    ("version: 1\nexclude: [»./ops/**]\n",
     "paths are relative to what is scanned; write them like 'ops/**', with / and without .."),
    ("version: 1\nexclude: [»a/../b]\n",
     "paths are relative to what is scanned; write them like 'ops/**', with / and without .."),
    ("version: 1\nexclude: [»ops\\scripts]\n",
     "paths are relative to what is scanned; write them like 'ops/**', with / and without .."),
]  # fmt: skip

ALLOW = "version: 1\nallow:\n  - {{paths: [x], hosts: [10.0.0.1]{}}}\n"
EXCEPTIONS = [
    ("version: 1\nallow:\n  - »{paths: [x], hosts: [10.0.0.1]}\n",
     "the key 'reason' is missing; write 'reason:' (why this is right, for the next reader)"),
    (ALLOW.format(", reason: »' '"), "this value does not fit; wanted: why this is right, for the next reader"),
    (ALLOW.format(", »reason: "), "nothing cannot stand here; write text"),
    (ALLOW.format(", reason: x, expires: »31.12.2027"),
     "'31.12.2027' does not fit; wanted: last day of the exception, a date like 2027-03-31"),
    (ALLOW.format(", reason: x, expires: »2027-02-30"), "'2027-02-30' is no day; write one like 2027-03-31"),
    (ALLOW.format(", reason: x, »expired: 2027-03-31"), "unknown key 'expired'; write 'expires'"),
    ("version: 1\nallow:\n  - {paths: [»../x], hosts: [10.0.0.1], reason: x}\n",
     "paths are relative to what is scanned; write them like 'ops/**', with / and without .."),
    ("version: 1\nallow:\n  - {paths: [x], hosts: [»10.0.0.256], reason: x}\n",
     "'10.0.0.256' is not an IPv4 address; write four numbers from 0 to 255 like 10.0.0.120"),
    ("version: 1\nallow:\n  - {paths: »[], hosts: [10.0.0.1], reason: x}\n", "an empty list; write at least one entry"),
]  # fmt: skip

YAML = [
    ("version: 1\nclusters: [\n", "p.yaml:3:1: a `[` or `{` is not closed, or an entry in it is missing"),
    ("version: 1\nx: &a 1\ny: *a\n", "p.yaml:3:4: an alias; a policy is read without them, write the value out"),
    ("version: 1\n<<: {a: 1}\n", "p.yaml:2:1: a merge key; a policy is read without them, write the keys out"),
    ("version: !!int '1'\n", "p.yaml:1:10: a tag; a policy is read without them, write the bare value"),
    ("version: 1\n? [a]\n: 1\n", "p.yaml:2:3: a key that is no word; write `key: value`"),
]


@pytest.mark.parametrize(("marked", "message"), [*SHAPE, *MEANING, *EXCEPTIONS])
def test_one_fault(marked, message):
    check(marked, message)


@pytest.mark.parametrize(("host", "reason"), HOSTS)
def test_bad_host(host, reason):
    check(HEAD + cluster(nodes=f"[»{host}]"), f"'{host.strip(chr(39))}' is {reason}")


@pytest.mark.parametrize(("host", "reason"), HIDDEN_HOSTS)
def test_bad_host_that_is_not_shown(host, reason):
    check(HEAD + cluster(nodes=f"[»{host}]"), f"this value is {reason}")


@pytest.mark.parametrize(("text", "line"), YAML)
def test_yaml(text, line):
    assert line in faults(text)


def test_columns_count_characters_and_lines_end_as_they_do():
    assert faults("version: 1\r\nx: 'ö'\r\nünknown: 1\r\n")[1].startswith("p.yaml:3:1: ")
    assert faults("\ufeffverzion: 1\n")[0].startswith("p.yaml:1:1: ")
    assert faults("version: 1\nseverity: {'ö': off, node-host: on}\n")[1].startswith("p.yaml:2:33: 'on'")


def test_everything_is_said_at_once_and_in_order():
    check(
        "version: »3\nclusters:\n  - »name: a\n    »engin: redis\n    nodes: [»10.0.0.300, db-01, »5]\n"
        "    endpoints: {write: {host: »db-01, port: »0}}\nseverity: {»x: off}\n",
        "'3' cannot stand here; write 1",
        "the key 'engine' is missing; write 'engine:' (database engine)",
        "unknown key 'engin'; write 'engine'",
        "'10.0.0.300' is not an IPv4 address; write four numbers from 0 to 255 like 10.0.0.120",
        "'5' cannot stand here; write it in quotes",
        f"'db-01' is also a node of cluster 'a' (line 5); {DOOR}",
        "'0' is out of range; write a number from 1 to 65535",
        "unknown rule 'x'; the rules here are node-host, node-mention, unmanaged-host, endpoint-port, multi-host-dsn, "
        "proxy-health-check, policy-drift, opaque-value, expired-allow, unused-suppression, policy-change",
    )


def test_a_hint_stands_beside_the_message():
    with pytest.raises(PolicyError) as caught:
        policy.load(Path("p.yaml"), b"version: 9\n")
    assert caught.value.hint == "`analyzer policy schema` prints every key with what it means"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"- " * 25_000, "p.yaml:1:201: nested too deeply", id="deep-block"),
        pytest.param(b"[" * 50_000, "p.yaml:1:101: nested too deeply", id="deep-flow"),
        pytest.param(b"a: " + b"{a: " * 30_000, "nested too deeply", id="deep-mapping"),
        pytest.param(
            b"a: &a [x,x,x,x,x,x,x,x,x]\n"
            + b"".join(b"%c: &%c [%b]\n" % (98 + i, 98 + i, b",".join([b"*%c" % (97 + i)] * 9)) for i in range(9)),
            "p.yaml:2:8: an alias; a policy is read without them, write the value out",
            id="alias-bomb",
        ),
        pytest.param(b"a: &a [*a]\n", "p.yaml:1:8: an alias", id="cycle"),
        pytest.param(b"version: 1\nexclude: [" + b"x," * 60_000 + b"]\n", "more than 20000 values", id="wide"),
        pytest.param(b"version: 1\n# " + b"x" * 262_144, "p.yaml: larger than 256 KiB", id="large"),
        pytest.param(b"v\x00e\x00r\x00", "the file is not UTF-8", id="utf-16"),
        pytest.param(b"version: 1\n\xff\xfe: 1\n", "p.yaml:2:1: unknown key this value", id="broken-utf-8"),
        pytest.param(b"version: 1\n\x1b]0;x\x07: 1\n", "p.yaml:2:1: unknown key this value", id="control"),
        pytest.param(b"version: " + b"9" * 50_000, "p.yaml:1:10: this value cannot stand here", id="long-number"),
        pytest.param(
            b"version: 1\nclusters: [" + b"{name: a, engine: redis, nodes: ['10.*.1.*']}," * 2_000 + b"]\n",
            "p.yaml:2:11: more than 500 entries",
            id="many-clusters",
        ),
        pytest.param(
            HEAD.encode() + b"- {name: a, engine: redis, nodes: [%b]}" % b",".join(b"db-*%d" % i for i in range(300)),
            "more than 200 globs",
            id="many-globs",
        ),
    ],
)
def test_hostile_input_is_refused_quickly(data, said):
    started = time.process_time()
    lines = faults(data)
    assert any(said in line for line in lines)
    assert len(lines) <= 101
    assert time.process_time() - started < 5


PIECES = [
    *(
        b"version: 1\n",
        b"clusters:\n",
        b"  - name: a\n",
        b"    engine: redis\n",
        b"    nodes: [10.0.0.1]\n",
        b"\t",
        b"? ",
    ),
    *(
        b"    endpoints:\n",
        b"      write:\n",
        b"- ",
        b"*a",
        b"&a ",
        b"!!x ",
        b"{",
        b"}",
        b"[",
        b"]",
        b"'",
        b"\xff",
        b": ",
    ),
    *(b"severity: {node-host: off}\n", b"allow: [{paths: [], hosts: [-], reason: 1}]\n"),
]


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map(b"".join))
def test_any_bytes_are_a_policy_or_a_policy_error(data):
    try:
        policy.load(Path("p.yaml"), data)
    except PolicyError as error:
        lines = error.message.split("\n")
    else:
        lines = []
    assert all(line.startswith("p.yaml") and line.isprintable() for line in lines)
