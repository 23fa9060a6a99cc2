"""HCL: attributes, blocks, variables, environments, here-documents, constants, what resources are for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.hcl import extract
from analyzer.model import Clue, Extraction, Intent
from analyzer.source import SourceFile
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
    "sample",
    [
        """\
locals {
  node = "«10.0.0.121|clue=dsn+key,port=5432,flow,open»"
}
x = { DATABASE_URL = "postgresql://${var.u}:${var.p}@${local.node}:⟦5432⟧/app" }
""",
        """\
variable "node" {
  default = "«10.0.0.121|clue=name+key,flow»"
}
x = { DB_HOST = var.node }
""",
        """\
locals {
  node = "«10.0.0.121|port=5432,flow»"
  p = ⟦5432⟧
}
environment = { DB_HOST = local.node, DB_PORT = local.p }
""",
        """\
locals {
  orders = { node = "«10.0.0.121|clue=key,flow»" }
}
x = { DB_HOST = local.orders["node"] }
""",
        """\
locals {
  env = { HOST = "«10.0.0.121|clue=name+place»" }
}
resource "a" "b" {
  environment = local.env
}
""",
        """\
locals {
  nodes = ["«10.0.0.120|only=name»", "«10.0.0.121|clue=key,flow»"]
}
x = { DB_HOST = local.nodes[1] }
""",
        """\
locals {
  a = "«10.0.0.121|clue=key,flow»"
  b = local.a
}
x = { DB_HOST = local.b }
""",
        """\
locals {
  h = "«10.0.0.121|clue=dsn,flow»"
}
x = format("postgresql://%s:%s@%s:%d/app", var.u, var.p, local.h, 5432)
""",
        'x = { DB_URL = format("postgresql://%s@«10.0.0.121|port=5432»:⟦5432⟧/app", var.u) }\n',
        'x = { DB_HOSTS = join(",", ["«10.0.0.120|group=2»", "«10.0.0.121»"]) }\n',
        'db_host = var.a ? "«10.0.0.121|clue=key»" : "«10.0.0.122|clue=key»"\n',
        'db_host = "${var.a == "10.0.0.120" ? "«10.0.0.121|clue=key»" : local.x}"\n',
        'db_host = coalesce(var.a, "«10.0.0.121|clue=key»")\n',
        'db_host = { prod = "«10.0.0.121|clue=key»", test = "«10.9.9.9|clue=key»" }\n',
        'env = ["DB_HOST=«10.0.0.121|port=5432,clue=key+place»", "DB_PORT=⟦5432⟧", "A=${var.b}"]\n',
        'db_host = lookup(var.a, "db", "«10.0.0.121|clue=key»")\n',
        'env = merge(local.common, { DB_HOST = "«10.0.0.121|clue=key+place»" })\n',
        'db_hosts = [for n in ["a"] : "«10.0.0.121|clue=key»"]\n',
        """\
x = {
  for key, value in var.nodes : key => {
    db_host = "«10.0.0.121|clue=key»"
  }
}
db_host = "«10.0.0.122»"
""",
        'db_dsn = base64encode("postgresql://app@«10.0.0.121|insert=:»/app")\n',
    ],
)
def test_expressions(sample):
    found(sample)


def test_a_port_is_put_beside_the_use_of_a_constant():
    text = """\
locals {
  h = "10.0.0.121"
}
url = "postgresql://u@${local.h}/app"
"""
    source = SourceFile("a.tf", text.encode())
    ref = next(ref for ref in extract(source).refs if ref.port and ref.port.insert)
    assert ref.port.slot
    assert text[: ref.port.slot.span.start].endswith("${local.h}")


def test_the_flow_leads_to_the_use():
    text = """\
locals {
  h = "10.0.0.121"
}
x = { DB_HOST = local.h }
"""
    source = SourceFile("a.tf", text.encode())
    ref = next(ref for ref in extract(source).refs)
    assert [source.slice(step.span) for step in ref.flow] == [b"local.h"]


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


@pytest.mark.parametrize(
    "sample",
    [
        """\
