"""Literals that reach a call through names, look-ups, loops and functions, and the ports that go with them."""

import pytest

from analyzer.extract.python import extract
from analyzer.source import SourceFile
from tests.kit import check

PG = "import psycopg2\nimport os\n"
FLOWS = [
    # constants
    'HOST = "«10.0.0.121|clue=call+name,flow,port=5432»"\nPORT = ⟦5432⟧\npsycopg2.connect(host=HOST, port=PORT)\n',
    'def f():\n    host = "«10.0.0.121|clue=call,flow»"\n    return psycopg2.connect(host=host)\n',
    'HOST = "«10.0.0.121|clue=call,flow»"\ndef f():\n    return psycopg2.connect(host=HOST)\n',
    'A = "«10.0.0.121|clue=call,flow»"\nB = A\npsycopg2.connect(host=B)\n',
    'HOST, PORT = "«10.0.0.121|clue=call,flow,port=5433»", ⟦5433⟧\npsycopg2.connect(host=HOST, port=PORT)\n',
    'if prod:\n    h = "«10.0.0.121|clue=call»"\nelse:\n    h = "«10.0.0.122|clue=call»"\npsycopg2.connect(host=h)\n',
    'h = "«10.0.0.120|only=name»"\nprint(h)\nh = "«10.0.0.121|clue=call»"\npsycopg2.connect(host=h)\n'.replace(
        'h = "«10.0.0.120|only=name»"', 'h = "10.0.0.120"'
    ),
    'psycopg2.connect(host=(h := "«10.0.0.121|clue=call»"))\n',
    'psycopg2.connect(host="«10.0.0.121|clue=call»" if prod else "«10.0.0.122|clue=call»")\n',
    'psycopg2.connect(host=host or "«10.0.0.121|clue=call»")\n',
    # classes
    'class C:\n    host = "«10.0.0.121|clue=call,flow»"\n    def f(self):\n        psycopg2.connect(host=self.host)\n',
    (
        'class C:\n    def __init__(self):\n        self.x = "«10.0.0.121|clue=call,flow»"\n'
        "    def f(self):\n        psycopg2.connect(host=self.x)\n"
    ),
    'class C:\n    X = "«10.0.0.121|clue=call»"\npsycopg2.connect(host=C.X)\nc = C()\npsycopg2.connect(host=c.X)\n',
    'class N(Enum):\n    A = "«10.0.0.121|clue=call»"\npsycopg2.connect(host=N.A.value)\n',
    # parameters, returned values, wrappers
    'def f(host="«10.0.0.121|clue=call,port=5433»", port=⟦5433⟧):\n    psycopg2.connect(host=host, port=port)\n',
    'def f():\n    return "«10.0.0.121|clue=call»"\npsycopg2.connect(host=f())\n',
    (
        "def f(host, port=5432):\n    return psycopg2.connect(host=host, port=port)\n"
        'f("«10.0.0.121|clue=call,flow»")\nf(host="«10.0.0.122|clue=call,port=5433»", port=⟦5433⟧)\n'
    ),
    (
        "class D:\n    def __init__(self, name, host):\n        self.host = host\n"
        '    def open(self):\n        psycopg2.connect(host=self.host)\nD("x", "«10.0.0.121|clue=call,flow»")\n'
    ),
    (
        "class D:\n    @staticmethod\n    def open(host):\n        psycopg2.connect(host=host)\n"
        'D.open("«10.0.0.121|clue=call,flow»")\n'
    ),
    'def f(dsn):\n    psycopg2.connect(dsn)\nf("host=«10.0.0.121|clue=call+dsn,flow» dbname=app")\n',
    'def f(h):\n    psycopg2.connect(host=h)\ndef g(x):\n    f(x)\ng("«10.0.0.121|clue=call,flow»")\n',
    # dictionaries and lists
    'P = {"host": "«10.0.0.121|clue=call,port=5433»", "port": ⟦5433⟧}\npsycopg2.connect(**P)\n',
    'P = dict(host="«10.0.0.121|clue=call»", dbname="app")\npsycopg2.connect(**P, user="u")\n',
    'B = {"host": "«10.0.0.121|clue=call»"}\nP = {**B, "dbname": "app"}\npsycopg2.connect(**P)\n',
    'C = {"db": {"h": "«10.0.0.121|clue=call»"}}\npsycopg2.connect(host=C["db"]["h"])\n',
    'N = ["«10.0.0.121|clue=operation»", "«10.0.0.122|clue=operation»"]\nfor n in N:\n    psycopg2.connect(host=n)\n',
    'N = ["«10.0.0.121|clue=call»", "10.0.0.122"]\npsycopg2.connect(host=N[0])\n',
    'N = {"a": "«10.0.0.121|clue=call»"}\nfor k, n in N.items():\n    psycopg2.connect(host=n)\n',
    'N = {"a": "«10.0.0.121|clue=call»"}\nfor k in N:\n    psycopg2.connect(host=N[k])\n',
    'for name, n in [("a", "«10.0.0.121|clue=call»")]:\n    psycopg2.connect(host=n)\n',
    'N = ["«10.0.0.121|clue=call»"]\n[psycopg2.connect(host=n) for n in N]\n',
    'N = ["«10.0.0.121|clue=call»"]\npsycopg2.connect(host=random.choice(N))\n',
    # text that is put together
    'H = "«10.0.0.121|clue=dsn,flow»"\nu = f"postgresql://u@{H}:5432/app"\n',
    'H = "«10.0.0.121|clue=dsn,port=5433»"\nP = ⟦5433⟧\nu = "postgresql://u@%s:%d/app" % (H, P)\n',
    'H = "«10.0.0.121|clue=dsn»"\nu = "postgresql://u@{host}/app".format(host=H)\n',
    'H = "«10.0.0.121|clue=dsn»"\nu = "postgresql://u@" + H + "/app"\n',
    'N = ["«10.0.0.121|clue=dsn»", "«10.0.0.122|clue=dsn»"]\nu = "mongodb://" + ",".join(N) + "/app"\n',
    # operations
    'H = "«10.0.0.121|clue=call+operation»"\npsycopg2.connect(host=H)\nimport paramiko\nparamiko.Transport(H)\n',
    'H = "«10.0.0.121|only=operation»"\nimport requests\nrequests.get(f"http://{H}:8008/patroni")\n',
    (
        'N = ["«10.0.0.121|only=operation»"]\ndef f():\n    for n in N:\n        c = psycopg2.connect(host=n)\n'
        '        c.execute("SELECT pg_is_in_recovery()")\n'
    ),
    'import subprocess\nsubprocess.run(["psql", "-h", "«10.0.0.121|clue=command»", "-p", "⟦5433⟧"])\n',
    "import subprocess as sp\nsp.check_call(\"psql -h «10.0.0.121|clue=command» -c 'select 1'\", shell=True)\n",
    'os.system(f"psql -h «10.0.0.121|clue=command» -U {user}")\n',
    # what `jupyter nbconvert` writes for `!psql` and `%%bash`
    "get_ipython().system('psql -h «10.0.0.121|clue=command» -U app')\n",
    "H = '«10.0.0.121|clue=command,flow»'\nrows = get_ipython().getoutput('psql -h ' + H)\n",
    "get_ipython().run_cell_magic('bash', '', 'psql -h «10.0.0.121|clue=command» \\\\\\n app\\n')\n",
    "get_ipython().run_cell_magic('html', '', 'psql -h 10.0.0.121')\nget_ipython().run_cell_magic(x)\n",
    "def get_ipython(): ...\ndef f(get_ipython):\n    get_ipython().system('psql -h 10.0.0.121')\n",
    'import subprocess\nsubprocess.run(["ssh", "root@«10.0.0.121|only=operation»", "uptime"])\n',
]
PORTS = [
    'psycopg2.connect(host="«10.0.0.121|port=5433»", port="⟦5433⟧")\n',
    'psycopg2.connect(host="«10.0.0.121|port=5433»", port=int(os.getenv("PGPORT", "⟦5433⟧")))\n',
    'psycopg2.connect(host="«10.0.0.121|hidden=the environment variable PGPORT»", port=os.environ["PGPORT"])\n',
    'psycopg2.connect(host="«10.0.0.121|hidden=the environment variable PGPORT»", port=int(os.getenv("PGPORT")))\n',
    'psycopg2.connect(host="«10.0.0.121|hidden=the variable cfg.port»", port=cfg.port)\n',
    'psycopg2.connect(host="«10.0.0.121|hidden=an expression»", port=5000 + n)\n',
    'psycopg2.connect(host="«10.0.0.121|hidden=an argument that is unpacked»", **kwargs)\n',
    'psycopg2.connect(host="«10.0.0.121|port=none»", dbname="app", port=None)\n',
    'P = 5432 if a else 5433\npsycopg2.connect(host="«10.0.0.121|hidden=more than one place of this file»", port=P)\n',
    (
        'H = "«10.0.0.121|hidden=more than one place of this file»"\n'
        "psycopg2.connect(host=H, port=5432)\npsycopg2.connect(host=H, port=5433)\n"
    ),
    (
        'H = "«10.0.0.121|hidden=more than one place of this file,port=none»"\n'
        "psycopg2.connect(host=H, port=5433)\npsycopg2.connect(host=H)  # takes 5432\n"
    ),
    (
        'H = "«10.0.0.121|hidden=more than one place of this file,port=5432»"\n'
        "psycopg2.connect(host=H, port=5432)\npsycopg2.connect(host=H)  # takes 5432\n"
    ),
]


