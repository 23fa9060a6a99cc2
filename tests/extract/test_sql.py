"""SQL files: foreign servers and connection strings connect, a standby's upstream and comments do not."""

import pytest

from analyzer.extract.sql import extract
from analyzer.model import Clue
from analyzer.source import SourceFile
from tests.kit import check, check_none


@pytest.mark.parametrize(
    "sample",
    [
        (
            "CREATE SERVER a FOREIGN DATA WRAPPER postgres_fdw\n"
            "  OPTIONS (host '«10.0.0.121|port=5432,engine=postgresql,clue=key»', port '⟦5432⟧', dbname 'orders');\n"
        ),
        "create server if not exists a foreign data wrapper mysql_fdw options (host '«10.0.0.20|engine=mysql»');\n",
        (
            "CREATE SERVER a FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '«10.0.0.120|clue=key»', dbname 'd');\n"
            "CREATE SERVER b FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '«10.0.0.121|clue=key»', dbname 'd');\n"
        ),
        "ALTER SERVER a OPTIONS (SET host '«10.0.0.121|clue=key»', SET port '⟦5432⟧');\n",
        "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'a', HOST '«10.0.0.20»', PORT ⟦3306⟧);\n",
        "SELECT * FROM dblink('host=«10.0.0.121|clue=dsn,port=5432» port=⟦5432⟧ dbname=a', 'select 1') AS t(a int);\n",
        "CREATE SUBSCRIPTION s CONNECTION 'host=«10.0.0.121|clue=dsn» dbname=a user=r' PUBLICATION p;\n",
    ],
)
def test_connections(sample):
    check(extract, sample, path="a.sql", comment="--")


@pytest.mark.parametrize(
    "sample",
    [
        "ALTER SYSTEM SET primary_conninfo = 'host=«10.0.0.121|only=operation» port=5432 user=r';\n",
        "alter system set primary_conninfo to 'host=«10.0.0.121|only=operation» port=5432 user=r';\n",
        (
            "CREATE SERVER a FOREIGN DATA WRAPPER postgres_fdw\n"
            "  OPTIONS (host '«10.0.0.120|only=operation»', dbname 'postgres');\n"
            "CREATE SERVER b FOREIGN DATA WRAPPER postgres_fdw\n"
            "  OPTIONS (host '«10.0.0.121|only=operation»', dbname 'postgres');\n"
        ),
        "-- it was postgresql://app@«10.0.0.121|clue=comment»:⟦5432⟧/orders\n",
    ],
)
def test_replication_and_comments(sample):
    check(extract, sample, path="a.sql", comment="--")


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO servers (name, ip, port) VALUES ('db-postgres-01', '10.0.0.120', 5432);\n",
        "SELECT 1 FROM pg_stat_replication WHERE client_addr = '10.0.0.122';\n",
        "CREATE USER 'app'@'10.0.0.120' IDENTIFIED BY 'made-up';\n",
        "CHANGE MASTER TO MASTER_HOST='10.0.0.20', MASTER_PORT=3306;\n",
        "CREATE SERVER a FOREIGN DATA WRAPPER file_fdw;\n",
        "UPDATE settings SET db_host = 'a' WHERE id = 1;\n",
    ],
)
def test_rows_are_no_connections(text):
    check_none(extract, text, path="a.sql", comment="--")


def test_the_administration_of_a_proxy_keeps_its_nature():
    text = "INSERT INTO mysql_servers (hostgroup_id, hostname) VALUES (1, 'a');\nLOAD MYSQL SERVERS TO RUNTIME;\n"
    nature = extract(SourceFile("p.sql", text.encode())).nature
    assert nature is not None
    assert nature.clue is Clue.INFRASTRUCTURE


SERVER = "CREATE SERVER s{} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '«{}|clue={}»', dbname 'orders');\n"


@pytest.mark.parametrize(
    ("hosts", "clue"),
    [
        (("10.0.0.120", "10.0.0.121", "10.0.0.122"), "operation"),
        (("10.0.0.120", "10.0.0.120", "10.0.0.120"), "key"),
        (("10.0.0.120", "10.0.0.121", "10.0.0.121"), "key"),
    ],
)
def test_a_definition_for_each_of_several_servers(hosts, clue):
    check(extract, "".join(SERVER.format(at, host, clue) for at, host in enumerate(hosts)), path="a.sql", comment="--")
