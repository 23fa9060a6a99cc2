"""Variables of scripts: which literal a command takes, in which branch, loop and function."""

import pytest

from analyzer.extract.shell import extract
from analyzer.model import Clue, HostRef
from analyzer.source import SourceFile
from tests.kit import check, check_none


def found(marked: str) -> tuple[HostRef, ...]:
    return check(extract, marked, path="run.sh", comment="#").refs


def nothing(text: str) -> None:
    check_none(extract, text, path="run.sh", comment="#")


def steps(ref: HostRef, text: str) -> list[tuple[int, str]]:
    source = SourceFile("run.sh", text.encode())
    return [(source.position(step.span.start).line, step.text) for step in ref.flow]


def test_the_literal_is_found_where_it_is_assigned():
    text = 'PRIMARY=10.0.0.122\nset -e\npsql -h "$PRIMARY" -p 5432 -c "select 1"\n'
    found(
        "PRIMARY=«10.0.0.122|only=command+name,intent=write,engine=postgresql,port=5432,flow»\nset -e\n"
        'psql -h "$PRIMARY" -p ⟦5432⟧ -c "select 1"\n'
    )
    (ref,) = extract(SourceFile("run.sh", text.encode())).refs
    assert ref.shape == "PRIMARY=«10.0.0.122»"
    assert steps(ref, text) == [(3, "psql -h")]


def test_a_name_without_a_meaning():
    found('NAS="«10.99.0.5|only=command,port=5433»"\n' + "echo\n" * 120 + 'psql -h "$NAS" -p ⟦5433⟧\n')


@pytest.mark.parametrize(
    "use",
    [
        "ssh root@$X uptime",
        'curl -s "http://$X:8008/patroni"',
        "ping -c1 $X",
        "nc -z ${X} 5432",
        "scp f $X:/",
        "rsync f $X:y",
    ],
)
def test_a_database_name_that_only_administration_uses_is_no_key(use):
    for name in ("X", "DB_HOST", "PRIMARY_DB_HOST"):
        refs = found(f"{name}=«10.0.0.120|flow»\n{use.replace('X', name, 1)}\n")
        clues = {e.clue for e in refs[0].evidence}
        assert Clue.OPERATION in clues
        assert Clue.KEY not in clues


def test_connection_and_operation_of_one_variable():
    text = "DB_HOST=10.0.0.122\nssh root@$DB_HOST uptime\npsql -h $DB_HOST\n"
    (ref,) = extract(SourceFile("run.sh", text.encode())).refs
    assert [e.clue for e in ref.evidence] == [Clue.COMMAND, Clue.KEY, Clue.OPERATION]
    assert steps(ref, text) == [(3, "psql -h"), (2, "ssh")]


