"""Strings that Python code only looks for, programs that it starts to ask a server, and their twins that connect."""

import pytest

from analyzer.extract.python import extract
from tests.kit import check

DSN = "postgresql://app@«10.0.0.121|clue=comment+dsn»:5432/orders"
LIVE = "postgresql://app@«10.0.0.121|only=dsn»:5432/orders"
CALLED = "postgresql://app@«10.0.0.121|clue=call+dsn»:5432/orders"
GOOD = '"postgresql://app@lb:5432/orders"'


def found(marked: str) -> None:
    check(extract, marked, path="guard.py", comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        f'if url == "{DSN}":\n    stop()\n',
        f'if "{DSN}" in text or text.startswith("{DSN}"):\n    stop()\n',
        f'text = text.replace("{DSN}", lb)\n',
        f'import re\ntext = re.sub("{DSN}", lb, text)\n',
        f'assert fix("{DSN}") == good\n',
        f'assert find("DATABASE_URL={DSN}")\n',
        f'self.assertEqual(fix(a), "{DSN}")\n',
        f'OLD = "{DSN}"\nif OLD in text:\n    text = text.replace(OLD, OLD.replace("121", "10"))\n',
        f'BAD = (\n    "{DSN}",\n    "{DSN}",\n)\nfor dsn in BAD:\n    if dsn in text:\n        yield dsn\n',
        f'BAD = ["{DSN}"]\nbad = [dsn for dsn in BAD if dsn in text]\n',
        f'BAD = ["{DSN}"]\nNODES = ["«10.0.0.120|only=text»"]\nbad = [dsn for dsn in BAD if dsn in text]\n',
        f'bad = open(name).read().replace("{DSN}", lb)\n',
        f'BAD = ["{DSN}"]\nfor dsn in BAD:\n    if dsn in text:\n        found.append(dsn)\n',
        f'MAP = {{"{DSN}": "lb:5432"}}\n',
        f'CASES = [("{DSN}", True), ("{DSN}", False)]\nfor text, bad in CASES:\n    assert check(text) == bad\n',
        f'CASES = [("{DSN}", True)]\nfor text, bad in CASES:\n    self.assertEqual(check(text), bad)\n',
        f'BAD = {{"{DSN}"}}\nif url in BAD:\n    print("no", BAD)\n',
    ],
)
def test_a_string_that_is_only_looked_for(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        f'text = text.replace(old, "{LIVE}")\n',
        f'if url in known:\n    run("{LIVE}")\n',
        f'if get("{LIVE}") == 1:\n    stop()\n',
        f'URL = "{LIVE}"\nif URL.startswith("postgresql"):\n    use(URL.replace("postgresql", "postgres"))\n',
        f'BAD = ["{LIVE}"]\nfor dsn in BAD:\n    if dsn not in seen:\n        migrate(dsn)\n',
        f'NAME = "{LIVE}"\n',
        f'BASE = "{LIVE}"\ndef url():\n    if BASE in known:\n        stop()\n    return BASE\n',
        f'ALL = ["{LIVE}"]\nfor dsn in ALL:\n    if dsn not in urls:\n        urls.append(dsn)\n',
        f'POOLS = {{"{LIVE}": open()}}\n',
        f'CASES = [("{LIVE}", True)]\nfor text, bad in CASES:\n    assert check(text) == bad\n    run(text)\n',
        f'assert connect("{LIVE}").ok\n',
        'DATABASE_URL = "postgresql://app@«10.0.0.121|clue=dsn+key»/a"\nif DATABASE_URL.endswith("a"):\n    go()\n',
        f'import psycopg2\nassert psycopg2.connect("{CALLED}").status == 1\n',
        f'import psycopg2\nURL = "{CALLED}"\nif "lb" not in URL:\n    psycopg2.connect(URL)\n',
    ],
)
def test_a_string_that_goes_elsewhere_as_well(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        'subprocess.run(["pg_isready", "-h", "«10.0.0.120|only=operation»", "-p", "5432"])\n',
        'while subprocess.call(["pg_isready", "-h", "«10.0.0.120|only=operation»"]):\n    time.sleep(1)\n',
        'subprocess.check_output(["redis-cli", "-h", "«10.0.0.30|only=operation»", "ping"])\n',
        'subprocess.Popen(["psql", "-h", "«10.0.0.120|only=operation»", "-c", "select pg_is_in_recovery()"])\n',
        'subprocess.run(["ssh", "root@«10.0.0.120|only=operation»", "uptime"])\n',
        'subprocess.run(["nc", "-z", "«10.0.0.120|only=operation»", "5432"])\n',
    ],
)
def test_a_program_that_asks_a_server(sample):
    found(f"import subprocess\n{sample}")


@pytest.mark.parametrize(
    "sample",
    [
        'subprocess.run(["psql", "-h", "«10.0.0.120|only=command»", "-c", "delete from a"])\n',
        'subprocess.run(["pg_dump", "-h", "«10.0.0.120|only=command»", "app"])\n',
        'subprocess.run("until pg_isready -h «10.0.0.120|only=command»; do sleep 1; done; ./app", shell=True)\n',
        (
            'while subprocess.call(["pg_isready", "-h", "«10.0.0.120|only=command»"]):\n    time.sleep(1)\nimport os\n'
            'os.execvp("gunicorn", ["gunicorn"])\n'
        ),
    ],
)
def test_a_program_that_uses_or_waits_for_a_server(sample):
    found(f"import subprocess\n{sample}")


def test_a_function_that_asks_for_a_role():
    body = "def replica(host):\n    with psycopg.connect(host=host) as c:\n        return c.execute('{}')\n"
    calls = "replica('«10.0.0.120|only={}»')\n"
    found("import psycopg\n" + body.format("select pg_is_in_recovery()") + calls.format("operation"))
    found("import psycopg\n" + body.format("select 1") + calls.format("call"))
