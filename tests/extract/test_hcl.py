"""HCL: attributes, blocks, variables, environments, here-documents."""

import pytest

from analyzer.extract.hcl import extract
from analyzer.model import Extraction
from tests.kit import check, check_none


def found(marked: str, **options) -> Extraction:
    return check(extract, marked, path="main.tf", comment="#", **options)


@pytest.mark.parametrize(
    "sample",
    [
        'db_host = "«10.0.0.121|clue=key»"\n',
        """\
db_host = "«10.0.0.121|port=5432»"
db_port = ⟦5432⟧
""",
        """\
variable "postgres_host" {
  type    = string
  default = "«10.0.0.121|clue=key,engine=postgresql»"
}
""",
        """\
locals {
  database_url = "postgres://app:${var.pw}@«10.0.0.121|clue=dsn+key,port=5432»:⟦5432⟧/app"
}
""",
        'x = { DB_HOST = "«10.0.0.121|clue=key»", A = "b" }\n',
        """\
environment = {
  HOST = "«10.0.0.121|only=name+place»"
}
""",
        """\
env {
  name = "DB_HOST"
  value = "«10.0.0.121»"
}
env {
  name = "DB_PORT"
  value = "⟦5432⟧"
}
""",
        'environment = [{ name = "DB_HOST", value = "«10.0.0.121|clue=key»" }]\n',
        """\
set {
  name = "externalDatabase.host"
  value = "«10.0.0.121|clue=key»"
}
""",
        'x = jsonencode({ DB_HOST = "«10.0.0.121|clue=key»" })\n',
        'db_hosts = ["«10.0.0.120|group=2»", "«10.0.0.121»"]\n',
        """\
user_data = <<-EOT
  export A="postgres://u:s3cret@«10.0.0.121|only=dsn»/app"
  EOT
b = "c"
""",
        """\
user_data = <<-EOT
  #!/bin/bash
  psql -h «10.0.0.121|only=command» app
  EOT
""",
        """\
a = "${b ? "x" : "y"}"
db_host = "«10.0.0.121»" # primary
""",
        """\
terraform {
  backend "pg" {
    conn_str = "postgres://u@«10.0.0.121|clue=dsn+key»/state"
  }
}
""",
        """\
storage "mysql" {
  address = "«10.0.0.121|clue=key,port=3306»:⟦3306⟧"
}
""",
        """\
module "orders_postgres" {
  source = "./x"
  host   = "«10.0.0.121|clue=key»"
}
""",
        'default_settings = { "db.host" : "«10.0.0.121|clue=key»" }\n',
    ],
)
def test_connections(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        """\
variable "db_host" {
  default = "«10.0.0.121|port=5432,clue=key»"
}
variable "db_port" {
  type    = number
  default = ⟦5432⟧
}
""",
        """\
variable "database" {
  default = {
    host = "«10.0.0.121|port=5432,clue=key»"
    port = ⟦5432⟧
  }
}
""",
        """\
variable "redis_hosts" {
  default = ["«10.0.0.120|group=2»", "«10.0.0.121»"]
}
""",
        """\
variable "databases" {
  default = [{ host = "«10.0.0.121|clue=key»", name = "a" }]
}
""",
        """\
output "db_host" {
  value = "«10.0.0.121|clue=key»"
}
""",
        """\
locals {
  db_port = ⟦5432⟧
}
locals {
  db_host = "«10.0.0.121|port=5432»"
}
""",
    ],
    ids=["two variables", "object", "list", "list of objects", "output", "two blocks of locals"],
)
def test_declarations(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        """\
job "a" {
  group "b" {
    task "c" {
      env {
        HOST = "«10.0.0.121|only=name+place»"
      }
      template {
        data = <<EOH
DB_PASS={{ key "db/pass" }}
DB_HOST="«10.0.0.122|clue=key»"
EOH
        destination = "secrets/file.env"
        env = true
      }
      config {
        command = "psql"
        args = ["-h", "«10.0.0.120|clue=command»"]
      }
    }
  }
}
""",
        'env { "DB_HOST" = "«10.0.0.121|clue=key»"; "A" = "b" }\n',
        """\
source "docker" "a" {
  changes = ["ENV A=b"]
}
build {
  provisioner "shell" {
    environment_vars = ["DB_HOST=«10.0.0.120|clue=key+place»"]
    inline = ["psql -h «10.0.0.121|clue=command»"]
  }
}
""",
    ],
    ids=["nomad", "hcl 1", "packer"],
)
def test_other_tools(sample):
    found(sample)


