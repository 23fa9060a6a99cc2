"""Jupyter notebooks: code cells in their language, magics, constants across cells, exact places in JSON strings."""

import pytest

from analyzer.extract.notebook import extract
from analyzer.model import Clue
from analyzer.prefilter import Prefilter
from analyzer.source import SourceFile
from tests.kit import check, parse_sample
from tests.notebooks import PYTHON, notebook

PASSES = Prefilter((), heuristics=True)
IMPORT = "import psycopg2\n"


def found(*cells, problems=0, **options):
    """The cells in every way in which a notebook may be written; what connects passes the prefilter."""
    for layout in ({}, {"lines": False}, {"indent": None}, {"escaped": True}):
        text = notebook(*cells, **{"metadata": PYTHON} | options | layout)
        extraction = check(extract, text, path="load.ipynb", problems=problems)
        if any(ref.evidence[0].clue is not Clue.OPERATION for ref in extraction.refs):
            assert PASSES.hit(parse_sample(text).text.encode())
    return extraction


CONNECTIONS = {
    "a call": [IMPORT, "conn = psycopg2.connect(host='«10.0.0.121|clue=call,port=5432»', port=⟦5432⟧)  # é 🐘\n"],
    "double quotes": [IMPORT + 'conn = psycopg2.connect("host=«10.0.0.121|clue=call+dsn» dbname=\\"orders\\"")\n'],
    "a dictionary": [
        "import psycopg2\n",
        'CONFIG = {"host": "«db1.corp.internal|clue=call,port=5433»", "port": ⟦5433⟧}\n',
        "conn = psycopg2.connect(**CONFIG)\n",
    ],
    "a constant of another cell": [
        "HOST = '«10.0.0.121|clue=call,flow,engine=postgresql»'",
        "import sqlalchemy as sa\n",
        "engine = sa.create_engine(f'postgresql://app:made-up@{HOST}/orders')",
    ],
    "a constant that is named later": [
        "def load():\n    return connect(HOST)\n",
        "DB_HOST = '«10.0.0.121|clue=key»'\n",
    ],
    "a default": ["import os\n", "host = os.getenv('PGHOST', '«10.0.0.121|clue=key»')\n"],
    "a line magic of SQL": ["%load_ext sql\n", "%sql postgresql://app:made-up@«10.0.0.121|clue=dsn»:⟦5432⟧/orders\n"],
    "a result of SQL": ["rows = %sql mysql+pymysql://app:made-up@«10.0.0.20|engine=mysql»/erp\n"],
    "a cell magic of SQL": ["%%sql postgresql://app:made-up@«10.0.0.121|clue=dsn»/orders\nSELECT 1\n"],
    "a connection below a cell magic": ["%%sql\npostgresql://app:made-up@«10.0.0.121»/orders\nSELECT 'it''s'\n"],
    "a server of another": [
        "%%sql orders\nCREATE SERVER a FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '«10.0.0.121|clue=key»');\n"
    ],
    "a comment before a cell magic": ["# the orders\n\n%%sql postgresql://app:made-up@«10.0.0.121»/orders\nSELECT 1"],
    "a constant in a magic": ["host = '«10.0.0.121|clue=dsn,flow»'\n", "%sql postgresql://app:made-up@{host}/orders\n"],
    "an environment variable": ["%env DB_HOST=«10.0.0.121|clue=key,port=5432»\n%env DB_PORT=⟦5432⟧\n"],
    "an environment variable, with blanks": ["%set_env PGHOST «10.0.0.121|clue=key»\n"],
    "an environment variable, quoted": ['%env PGHOST="«10.0.0.121|clue=key»"\n'],
    "an environment variable in a command": [
        "%env PRIMARY=«10.0.0.121|clue=command,flow»\n",
        "!psql -h $PRIMARY -U app\n",
    ],
    "a command": ["!psql -h «10.0.0.121|clue=command,port=5433» -p ⟦5433⟧ -c 'select 1'\n"],
    "a command, continued": ["!pg_dump \\\n    -h «10.0.0.121|clue=command» \\\n    orders\nx = 1\n"],
    "a command with a result": ["tables = !psql -h «10.0.0.121|clue=command» -Atc 'select 1'\nprint(tables)\n"],
    "a command in a block": ["for day in days:\n    !psql -h «10.0.0.121|clue=command» -c '{day}'\n"],
    "a constant in a command": ["HOST = '«10.0.0.121|clue=command,flow»'\n", '!psql -h "$HOST" -U app\n'],
    "an item in a command": ["db = {'host': '«10.0.0.121|clue=command,flow»'}\n", "!psql -h {db['host']} orders\n"],
    "a shell's own variable": ["!PRIMARY=«10.0.0.121|clue=command»; psql -h $PRIMARY orders\n"],
    "a shell cell": ["%%bash\nPRIMARY=«10.0.0.121|clue=command,flow»\npsql -h $PRIMARY app\n"],
    "a shell cell by script": ["%%script --bg bash\nmysql -h «10.0.0.20|clue=command» erp\n"],
    "a Databricks cell": ["%sh\npsql -h «10.0.0.121|clue=command» app\n"],
    "a written file": ["%%writefile .env\nDB_HOST=«10.0.0.121|clue=key,port=5432»\nDB_PORT=⟦5432⟧\n"],
    "a written program": ["%%writefile -a app.py\nimport psycopg2\npsycopg2.connect(host='«10.0.0.121|clue=call»')\n"],
    "a timed statement": [IMPORT + "%time conn = psycopg2.connect(host='«10.0.0.121|clue=call»')\n"],
    "a timed statement with options": [IMPORT + "%timeit -n 1 -r 1 psycopg2.connect(host='«10.0.0.121|clue=call»')"],
    "a timed cell": ["%%time\n" + IMPORT + "conn = psycopg2.connect(host='«10.0.0.121|clue=call»')\n"],
    "an unknown magic over Python": ["%%heat -r 1\n" + IMPORT + "psycopg2.connect(host='«10.0.0.121|clue=call»')\n"],
    "an unknown magic over something else": ["%%graph x\nMATCH (a) -> 'postgresql://app:made-up@«10.0.0.121»/x'\n"],
    "an indented cell": ["  # orders\n  import psycopg2\n  psycopg2.connect(host='«10.0.0.121|clue=call»')\n"],
    "help beside": ["?psycopg2\npsycopg2.connect?\n" + IMPORT + "psycopg2.connect(host='«10.0.0.121|clue=call»')\n"],
    "an automatic magic beside": ["pip install psycopg2\n" + IMPORT + "psycopg2.connect(host='«10.0.0.121»')\n"],
    "a sign that is no magic": [
        IMPORT + "psycopg2.connect(\n    'host=%s dbname=app'\n    % '«10.0.0.121|clue=call»'\n)\n"
    ],
    "a cell awaiting": ["import asyncpg\n", "conn = await asyncpg.connect(host='«10.0.0.121|clue=call»')\n"],
    "an operation beside": [
        "!ssh root@10.0.0.121 uptime\n",
        IMPORT + "psycopg2.connect(host='«10.0.0.122|clue=call»')",
    ],
}


