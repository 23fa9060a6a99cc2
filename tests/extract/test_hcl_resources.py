"""Terraform resources: what feeds applications, what administers, monitors or is the network."""

import pytest

from analyzer.extract.hcl import extract
from analyzer.model import Clue, Extraction, Intent
from analyzer.source import SourceFile
from tests.kit import check, check_none


def found(marked: str, **options) -> Extraction:
    return check(extract, marked, path="main.tf", comment="#", **options)


@pytest.mark.parametrize(
    "sample",
    [
        """\
resource "helm_release" "a" {
  set {
    name  = "externalDatabase.host"
    value = "«10.0.0.121|port=5432»"
  }
  set {
    name  = "externalDatabase.port"
    value = "⟦5432⟧"
  }
}
""",
        """\
resource "helm_release" "a" {
  set = [
    { name = "externalDatabase.host", value = "«10.0.0.121|port=5432»" },
    { name = "externalDatabase.port", value = "⟦5432⟧" },
  ]
}
""",
        """\
resource "helm_release" "a" {
  dynamic "set" {
    for_each = var.x
    content {
      name = "db.host"
      value = "«10.0.0.121|clue=key»"
    }
  }
}
""",
        """\
resource "helm_release" "a" {
  values = [yamlencode({ externalDatabase = { host = "«10.0.0.121|clue=key»" } })]
}
""",
        """\
resource "helm_release" "a" {
  values = [<<-EOT
    externalDatabase:
      host: «10.0.0.121|clue=key,port=5432»
      port: ⟦5432⟧
    EOT
  ]
}
""",
        """\
resource "kubernetes_secret" "a" {
  data = {
    HOST = "«10.0.0.121|only=name+place»"
  }
}
""",
        """\
resource "kubernetes_config_map_v1" "a" {
  data = {
    "app.env" = <<-EOT
      DB_HOST=«10.0.0.121|clue=key+place,port=5432»
      DB_PORT=⟦5432⟧
    EOT
  }
}
""",
        """\
resource "aws_ssm_parameter" "h" {
  name  = "/prod/db/host"
  value = "«10.0.0.121|port=5432,clue=key+place»"
}
resource "aws_ssm_parameter" "p" {
  name  = "/prod/db/port"
  value = "⟦5432⟧"
}
""",
        """\
resource "aws_secretsmanager_secret_version" "db_host" {
  secret_string = "«10.0.0.121|clue=key+place»"
}
""",
        """\
resource "aws_secretsmanager_secret_version" "a" {
  secret_string = jsonencode({
    engine = "postgres"
    host   = "«10.0.0.121|clue=key+place,engine=postgresql,port=5432»"
    port   = ⟦5432⟧
  })
}
""",
        """\
resource "aws_ecs_task_definition" "a" {
  container_definitions = jsonencode([{
    name = "app"
    environment = [
      { name = "DB_HOST", value = "«10.0.0.121|port=5432»" },
      { name = "DB_PORT", value = "⟦5432⟧" }
    ]
    command = ["psql", "-h", "«10.0.0.122|clue=command»"]
  }])
}
""",
        """\
resource "aws_ecs_task_definition" "a" {
  container_definitions = <<DEFINITION
[{"environment": [{"name": "DB_HOST", "value": "«10.0.0.121|clue=key+place»"}]}]
DEFINITION
}
""",
        """\
resource "aws_lambda_function" "a" {
  environment {
    variables = {
      HOST = "«10.0.0.121|only=name+place»"
    }
  }
}
""",
        """\
resource "azurerm_linux_web_app" "a" {
  connection_string {
    name  = "Orders"
    type  = "SQLServer"
    value = "Server=«10.0.0.121|clue=dsn»;Database=a;"
  }
}
""",
        """\
resource "local_file" "a" {
  filename = "/srv/app/.env"
  content  = <<EOT
PGHOST=«10.0.0.121|clue=key»
EOT
}
""",
        """\
data "template_file" "a" {
  vars = { db_host = "«10.0.0.121|clue=key»" }
}
x = templatefile("a.tpl", { db_host = "«10.0.0.122|clue=key»" })
""",
        """\
resource "null_resource" "a" {
  provisioner "local-exec" {
    command = "psql -h «10.0.0.121|clue=command» -f a.sql"
  }
  provisioner "remote-exec" {
    inline = [
      "export PGPASSWORD=x",
      "pg_dump -h «10.0.0.122|clue=command» app",
    ]
  }
}
""",
        """\
inputs = {
  db_host = "«10.0.0.121|clue=key,port=5432»"
  db_port = ⟦5432⟧
}
""",
    ],
)
def test_resources(sample):
    found(sample)