@pytest.mark.parametrize("sample", FLOWS)
def test_the_finding_stands_at_the_literal(sample: str) -> None:
    check(extract, PG + sample, path="a.py", comment="#")


@pytest.mark.parametrize("sample", PORTS)
def test_the_port_beside_the_host(sample: str) -> None:
    check(extract, PG + sample, path="a.py", comment="#")


def test_a_missing_port_may_be_written_behind_the_host() -> None:
    source = SourceFile("a.py", b'import psycopg2\npsycopg2.connect(\n    host="10.0.0.121",\n    dbname="app",\n)\n')
    (ref,) = extract(source).refs
    assert ref.port is not None
    assert ref.port.slot is not None
    at = ref.port.slot.span.start
    edited = source.data[:at] + f"{ref.port.insert}5000".encode() + source.data[at:]
    assert b'host="10.0.0.121", port=5000,\n' in edited
    assert [r.port.value for r in extract(SourceFile("a.py", edited)).refs if r.port] == [5000]


@pytest.mark.parametrize("argument", ['("10.0.0.121")', '("10.0." "0.121")'])
def test_no_port_is_written_into_brackets(argument: str) -> None:
    (ref,) = extract(SourceFile("a.py", f"import psycopg2\npsycopg2.connect(host={argument})\n".encode())).refs
    assert ref.port is None


