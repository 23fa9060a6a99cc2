"""Which lines a directive speaks for: statements and literals of several lines, scripts in values, stacked comments.

In each sample the lines with `«` hold a finding that is excused, those with `§` one that is not.
"""

import json

import pytest

from tests.program import run
from tests.test_cli import POLICY

I = "analyzer: ignore[node-host] by hand"  # noqa: E741
URL = "postgresql://app:made-up@10.0.0.121/app"

SAMPLES = {
    # A comment that stands alone covers the next line that is no comment.
    "two-lines-of-reason.sh": f"# {I}: the replica\n# is tested here\nDB_HOST=«10.0.0.121\nPGHOST=§10.0.0.122\n",
    "stacked.sh": f"# analyzer: ignore[node-mention] old\n# {I}\nDB_HOST=«10.0.0.121\n",
    "stacked.xml": f"<c>\n<!-- {I} -->\n<!-- x -->\n<db_host>§10.0.0.121</db_host>\n</c>\n",
    "stacked-blocks.xml": f"<c>\n<!-- {I} -->\n<!-- analyzer: ignore[x] y -->\n<db_host>«10.0.0.121</db_host>\n</c>\n",
    "blank.sh": f"# {I}\n\nDB_HOST=§10.0.0.121\n",
    "block.js": f"/*\n * {I}\n */\nconst url = '«{URL}'\n",
    "before.js": f"/* {I} */ const url = '«{URL}'\nconst other = '§{URL}'\n",
    # Statements that backslashes continue.
    "above.sh": f"# {I}\npsql -U app \\\n  -h «10.0.0.121 \\\n  app\npsql -h §10.0.0.122\n",
    "behind.sh": f"psql -h §10.0.0.122\npsql -U app \\\n  -h «10.0.0.121 \\\n  app # {I}\n",
    "above/Dockerfile": f"FROM a\n# {I}\nRUN a \\\n && psql -h «10.0.0.121\nRUN psql -h §10.0.0.122\n",
    "inside/Dockerfile": f"FROM a\nRUN a \\\n # {I}\n && psql -h «10.0.0.121 \\\n && psql -h §10.0.0.122\n",
    # Calls of several lines: the line of the host counts, as the report tells it.
    "call.py": f"import psycopg\npsycopg.connect(\n    host='«10.0.0.121',  # {I}\n    port=5432,\n)\n",
    "call-above.py": f"import psycopg\n# {I}\npsycopg.connect(\n    host='§10.0.0.121',\n)\n",
    # Literals of several lines.
    "text.py": f'import psycopg\npsycopg.connect("""\nhost=«10.0.0.121\ndbname=app\n""")  # {I}\n',
    "text-above.py": f'import psycopg\n# {I}\npsycopg.connect("""\nhost=«10.0.0.121\ndbname=app\n""")\n',
    "text.js": f"const pg = require('pg')\nnew pg.Client(`\n«{URL}\n`) // {I}\n",
    "quoted.yaml": f'db_url: "«{URL}?\n  a=b" # {I}\n',
    "header.yaml": f"script: | # {I}\n  psql -h «10.0.0.121\n  psql -h «10.0.0.122\nother: psql -h §10.0.0.122\n",
    "above.yaml": f"# {I}\nscript: |\n  psql -h «10.0.0.121\n  psql -h «10.0.0.122\n",
    "here.sh": f"cat > .env <<EOF # {I}\nDB_HOST=«10.0.0.121\nEOF\nDB_HOST=§10.0.0.121\n",
    "here.tf": f'# {I}\nlocals {{\n  a = "§{URL}"\n}}\n',
    "here-above.tf": f"locals {{\n  # {I}\n  a = <<EOT\n«{URL}\nEOT\n}}\n",
    # Comments of a language inside a value.
    "inner.yaml": f"run: |\n  psql -h «10.0.0.121 # {I}\n  psql -h §10.0.0.122\n",
    "inner-above.yaml": f"run: |\n  # {I}\n  psql -h «10.0.0.121\n  psql -h §10.0.0.122\n",
    "inner-map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  app.properties: |\n"
    f"    ! {I}\n    db.host=§10.0.0.121\n    # {I}\n    db.host=«10.0.0.122\n",
    "inner-string.yaml": f"run: |\n  psql -h §10.0.0.121 -c '# {I}'\n",
    "inner.tf": f'resource "a" "b" {{\n  user_data = <<EOT\n#!/bin/sh\npsql -h «10.0.0.121 # {I}\nEOT\n}}\n',
    "inner/Dockerfile": f"FROM a\nRUN <<EOT\npsql -h «10.0.0.121 # {I}\npsql -h §10.0.0.122\nEOT\n",
    "no-inner.sh": f"cat > .env <<EOF\nDB_HOST=§10.0.0.121 # {I}\nEOF\n",
    # What is no comment.
    "env/Dockerfile": f"FROM a\nENV DB_HOST=§10.0.0.121 # {I}\n",
    "docstring.py": f'"""\n# {I}\n"""\nurl = "§{URL}"\n',
    "fence.md": f"```sh\n# {I}\npsql -h §10.0.0.121\n```\n",
    "heading.md": f"# {I}\n§10.0.0.121\n",
}


def marked(sign):
    return {
        (name, number)
        for name, text in SAMPLES.items()
        for number, line in enumerate(text.split("\n"), 1)
        if sign in line
    }


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    tree = tmp_path_factory.mktemp("places")
    for name, text in SAMPLES.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text.replace("«", "").replace("§", ""))
    (tree / "db-endpoints.yaml").write_text(POLICY)
    document = json.loads(run(tree, "scan", "--format", "json", "--allow-incomplete").out)
    return [f for f in document["findings"] if f["host"]]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_lines_that_are_covered(findings, name):
    mine = [f for f in findings if f["path"] == name]
    excused = {(f["path"], f["line"]) for f in mine if f["suppressed"]}
    reported = {(f["path"], f["line"]) for f in mine if not f["suppressed"]}
    assert excused == {place for place in marked("«") if place[0] == name}
    assert reported == {place for place in marked("§") if place[0] == name}