@pytest.mark.parametrize(
    "block",
    [
        """\
resource "vault_database_secret_backend_connection" "orders" {
  postgresql {
    connection_url = "DSN"
  }
}
""",
        """\
resource "vault_database_secrets_mount" "a" {
  postgresql {
    name = "b"
    connection_url = "DSN"
  }
}
""",
        """\
resource "vault_generic_endpoint" "a" {
  path = "database/config/orders"
  data_json = <<EOT
{"connection_url": "DSN"}
EOT
}
""",
    ],
)
def test_vault_writes(block):
    dsn = "postgresql://{{username}}:{{password}}@«10.0.0.121|clue=dsn»:⟦5432⟧/postgres"
    assert {ref.intent for ref in found(block.replace("DSN", dsn)).refs} == {Intent.WRITE}


@pytest.mark.parametrize(
    "sample",
    [
        """\
provider "postgresql" {
  host = "«10.0.0.121|only=operation»"
  port = ⟦5432⟧
}
""",
        """\
provider "mysql" {
  endpoint = "«10.0.0.121|only=operation»:⟦3306⟧"
}
""",
        """\
resource "a" "b" {
  connection {
    type = "ssh"
    host = "«10.0.0.120|only=operation»"
  }
}
""",
        """\
resource "helm_release" "postgres_exporter" {
  set {
    name = "config.datasource.host"
    value = "«10.0.0.120|only=operation»"
  }
}
""",
        """\
resource "datadog_synthetics_test" "a" {
  request_definition {
    db_host = "«10.0.0.120|only=operation»"
  }
}
""",
    ],
)
def test_operations(sample):
    found(sample)


@pytest.mark.parametrize(
    "text",
    [
        """\
resource "aws_route53_record" "a" {
  name    = "db-postgres-01"
  records = ["10.0.0.121"]
}
""",
        """\
resource "aws_security_group" "db" {
  ingress {
    cidr_blocks = ["10.0.0.121/32"]
  }
}
""",
        """\
resource "nsxt_policy_group" "orders_pg" {
  criteria {
    ipaddress_expression { ip_addresses = ["10.0.0.120", "10.0.0.121"] }
  }
}
""",
        """\
resource "google_compute_firewall" "db_host" {
  source_ranges = ["10.0.0.121"]
}
""",
        """\
resource "aws_lb_target_group_attachment" "db" {
  target_id = "10.0.0.121"
  port = 5432
}
""",
        """\
resource "cloudflare_record" "db_host" {
  value = "10.0.0.121"
  name = "db_host"
}
""",
    ],
)
def test_network_resources_are_regions(text):
    regions = check_none(extract, text, path="main.tf", comment="#").regions
    assert [region.nature.clue for region in regions if region.nature] == [Clue.INFRASTRUCTURE]
    source = SourceFile("main.tf", text.encode())
    assert source.slice(extract(source).regions[0].span) == text.strip().encode()


def test_a_constant_of_a_firewall_and_a_connection_is_both():
    sample = """\
locals {
  node = "«10.0.0.121|clue=key+operation»"
}
x = { DB_HOST = local.node }
resource "aws_security_group" "a" {
  ingress {
    cidr_blocks = ["${local.node}/32"]
  }
}
"""
    found(sample)