@pytest.mark.parametrize(
    ("sample", "intent"),
    [
        ('psycopg2.connect(host="10.0.0.121", target_session_attrs="read-only")', "read"),
        ('psycopg2.connect(host="10.0.0.121", target_session_attrs="read-write")', "write"),
        ('psycopg2.connect(host="10.0.0.121", target_session_attrs=wanted)', "unknown"),
        ('psycopg2.connect(host="10.0.0.121", options="-c default_transaction_read_only=on")', "read"),
        ('replica = psycopg2.connect(host="10.0.0.121")', "read"),
        ('primary_conn = psycopg2.connect(host="10.0.0.121")', "write"),
        ('conn = psycopg2.connect(host="10.0.0.121")', "unknown"),
        ('REPLICA = "10.0.0.121"\npsycopg2.connect(host=REPLICA)', "read"),
        ('psycopg2.connect("host=10.0.0.121 target_session_attrs=read-only dbname=a")', "read"),
    ],
)
def test_intent(sample: str, intent: str) -> None:
    (ref,) = extract(SourceFile("a.py", f"import psycopg2\n{sample}\n".encode())).refs
    assert ref.intent == intent


def test_flow_leads_from_the_literal_to_the_call() -> None:
    source = SourceFile("a.py", b'import psycopg2\nA = "10.0.0.121"\nB = A\npsycopg2.connect(host=B)\n')
    (ref,) = extract(source).refs
    steps = [(source.position(s.span.start).line, s.text, source.slice(s.span)) for s in ref.flow]
    assert steps == [(3, "A", b"A"), (4, "psycopg2.connect(host=)", b"B")]


def test_the_shape_shows_where_the_literal_stands() -> None:
    data = b'import psycopg2\nHOST = "10.0.0.121"\npsycopg2.connect(host=HOST)\npsycopg2.connect(host="10.0.0.122")\n'
    shapes = [ref.shape for ref in extract(SourceFile("a.py", data)).refs]
    assert shapes == ["HOST=«10.0.0.121»", "psycopg2.connect(host=«10.0.0.122»)"]


def test_a_call_counts_before_an_operation() -> None:
    data = b'import psycopg2, paramiko\nH = "10.0.0.121"\nparamiko.Transport(H)\npsycopg2.connect(host=H)\n'
    (ref,) = extract(SourceFile("a.py", data)).refs
    assert [e.clue for e in ref.evidence][:2] == ["call", "operation"]