@pytest.mark.parametrize(
    "text",
    [
        'cidr_blocks = ["10.0.0.121/32"]\n',
        """\
variable "image" {
  default = "10.0.0.121"
}
""",
        """\
# db_host = "10.0.0.121"
// db_host = "10.0.0.121"
/* db_host = "10.0.0.121"
*/
""",
        """\
db_host = var.host
db_port = 5432
""",
        """\
name = "10.0.0.121"
version = "10.0.0.121"
""",
        """\
env {
  name = "LISTEN"
  value = "10.0.0.121"
}
""",
        'db_host = "localhost"\n',
        'db_host = "${var.a}"\n',
        "db_host = aws_db_instance.orders.address\n",
        'db_host = data.aws_ssm_parameter.h.value == "10.0.0.121"\n',
        """\
variable "db_host" {
  description = "10.0.0.121"
  validation {
    error_message = "not 10.0.0.121"
  }
}
""",
        """\
user_data = <<EOT
DB_HOST=$${DB_HOST}
A=${var.db_host}
EOT
""",
        'source = "git::https://10.0.0.121/modules/db.git"\n',
        """\
required_providers {
  postgresql = { version = "10.0.0.121" }
}
""",
        '{{{ ]]] === "\n',
        "",
    ],
)
def test_nothing(text):
    check_none(extract, text, path="main.tf", comment="#", problems=None)


def test_directives():
    text = """\
# analyzer: ignore[node-host] x
db_host = "«10.0.0.121»" // analyzer: ignore[node-host] y
"""
    assert [(c.text[:12], c.own_line) for c in found(text).comments] == [
        ("# analyzer: ", True),
        ("// analyzer:", False),
    ]
    assert check_none(extract, 'a = "# analyzer: x"\n', path="a.tf").comments == ()
    (inner,) = check_none(extract, "b = <<E\n# analyzer: y\nE\n", path="a.tf").comments
    assert inner.text == "# analyzer: y"


@pytest.mark.parametrize(
    "sample",
    [
        'locals {\n  pg_hosts = ["«10.0.0.120|only=text»", "«10.0.0.121|only=text»"]\n}\n',
        'redis_nodes = ["«10.0.0.30|only=text»", "«10.0.0.31|only=text»"]\n',
        'output "pg_primary_ip" {\n  value = "«10.0.0.120|only=text»"\n}\n',
    ],
)
def test_machines_that_are_set_up(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        'cassandra_contact_points = ["«10.0.0.120|clue=key»", "«10.0.0.121|clue=key»"]\n',
        'elasticsearch_hosts = ["«10.0.0.120|clue=key»", "«10.0.0.121|clue=key»"]\n',
        'output "db_host" {\n  value = "«10.0.0.120|clue=key»"\n}\n',
        'locals {\n  pg_host = "«10.0.0.120|clue=key»"\n}\n',
        'environment = {\n  DB_HOSTS = ["«10.0.0.120|clue=key»", "«10.0.0.121|clue=key»"]\n}\n',
        (
            'locals {\n  pg_hosts = ["«10.0.0.120|clue=key»"]\n}\nresource "x" "y" {\n  environment = {\n'
            "    DB_HOST = local.pg_hosts[0]\n  }\n}\n"
        ),
    ],
)
def test_hosts_that_an_application_is_told(sample):
    found(sample)