@pytest.mark.parametrize(
    "marked",
    [
        # other programs may read it: the key counts
        "export DB_HOST=«10.0.0.122|clue=key+operation»\nssh $DB_HOST\n",
        "DB_HOST=«10.0.0.122|clue=key+operation»\nssh $DB_HOST\n./migrate $DB_HOST\n",
        "DB_HOST=«10.0.0.122|clue=key+operation»\nssh $DB_HOST\n./migrate --host=$DB_HOST\n",
        "DB_HOST=«10.0.0.122|clue=key»\n./migrate\n",
        # shown or compared only
        'DB_HOST=«10.0.0.122|only=operation»\nssh $DB_HOST\necho "$DB_HOST"\n[ -n "$DB_HOST" ]\nlogger $DB_HOST\n',
    ],
)
def test_when_a_key_counts_beside_operations(marked):
    found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "A=«10.0.0.120|only=operation»\nssh $A\nA=«10.0.0.121|only=command»\npsql -h $A\n",
        "A=10.0.0.120\nA=«10.0.0.121|only=command»\npsql -h $A\n",
        "if x; then A=«10.0.0.120|only=command»; else A=«10.0.0.121|only=command»; fi\npsql -h $A\n",
        "case $1 in a) A=«10.0.0.120|only=command»;; b) A=«10.0.0.121|only=command»;; esac\npsql -h $A\n",
        'A=«10.0.0.120|only=command»\n[ -z "$B" ] && A=«10.0.0.121|only=command»\npsql -h $A\n',
        "A=«10.0.0.120|only=command»\nif x; then A=«10.0.0.121|only=command»; psql -h $A; fi\npsql -h $A\n",
        "f() { psql -h $A; }\nA=«10.0.0.121|only=command»\nf\n",
        "psql -h $A\nA=10.0.0.121\n",
        "while x; do psql -h $A; A=«10.0.0.121|only=command»; done\n",
        "A=10.0.0.120\nA=$(cat host)\npsql -h $A\n",
        (
            "f() { local a=«10.0.0.120|only=command»; psql -h $a; }\n"
            "g() { local a=«10.0.0.121|only=operation»; ssh $a; }\n"
        ),
        "A=10.0.0.120\nunrelated() { psql -h $B; }\n",
    ],
)
def test_which_assignment_reaches(marked):
    found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        'A=«10.0.0.122|only=command»\nB=$A\nC="${B}"\npsql -h $C\n',
        "A=«10.0.0.122|clue=key»\nexport PGHOST=$A\n",
        "A=«10.0.0.122|clue=key»\nPGHOST=$A psql app\n",
        "A=«10.0.0.122|clue=key+place»\ndocker run -e DB_HOST=$A image\n",
        'A=«10.0.0.122|clue=dsn,port=5432»\nexport DATABASE_URL="postgres://app:$PW@$A:⟦5432⟧/app"\n',
        'A=«10.0.0.122|clue=dsn+command»\npsql "postgres://app:$PW@$A/app"\n',
        'A=«10.0.0.122|clue=command,port=5432»\npsql "host=$A port=⟦5432⟧ dbname=app"\n',
        "P=⟦6432⟧\npsql -h «10.0.0.122|port=6432» -p $P\n",
        'A=«10.0.0.122|port=6432»\nP=⟦6432⟧\npsql -h $A -p "$P"\n',
        "psql -h «10.0.0.122|hidden=$P» -p $P\n",
        'U="http://«10.0.0.122|only=operation,port=8008»:8008"\ncurl $U/patroni\n',
        "N=«10.0.0.122|only=operation»\nU=http://$N:8008\ncurl $U/patroni\n",
        "A=postgres://u@«10.0.0.122|only=dsn+command»\npsql $A\n",
        'psql -h "${H:-«10.0.0.122|only=command»}"\n',
        'psql -h "${DB_HOST:-«10.0.0.122|only=command+key»}"\n',
        ": ${H:=«10.0.0.122|only=command»}\npsql -h $H\n",
        'OPTS="-h «10.0.0.122|only=command,port=6432» -p ⟦6432⟧ -U app"\npsql $OPTS -c x\n',
        'OPTS="-uroot -h«10.0.0.20|only=command»"\nmysql $OPTS app\n',
        "H=$1\nH=${H:-«10.0.0.122|only=command»}\npsql -h $H\n",
        "A=«10.0.0.122|only=dsn»\ncat > .env <<EOF\nDATABASE_URL=postgres://u:p@$A/app\nEOF\n",
        "A=«10.0.0.122|clue=key»\ncat > app.yaml <<EOF\nDB_HOST: $A\nEOF\n",
        "HOSTS=(«10.0.0.120|only=command+name» «10.0.0.121|only=name»)\npsql -h ${HOSTS[0]}\n",
        "H=«10.0.0.120|group=2,only=command»,«10.0.0.121|group=2»\npsql -h $H\n",
        'check() { psql -h "$1" -c x; }\ncheck «10.0.0.121|only=command,flow»\n',
        "check() { local h=$1; ssh $h; }\ncheck «10.0.0.120|only=operation»\ncheck «10.0.0.121|only=operation»\n",
        'A=«10.0.0.122|only=command»\nbash -c "psql -h $A"\n',
        'A=«10.0.0.122|only=command»\nssh «bastion» "psql -h $A"\n',
        'A=«10.0.0.122|only=command»\nPSQL="psql -h $A"\n$PSQL -c x\n',
    ],
)
def test_ways_to_a_command(marked):
    found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "for ip in «10.0.0.120|only=operation» «10.0.0.121|only=operation»; do ssh root@$ip uptime; done\n",
        (
            "NODES='«10.0.0.120|clue=operation» «10.0.0.121|clue=operation»'\n"
            "for n in $NODES; do curl http://$n:8008/; done\n"
        ),
        'NODES=(«10.0.0.120|clue=operation» «10.0.0.121|clue=operation»)\nfor n in "${NODES[@]}"; do ssh $n; done\n',
        (
            "for n in «10.0.0.120|only=operation» «10.0.0.121|only=operation»; do\n"
            "  psql -h $n -Atc 'select pg_is_in_recovery()'\ndone\n"
        ),
        'DB_HOSTS="«10.0.0.120|only=text» «10.0.0.121|only=text»"\nfor n in $DB_HOSTS; do psql -h $n -c x; done\n',
        "for n in «10.0.0.120|only=operation+text» «10.0.0.121»; do psql -h $n -c x; ssh $n uptime; done\n",
        "for n in «10.0.0.121|only=command»; do psql -h $n -c x; done\n",
        "for n in «10.0.0.120|only=text» «10.0.0.121»; do check $n; done\ncheck() { psql -h $1 -c x; }\n",
    ],
)
def test_loops_over_servers(marked):
    found(marked)


def test_several_commands_have_each_a_place_for_the_port():
    found("A=«10.0.0.122|insert= -p »\npsql -h $A\n")
    for first, second in (("", ""), (" -p 5432", ""), ("", " -p 5432"), (" -p 5432", " -p 5432")):
        (ref,) = extract(
            SourceFile("a.sh", f"A=10.0.0.122\npsql -h $A{first} -c x\npsql -h $A{second} -c y\n".encode())
        ).refs
        assert ref.port is not None
        assert ref.port.value == (5432 if first or second else None)
        assert [place.slot is not None for place in (ref.port, *ref.port.others)] == [True, True]
    found("A=«10.0.0.122|hidden=several commands»\npsql -h $A -p 5432\npsql -h $A -p 6432\n")
    found("A=«10.0.0.122|hidden=several commands»\npsql -h $A\npsql -h $A -p 6432\n")


@pytest.mark.parametrize(
    "text",
    [
        "A=10.0.0.121\nB=10.0.0.122\n",
        "A=10.0.0.121\necho $A\nprintf '%s' \"$A\"\n",
        "A=10.0.0.121\n./deploy $A\n",
        "A=10.0.0.121\nif [ $A = 10.0.0.122 ]; then exit; fi\n",
        "psql -h $A -p $B\nssh $A\n",
        "A=$A\nB=$C\nC=$B\npsql -h $A; psql -h $B\n",
        "f() { psql -h $1; }\ng 10.0.0.121\n",
        "A=app\npsql -U $A $A\n",
        'OPTS="-h 10.0.0.122"\ndu $OPTS\n',
        'OPTS="-U app -d 10.0.0.122"\npsql $OPTS\n',
    ],
)
def test_values_that_no_client_takes(text):
    nothing(text)
