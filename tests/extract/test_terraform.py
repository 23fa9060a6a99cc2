"""HCL: attributes, blocks, variables, environments, here-documents."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.terraform import extract
from analyzer.model import Extraction, Intent
from analyzer.source import SourceFile
from tests.kit import check, check_none


def found(marked: str) -> Extraction:
    return check(extract, marked, path="main.tf", comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        'db_host = "«10.0.0.121|clue=key»"\n',
        'db_host = "«10.0.0.121|port=5432»"\ndb_port = ⟦5432⟧\n',
        'variable "postgres_host" {\n  type    = string\n  default = "«10.0.0.121|clue=key,engine=postgresql»"\n}\n',
        'locals {\n  database_url = "postgres://app:${var.pw}@«10.0.0.121|clue=dsn+key,port=5432»:⟦5432⟧/app"\n}\n',
        'provider "postgresql" {\n  host = "«10.0.0.121|clue=key»"\n  port = ⟦5432⟧\n}\n',
        'x = { DB_HOST = "«10.0.0.121|clue=key»", A = "b" }\n',
        'environment = {\n  HOST = "«10.0.0.121|only=name+place»"\n}\n',
        'env {\n  name = "DB_HOST"\n  value = "«10.0.0.121»"\n}\nenv {\n  name = "DB_PORT"\n  value = "⟦5432⟧"\n}\n',
        'environment = [{ name = "DB_HOST", value = "«10.0.0.121|clue=key»" }]\n',
        'set {\n  name = "externalDatabase.host"\n  value = "«10.0.0.121|clue=key»"\n}\n',
        'x = jsonencode({ DB_HOST = "«10.0.0.121|clue=key»" })\n',
        'db_hosts = ["«10.0.0.120|group=2»", "«10.0.0.121»"]\n',
        'user_data = <<-EOT\n  export A="postgres://u:s3cret@«10.0.0.121|only=dsn»/app"\n  EOT\nb = "c"\n',
        "user_data = <<-EOT\n  #!/bin/bash\n  psql -h «10.0.0.121|only=command» app\n  EOT\n",
        'a = "${b ? "x" : "y"}"\ndb_host = "«10.0.0.121»" # primary\n',
    ],
)
def test_connections(sample):
    found(sample)


def test_vault_writes():
    text = (
        'resource "vault_database_secret_backend_connection" "orders" {\n  postgresql {\n'
        '    connection_url = "postgresql://{{username}}:{{password}}@«10.0.0.121|clue=dsn»:⟦5432⟧/postgres"\n  }\n}\n'
    )
    assert found(text).refs[0].intent is Intent.WRITE


@pytest.mark.parametrize(
    "text",
    [
        'cidr_blocks = ["10.0.0.121/32"]\n',
        'variable "image" {\n  default = "10.0.0.121"\n}\n',
        '# db_host = "10.0.0.121"\n// db_host = "10.0.0.121"\n/* db_host = "10.0.0.121"\n*/\n',
        "db_host = var.host\ndb_port = 5432\n",
        'name = "10.0.0.121"\nversion = "10.0.0.121"\n',
        'resource "aws_route53_record" "a" {\n  records = ["10.0.0.121"]\n}\n',
        'env {\n  name = "LISTEN"\n  value = "10.0.0.121"\n}\n',
        'db_host = "localhost"\n',
        'db_host = "${var.a}"\n',
        '{{{ ]]] === "\n',
        "",
    ],
)
def test_nothing(text):
    check_none(extract, text, path="main.tf", comment="#")


def test_directives():
    text = '# analyzer: ignore[node-host] x\ndb_host = "«10.0.0.121»" // analyzer: ignore[node-host] y\n'
    assert [(c.text[:12], c.own_line) for c in found(text).comments] == [
        ("# analyzer: ", True),
        ("// analyzer:", False),
    ]
    assert check_none(extract, 'a = "# analyzer: x"\n', path="a.tf").comments == ()


@pytest.mark.parametrize("piece", ["{", '"', '"${', "[", "a = {", "<<A\n", "/*", "a b ", '"\\', "${"])
def test_hostile_repetition_ends(piece):
    extract(SourceFile("main.tf", (piece * 20_001).encode()))


_WORDS = 'db_host = : { } [ ] " 10.0.0.121 ${ # /* */ <<A A , \\ ü env name value'
_PIECES = st.sampled_from([*_WORDS.split(), " ", "\n", "\r\n", '"10.0.0.121"', 'db_host = "10.0.0.121"\n'])


@given(st.lists(_PIECES, max_size=30).map("".join))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_any_text(text):
    source = SourceFile("main.tf", text.encode())
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host
