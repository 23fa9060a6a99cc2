"""HCL expressions: constants, functions, conditions, and how strings spell hosts."""

import pytest

from analyzer.extract.hcl import extract
from analyzer.model import Extraction
from analyzer.source import SourceFile
from tests.kit import check


def found(marked: str, **options) -> Extraction:
    return check(extract, marked, path="main.tf", comment="#", **options)


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
  nodes = ["«10.0.0.120|only=text»", "«10.0.0.121|clue=key,flow»"]
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


def test_constants_that_multiply_end():
    rows = "".join(f'  a{i} = "${{local.a{i + 1}}}${{local.a{i + 1}}}"\n' for i in range(60))
    extract(SourceFile("main.tf", f'locals {{\n{rows}  a60 = "10.0.0.121"\n  b = local.b\n}}\n'.encode()))