@pytest.mark.parametrize("cells", CONNECTIONS.values(), ids=CONNECTIONS)
def test_connections(cells):
    found(*[cell for cell in cells if "ssh" not in cell])


SILENT = {
    "a result": [("code", "x = 1\n", {"outputs": [{"text": ["postgresql://app:made-up@10.0.0.121/orders\n"]}]})],
    "prose": [("markdown", "`psql -h 10.0.0.121` or postgresql://app:made-up@10.0.0.121/orders\n", {})],
    "raw text": [("raw", "postgresql://app:made-up@10.0.0.121/orders\n", {})],
    "a prose magic": ["%%markdown\npostgresql://app:made-up@10.0.0.121/orders\n"],
    "a Databricks prose cell": ["%md\n## postgresql://app:made-up@10.0.0.121/orders\n"],
    "a comment": ["# psycopg2.connect(host='10.0.0.121') or postgresql://app:made-up@10.0.0.121/orders\nx = 1\n"],
    "a comment of a shell": ["%%bash\n# psql -h 10.0.0.121\n: <<'END'\npsql -h 10.0.0.121\nEND\n"],
    "a call of something else": ["import smtplib\n", "smtplib.SMTP(host='mail.corp.internal')\n"],
    "a magic of something else": ["%run -i load.py 10.0.0.121\n%cd db1.corp.internal\n"],
    "loopback": ["%sql postgresql://app:made-up@localhost/orders\n"],
    "nothing": [],
}