a = ["x", "y"
db_host = "«10.0.0.121»"
""",
        """\
a = f("x"
db_host = "«10.0.0.121»"
""",
        """\
a = "no quote
db_host = "«10.0.0.121»"
""",
        """\
a = "${no brace"
db_host = "«10.0.0.121»"
""",
        """\
resource "a" "b" {
  c = 1
variable "db_host" {
  default = "«10.0.0.121»"
}
""",
        """\
}}
db_host = "«10.0.0.121»"
""",
        'a =\ndb_host = "«10.0.0.121»"\n',
        'a = { b =\ndb_host = "«10.0.0.121»"\n',
        """\
<<<<<<< HEAD
db_host = "«10.0.0.121»"
=======
db_host = "«10.0.0.122»"
>>>>>>> x
""",
        """\
x = [[ .var.y ]]
db_host = "«10.0.0.121»"
""",
    ],
)
def test_broken_files_still_tell(sample):
    assert not any(problem.incomplete for problem in found(sample, problems=None).problems)


@pytest.mark.parametrize(
    ("text", "line"),
    [('a = 1\nb = "c\n', 2), ("a = 1\n}\n", 2), ("\na {\n  b = 1\n", 2), ('a = "${b"\n', 1)],
    ids=["quote", "stray brace", "open block", "open interpolation"],
)
def test_what_does_not_fit_is_told(text, line):
    (problem,) = extract(SourceFile("a.tf", text.encode())).problems
    assert (problem.line, problem.incomplete) == (line, False)


@pytest.mark.parametrize("text", ["x\na {\n" + "a {\n" * 60, "[" * 60, "f(" * 60, '"${' * 20 + '"'])
def test_what_is_nested_too_deeply_makes_the_scan_incomplete(text):
    assert any(problem.incomplete for problem in extract(SourceFile("a.tf", f"a = 1\nb = {text}\n".encode())).problems)


@pytest.mark.parametrize(
    "sample",
    [
        'content = "DB_HOST=«10.0.0.121|open»\\nDB_PORT=⟦5432⟧\\n"\n',
        'x = { DB_HOST = "«10\\u002e0.0.121|host=10.0.0.121,sealed»" }\n',
        'x = { DB_URL = "postgresql://a:b\\"c@«10.0.0.121|open»/app" }\n',
        "x = <<-EOT\n\t\tDB_HOST=«10.0.0.121|open»\n\t\t  DB_PORT=⟦5432⟧\n\tEOT\n",
        """\
x = <<EOT
%{ if var.a }
DB_HOST=«10.0.0.121|open»
%{ endif ~}
A=${jsonencode({
  b = 1
})}
EOT
""",
    ],
)
def test_spellings(sample):
    found(sample)


def test_directives():
    text = """\
# analyzer: ignore[node-host] x
db_host = "«10.0.0.121»" // analyzer: ignore[node-host] y
"""
    assert [(c.text[:12], c.own_line) for c in found(text).comments] == [
        ("# analyzer: ", True),
        ("// analyzer:", False),
    ]
    assert check_none(extract, 'a = "# analyzer: x"\nb = <<E\n# analyzer: y\nE\n', path="a.tf").comments == ()


_HOSTILE = ["{", '"', '"${', "[", "a = {", "<<A\n", "/*", "a b ", '"\\', "${", '"${\n', "x=[", "x=f(", "x = {\n"]
_HOSTILE += [
    "x = a ? ",
    '"${"${',
    'a="${f(',
    "<<A\n${",
    "(",
    "x=[for ",
    "{for a ",
    '"$${',
    "x = [{",
    "a.b[",
    "x=<<-A\n %{",
]


@pytest.mark.parametrize("piece", ["a ? ", "a ? b : ", "[", "{ a = ", "f(", "(", '"${', "a[", "a == ", "!", "a."])
def test_deep_expressions_end(piece):
    extract(SourceFile("main.tf", f"x = {piece * 20_001}".encode()))


@pytest.mark.parametrize("piece", _HOSTILE)
def test_hostile_repetition_ends(piece):
    extract(SourceFile("main.tf", (piece * 20_001).encode()))


def test_constants_that_multiply_end():
    rows = "".join(f'  a{i} = "${{local.a{i + 1}}}${{local.a{i + 1}}}"\n' for i in range(60))
    extract(SourceFile("main.tf", f'locals {{\n{rows}  a60 = "10.0.0.121"\n  b = local.b\n}}\n'.encode()))


_WORDS = 'db_host = : { } [ ] ( ) " 10.0.0.121 ${ %{ $${ # /* */ <<A <<-A A , . ? \\ ü env name value local.x format'
_PIECES = st.sampled_from(
    [*_WORDS.split(), " ", "\n", "\r\n", '"10.0.0.121"', 'db_host = "10.0.0.121"\n', 'locals {x="h"}\n']
)


@given(st.lists(_PIECES, max_size=30).map("".join))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_any_text(text):
    source = SourceFile("main.tf", text.encode())
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode() == ref.host
