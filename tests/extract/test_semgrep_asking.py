"""Programs in other languages that only ask servers for their state, and those that do more."""

import pytest

from analyzer.extract.semgrep import Target, scan
from analyzer.extract.semgrep.asking import only_asks
from analyzer.model import Clue
from analyzer.source import SourceFile

CLIENT = "const {{ Client }} = require('pg');\nconst c = new Client({{ host: '10.0.0.120' }});\n{}\n"
ROLE = "c.query('select pg_is_in_recovery()');"


@pytest.mark.parametrize(
    ("statements", "asks"),
    [
        (ROLE, True),
        (ROLE + 'c.query("SHOW work_mem");c.query(`select * from pg_stat_activity`);', True),
        (ROLE + "c.query('insert into drill values (1)');", False),
        (ROLE + "c.query(`select * from\n orders`);", False),
        ("c.query('select version()');", False),
        ("", False),
    ],
)
def test_statements_of_a_program(statements, asks):
    program = CLIENT.format(statements)
    assert only_asks(program) is asks
    target = Target(SourceFile("a.js", program.encode()), "javascript")
    (ref,) = scan([target], jobs=1, timeout=10)["a.js"].refs
    clues = {e.clue for e in ref.evidence}
    assert (Clue.OPERATION in clues, Clue.CALL in clues) == (asks, not asks)