@pytest.mark.parametrize("cells", SILENT.values(), ids=SILENT)
def test_legitimate_twins(cells):
    refs = check(extract, notebook(*cells), path="load.ipynb").refs
    assert [ref for ref in refs if Clue.COMMENT not in {e.clue for e in ref.evidence}] == []
    assert not refs or "a comment" in cells[0]


def test_operations():
    cells = [
        "!ssh root@«10.0.0.120|only=operation» uptime\n",
        "%%bash\ncurl http://«10.0.0.122|only=operation»:⟦8008⟧/\n",
    ]
    found(*cells)


def test_a_constant_is_found_where_it_stands_and_related_where_it_is_used():
    text = notebook("HOST = '10.0.0.121'\n", IMPORT + "psycopg2.connect(host=HOST)\n")
    source = SourceFile("load.ipynb", text.encode())
    (ref,) = extract(source).refs
    assert [source.slice(step.span) for step in ref.flow] == [b"HOST"]
    assert source.position(ref.flow[0].span.start).line == 1 + text[: text.rindex("HOST")].count("\n")


BROKEN = {
    "Python": ("for x in\n", ["a cell is not valid Python 3 (SyntaxError)"]),
    "an open string": ('x = """\n', ["a cell is not valid Python 3 (SyntaxError)"]),
    "Python 2": ("print df\n", ["a cell is Python 2: read, never rewritten"]),
    "a shell": ("%%bash\necho 'open\n", ["a quote or bracket is never closed"]),
}


@pytest.mark.parametrize(("broken", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_cell_takes_no_other_with_it(broken, said):
    cells = [
        "HOST = '«10.0.0.121|clue=call,open,flow»'\n",
        broken,
        IMPORT + "psycopg2.connect(host=HOST)\n",
        '"""\n"""\n',
    ]
    extraction = found(*cells, problems=1)
    assert [problem.message for problem in extraction.problems] == said
    assert extraction.problems[0].incomplete is (said[0].startswith("a quote"))


def test_a_broken_cell_is_read_for_itself_and_never_rewritten():
    found(
        "x = = 1\nDB_HOST = '«10.0.0.121|clue=key,sealed»'\n# postgresql://app:made-up@«10.0.0.122|sealed»/x\n",
        problems=1,
    )


def test_the_line_of_a_broken_cell():
    text = notebook("x = 1\n", "y = 2\nfor z in\n")
    (problem,) = extract(SourceFile("load.ipynb", text.encode())).problems
    assert "for z in" in text.split("\n")[problem.line - 1]


def test_too_deep_is_incomplete():
    (problem,) = extract(
        SourceFile("a.ipynb", notebook("x = " + "[" * 150 + "-" * 5000 + "1" + "]" * 150).encode())
    ).problems
    assert problem.message.startswith("a cell is nested too deep")
    assert problem.incomplete


def test_a_notebook_of_python_2():
    metadata = {"kernelspec": {"name": "python2", "language": "python"}, "language_info": {"version": "2.7.6"}}
    extraction = found(
        "HOST = '«10.0.0.121|clue=call,sealed,flow»'\nprint HOST\n",
        IMPORT + "psycopg2.connect(host=HOST)\n",
        metadata=metadata,
        problems=1,
    )
    assert extraction.problems[0].message == "Python 2: read, never rewritten"
