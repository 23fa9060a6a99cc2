"""Database clients, keys and connection strings in scripts; comments, faults, and promises for every text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.extract.shell import extract, references_in
from analyzer.model import Clue, Extraction, Intent, Slot, Span
from analyzer.source import SourceFile
from tests.kit import check, check_none


def found(marked: str, **options: int | None) -> Extraction:
    return check(extract, marked, path="run.sh", comment="#", **options)


def nothing(text: str) -> None:
    check_none(extract, text, path="run.sh", comment="#")


def shapes(marked: str) -> list[str]:
    return [ref.shape for ref in found(marked).refs]


@pytest.mark.parametrize(
    "sample",
    [
        "psql -h «10.0.0.121|port=5432,engine=postgresql,only=command,intent=unknown» -p ⟦5432⟧ -U app app\n",
        "psql -h«10.0.0.121|insert= -p » app\n",
        "psql --host=«10.0.0.121|port=6432» --port=⟦6432⟧ app\n",
        "psql --host «10.0.0.121» --username app\n",
        "psql -U app -Ath '«10.0.0.121|insert= -p »' -c 'select 1'\n",
        'psql -p ⟦5433⟧ "-h«db1.corp.internal|port=5433»"\n',
        'psql "host=«10.0.0.121|port=5432,clue=command+dsn» port=⟦5432⟧ dbname=app"\n',
        'psql "postgres://app:s3cret@«10.0.0.121|port=none,insert=:,clue=command+dsn»/app" -c "select 1"\n',
        "psql -d postgresql://app@«10.0.0.121|port=5432,clue=command+dsn»:⟦5432⟧/app\n",
        "/usr/lib/postgresql/17/bin/pg_dump --host=«10.0.0.121|clue=command» app > app.sql\n",
        "pg_restore -h «10.0.0.121|intent=write» -d app app.dump\n",
        "until pg_isready -h «10.0.0.121|clue=command» -p ⟦5432⟧; do sleep 1; done\n",
        "createdb -h «10.0.0.121|intent=write» app && vacuumdb -h «10.0.0.122|intent=write» app\n",
        "pgbench -c 10 -T 60 -h «10.0.0.121» app\n",
        "if ! psql -h «10.0.0.121» -c 'select 1' 2>/dev/null; then exit 1; fi\n",
    ],
)
def test_postgresql_clients(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "mysql -uroot -ps3cret -h10.0.0.1x -e 'select 1'\n".replace("10.0.0.1x", "«10.0.0.20|engine=mysql»"),
        "mysql -h «10.0.0.20|port=3307,only=command» -P ⟦3307⟧ -pash10.9 app < dump.sql\n",
        "mysqldump --host=«10.0.0.20» --all-databases | gzip > all.gz\n",
        "mariadb -h «10.0.0.20|engine=mariadb,insert= -P » app\n",
        "redis-cli -h «10.0.0.30|engine=redis,port=6380» -p ⟦6380⟧ -n 1 get a\n",
        "redis-cli -u redis://:s3cret@«10.0.0.30|port=6379»:⟦6379⟧/0 ping\n",
        "mongosh --host «10.0.0.40|engine=mongodb,insert= --port » app\n",
        "mongosh «10.0.0.40|port=27017»:⟦27017⟧/app --eval 'db.c.count()'\n",
        "mongodump -h «10.0.0.40|port=27017» --port ⟦27017⟧\n",
        "mongorestore --uri 'mongodb://u:s3cret@«10.0.0.40|clue=dsn+command»/app'\n",
        "sqlcmd -S «10.0.0.50|engine=sqlserver,port=1433»,⟦1433⟧ -Q 'select 1'\n",
        "sqlcmd -S 'tcp:«10.0.0.50|insert=no»\\SQL01' -Q 'select 1'\n",
        "sqlcmd -S «10.0.0.50|insert=comma» -Q 'select 1'\n",
        "clickhouse-client --host «10.0.0.60|engine=clickhouse,port=9000» --port ⟦9000⟧ -q 'select 1'\n",
        "cqlsh «10.0.0.70|engine=cassandra,port=9042» ⟦9042⟧ -e 'select 1'\n",
        "cqlsh -u app -p s3cret «10.0.0.70|insert= »\n",
        "sqlplus app/s3cret@//«10.0.0.80|engine=oracle,port=1521»:⟦1521⟧/ORCL\n",
        'sqlplus "${LOGIN:-app/s3cret@//«10.0.0.80|engine=oracle,port=1521»:⟦1521⟧/ORCL}" @report.sql\n',
    ],
)
def test_other_clients(sample):
    found(sample)


def test_a_replica_set_is_a_list():
    found("mongodump --host rs0/«10.0.0.40|group=2,port=27017»:⟦27017⟧,«10.0.0.41|group=2»:⟦27018⟧\n")


@pytest.mark.parametrize(
    "text",
    [
        "psql app\n",
        "psql -U app -c 'select 1' app\n",
        "psql -h localhost app; psql -h 127.0.0.1 app; psql -h /var/run/postgresql app\n",
        "psql -c \"select '10.0.0.121'\" app\n",
        'psql -h "$PGHOST" -p "${PGPORT}" app\n',
        "psql -f migrate-10.0.0.sql\n",
        "mysql -uroot -ph10.0.0.20 app\n",
        "du -h 10.0.0.121.log; hostname -h; ls -h 10.0.0.121\n",
        "mosquitto_sub -h 10.0.0.121 -t a\n",
        "grep -h 10.0.0.121 /etc/hosts; sed -i s/10.0.0.120/10.0.0.121/ x\n",
        "echo psql -h 10.0.0.121\n",
        "echo 'try postgres://app@10.0.0.121/app'\n",
        "# psql -h 10.0.0.121 app\n",
        "psql app # -h 10.0.0.121\n",
        ": <<'END'\npsql -h 10.0.0.121 app\nEND\n",
        ": <<'END'\nDB_HOST=10.0.0.121\npsql postgres://app:s3cret@10.0.0.121/app\nEND\n",
        'VERSION=10.0.0.121\nRELEASE="10.0.0.121"\n',
        "SMTP_HOST=10.0.0.121\nPROXY=10.0.0.121\n",
        "sqlite3 app.db .dump; mysqld_safe --user=mysql\n",
        "mongo rs.js; docker run -d mongo\n",
        "createdb app\n",
    ],
)
def test_no_host_of_a_database(text):
    nothing(text)


def test_shapes_show_the_command_and_the_host_only():
    assert shapes("psql -h «10.0.0.121» -U s3cret\n") == ["psql -h «10.0.0.121»"]
    assert shapes("mysql -h«10.0.0.121» -ps3cret\n") == ["mysql -h«10.0.0.121»"]
    assert shapes("pg_dump --host=«10.0.0.121»\n") == ["pg_dump --host=«10.0.0.121»"]
    assert shapes("psql 'postgres://app:s3cret@«10.0.0.121»/app'\n") == ["psql postgres://…@«10.0.0.121»/…"]


def test_vault_writes():
    marked = (
        "vault write database/config/app plugin_name=postgresql-database-plugin allowed_roles=app \\\n"
        "  connection_url='postgresql://{{username}}:{{password}}@«10.0.0.121|only=command+dsn,intent=write,port=5432»"
        ':⟦5432⟧/postgres\' \\\n  username=vault password="$PW"\n'
    )
    ref = found(marked).refs[0]
    assert [e.text for e in ref.evidence if e.clue is Clue.COMMAND] == ["vault write connection_url"]


def test_vault_without_a_host():
    nothing("vault write database/config/app connection_url='postgresql://{{username}}@localhost:5432/postgres'\n")
    nothing('sqlplus "$LOGIN" @report.sql; sqlplus "${LOGIN:-/ as sysdba}" @report.sql\n')
    nothing("vault read database/config/app; vault write auth/x/role/y ttl=1h\n")


@pytest.mark.parametrize(
    "sample",
    [
        "DB_HOST=«10.0.0.121|only=key»\n",
        "export PGHOST='«10.0.0.121|clue=key,engine=postgresql»'\nexport PGPORT=⟦5432⟧\n",
        'readonly DB_HOST="«10.0.0.121|clue=key»"\n',
        "f() {\n  local db_host=«10.0.0.121|clue=key»\n}\n",
        "PRIMARY=«10.0.0.122|only=name,intent=write»\n",
        'DB_HOST="${DB_HOST:-«10.0.0.121|only=key»}"\n',
        "DB_HOST=${OTHER-«10.0.0.121|clue=key»}\n",
        ': "${PGHOST:=«10.0.0.121|clue=key»}"\n',
        'DB_HOST=$(grep HOST f | cut -d= -f2 || echo "«10.0.0.121|clue=key»")\n',
        "DB_HOSTS=(«10.0.0.120|clue=key,group=2» '«10.0.0.121|clue=key»')\n",
        "DATABASE_URL=postgres://app:$PW@«10.0.0.121|clue=dsn+key,port=5432»:⟦5432⟧/app\n",
        "PGHOST=«10.0.0.121|clue=key,port=5433» PGPORT=⟦5433⟧ psql app\n",
        "env DB_HOST=«10.0.0.121|clue=key» ./migrate\n",
        "./migrate --db-host=«10.0.0.121|clue=key»\n",
        "./migrate --db-host «10.0.0.121|clue=key» --db-port ⟦5432⟧\n",
        "./migrate -database 'postgres://app:s3cret@«10.0.0.121|clue=dsn»/app' up\n",
        "java -Dspring.datasource.url=jdbc:postgresql://«10.0.0.121|clue=dsn+key»:⟦5432⟧/app -jar app.jar\n",
        "docker run -d -e MYSQL_HOST=«10.0.0.20|only=key+place,engine=mysql» image\n",
        "docker run --env=HOST=«10.0.0.20|only=name+place» image\n",
        "docker run -e DB_HOST=«10.0.0.20» -e DB_PORT=⟦3306⟧ image psql -h «10.0.0.121|only=command»\n",
        "kubectl create secret generic app --from-literal=DB_HOST=«10.0.0.121|only=key+place» --from-literal=A=b\n",
        "kubectl set env deploy/app DATABASE_URL=postgres://a:s3cret@«10.0.0.121|clue=place+dsn»/app\n",
        "helm upgrade app . --set externalDatabase.host=«10.0.0.121|clue=key+place»,externalDatabase.port=⟦5432⟧\n",
        "gcloud run deploy app --set-env-vars A=b,DB_HOST=«10.0.0.121|clue=key+place»\n",
        "vault kv put secret/app DB_HOST=«10.0.0.121|clue=key+place»\n",
    ],
)
def test_keys(sample):
    found(sample)


@pytest.mark.parametrize(
    "text",
    [
        "docker run -e A=10.0.0.20 -p 10.0.0.20:80:80 image\n",
        "docker run --add-host db:10.0.0.20 image\n",
        "helm upgrade app . --set image.tag=10.0.0.20 --set ingress.host=10.0.0.20\n",
        "./serve --host=10.0.0.121 --listen 10.0.0.121:80\n",
        "make deploy HOST=10.0.0.121\n",
        "kubectl create secret generic app --from-literal=A=b --from-file=10.0.0.121\n",
        "DB_HOST=\nDB_HOST=$(cat host)\nDB_HOST=${DB_HOST}\n",
        "export PATH=/opt/psql:$PATH\n",
    ],
)
def test_keys_of_something_else(text):
    nothing(text)


@pytest.mark.parametrize(
    "sample",
    [
        "sudo -u postgres psql -h «10.0.0.121|only=command»\n",
        "timeout -k 5 30 psql -h «10.0.0.121»\n",
        "time nice -n 10 pg_dump -h «10.0.0.121» app\n",
        "sh -c 'psql -h «10.0.0.121|insert= -p » app'\n",
        'bash -lc "psql -h «10.0.0.121» -p ⟦5432⟧ app"\n',
        'su - postgres -c "psql -h «10.0.0.121» app"\n',
        "docker exec -it pg psql -U app -h «10.0.0.121» app\n",
        "docker exec mysql mysql -h «10.0.0.20» app\n",
        "docker run --rm postgres:17 psql -h «10.0.0.121» app\n",
        "kubectl exec -n db deploy/psql -- psql -h «10.0.0.121» app\n",
        "kubectl exec pod -- sh -c 'psql -h «10.0.0.121» app'\n",
        'eval "psql -h «10.0.0.121» app"\n',
        "alias p='psql -h «10.0.0.121» app'\n",
        'PSQL="psql -h «10.0.0.121|clue=command» -U app"\n$PSQL -c "select 1"\n',
        "CMD=(psql -h «10.0.0.121|clue=command» -U app)\n",
        "x=$(psql -h «10.0.0.121» -Atc 'select 1')\n",
        "x=`psql -h «10.0.0.121» -Atc 'select 1'`\n",
        "diff <(psql -h «10.0.0.121» -c x) <(psql -h «10.0.0.122» -c x)\n",
        "bash <<'EOF'\npsql -h «10.0.0.121» app\nEOF\n",
        'ssh root@«10.0.0.120|only=operation» "psql -h «10.0.0.121|only=command» app"\n',
        "ls dumps | xargs -I{} psql -h «10.0.0.121» -f {}\n",
        "psql \\\n  -U app \\\n  -h «10.0.0.121» \\\n  app\n",
        "(cd x && psql -h «10.0.0.121») || { psql -h «10.0.0.122»; }\n",
        "case $1 in a|b) psql -h «10.0.0.121»;; (c) psql -h «10.0.0.122» ;; esac\n",
    ],
)
def test_commands_inside_commands(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "cat > app.env <<EOF\nDB_HOST=«10.0.0.121|only=key+port»\nDB_PORT=⟦5432⟧\nEOF\n",
        "cat <<-'EOF' > app.yaml\n\tdatabase_host: \"«10.0.0.121|only=key»\"\n\tEOF\n",
        "tee app.ini <<EOF\n[database]\nhost = «10.0.0.121|only=key»\nEOF\n",
        "cat > .env <<EOF\nDATABASE_URL=postgres://app:$PW@«10.0.0.121|clue=dsn+key»/app\nEOF\n",
        'echo "DB_HOST=«10.0.0.121|only=key»" >> .env\n',
        'echo "export DB=\\"mysql://u:s3cret@tcp(«10.0.0.20|clue=dsn»:3306)/app\\"" >> ~/.profile\n',
        "cat > haproxy.cfg <<EOF\nbackend pg\n  server n1 «10.0.0.120|only=infrastructure,port=5432»:5432 check\nEOF\n",
    ],
)
def test_written_files(sample):
    found(sample)


@pytest.mark.parametrize(
    "text",
    [
        "cat <<EOF\nUsage: run.sh HOST\n  example: 10.0.0.121\nEOF\n",
        "cat > x <<EOF\n# DB_HOST=10.0.0.121\nlisten: 10.0.0.121\nEOF\n",
        "psql app <<EOF\nselect '10.0.0.121';\nDB_HOST=10.0.0.121\nEOF\n",
        "echo 'DB_HOST=10.0.0.121'\n",
    ],
)
def test_written_text_without_a_connection(text):
    nothing(text)


@pytest.mark.parametrize(
    "sample",
    [
        "ssh root@«10.0.0.120|only=operation»\n",
        "ssh -p 2222 -o StrictHostKeyChecking=no -i key postgres@«db-postgres-01» uptime\n",
        "ssh -L 5432:«10.0.0.120|only=operation,port=5432»:5432 «bastion»\n",
        "curl -sf http://«10.0.0.122|only=operation,port=8008»:8008/patroni | jq .\n",
        "scp conf root@«10.0.0.120»:/etc/ && rsync -a x «10.0.0.121»:y\n",
        "ping -c 1 «10.0.0.120»; nc -z «10.0.0.121» 5432; nmap «10.0.0.122»\n",
        "etcdctl --endpoints=http://«10.0.0.120|port=2379»:2379,http://«10.0.0.121»:2379 member list\n",
        "patronictl -c /etc/patroni.yml switchover --leader «db-postgres-01» --force\n",
        "ansible all -i «10.0.0.120», -m ping\n",
        "pg_basebackup -h «10.0.0.121|only=operation» -D data\n",
        "timeout 1 bash -c '</dev/tcp/«10.0.0.121|only=operation»/5432'\n",
        "exec 3<>/dev/tcp/«10.0.0.121|only=operation»/5432\n",
        "for ip in «10.0.0.120|only=operation» «10.0.0.121|flow»; do ssh root@$ip uptime; done\n",
        "psql -h «10.0.0.121|only=operation» -Atc 'select pg_is_in_recovery()'\n",
        "mysql -h «10.0.0.20|only=operation» -e 'SHOW SLAVE STATUS'\n",
        "redis-cli -h «10.0.0.30|only=operation» info replication\n",
    ],
)
def test_operations(sample):
    found(sample)


@pytest.mark.parametrize(
    "text",
    ["curl https://localhost/x\n", 'ssh "$HOST"\n', "scp a.tar.gz backup/\n", "ansible-playbook site.yml\n", "ping\n"],
)
def test_operations_on_nothing(text):
    nothing(text)


def test_directives_in_comments():
    text = "# analyzer: ignore[node-host] by hand\npsql -h «10.0.0.121» # analyzer: ignore[node-host] also\n"
    comments = found(text).comments
    assert [(c.text, c.own_line) for c in comments] == [
        ("# analyzer: ignore[node-host] by hand", True),
        ("# analyzer: ignore[node-host] also", False),
    ]


def test_directives_in_strings_are_none():
    text = "echo '# analyzer: ignore[node-host] x'\ncat <<EOF\n# analyzer: ignore[node-host] x\nEOF\n# plain\n"
    assert check_none(extract, text, path="run.sh").comments == ()


def test_an_open_quote_is_a_problem_and_the_rest_is_read():
    extraction = found('echo "never\npsql -h «10.0.0.121»\n', problems=1)
    assert extraction.problems[0].line == 1
    assert extraction.problems[0].incomplete


def test_too_deep_is_a_problem_and_connection_strings_are_found():
    text = "A=1\n" + "$(" * 50_000 + " psql postgres://app:s3cret@10.0.0.121/app"
    extraction = extract(SourceFile("run.sh", text.encode()))
    assert [ref.host for ref in extraction.refs] == ["10.0.0.121"]
    assert [problem.message for problem in extraction.problems] == ["the code is nested too deeply"]
    assert all("s3cret" not in problem.message for problem in extraction.problems)


@pytest.mark.parametrize("piece", ["(", '"', "'", "`", "$(", '"$(', "${a:-"])
def test_deep_nesting_ends(piece):
    extract(SourceFile("run.sh", (piece * 50_001).encode()))


@pytest.mark.parametrize(
    "piece",
    ["$((", "{ ", "[[ ", "case x in a) ", "a|", "<<A ", "a=(", "a=b ", "ssh a ", "sudo ", "if ", "f() { ", "@("],
)
def test_repetition_ends(piece):
    extract(SourceFile("run.sh", (piece * 3_001).encode()))


def test_too_many_ways_through_variables_are_a_problem():
    text = "".join(f"test $1 && X=10.0.{i}.1\n" for i in range(250)) + "ssh $X\n" * 250
    extraction = extract(SourceFile("run.sh", text.encode()))
    assert len(extraction.refs) == 250
    assert [problem.incomplete for problem in extraction.problems] == [True]


def test_text_in_another_format():
    text = "set -e; psql -h 10.0.0.121 -p 5432 app"
    refs = list(references_in(text, lambda i, j: Slot(Span(100 + i, 100 + j))))
    assert [(ref.host, ref.slot.span) for ref in refs] == [("10.0.0.121", Span(116, 126))]
    assert refs[0].port is not None
    assert refs[0].port.slot == Slot(Span(130, 134))


def test_nothing_is_put_between_the_words_of_a_list():
    words = [(8, 18), (0, 4), (5, 7)]

    def locate(start: int, end: int) -> Slot | None:
        return Slot(Span(start, end)) if any(i <= start and end <= j for i, j in words) else None

    (ref,) = references_in("psql -h 10.0.0.121", locate)
    assert ref.port is None


def test_an_escaped_host_is_sealed():
    found('psql -h «10.0.0."121"|host=10.0.0.121,sealed»\n')


def test_intent_of_a_connection_string():
    ref = found("psql 'host=«10.0.0.121» dbname=app target_session_attrs=read-only'\n").refs[0]
    assert ref.intent is Intent.READ


_WORDS = "10.0.0.121 $X ${X:- } $( ) ` \\ ; && | ;; esac # ü \udc80 (( =( \ufffc $' <( \U0001f600 ' \""
_STARTS = [
    "psql -h ",
    "X=",
    "export ",
    "ssh ",
    "for x in ",
    "do ",
    "done ",
    "case x in ",
    "{ ",
    "[[ ",
    "f() ",
    " -p 5432",
]
_PIECES = st.sampled_from([*_WORDS.split(), *_STARTS, " ", "\n", "\r\n", "<<E\n", "E\n", "postgres://u:p@10.0.0.121/a"])


@given(st.lists(_PIECES, max_size=40).map("".join))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_every_text_is_read_and_every_slot_spells_its_host(text):
    source = SourceFile("run.sh", text.encode("utf-8", "surrogateescape"))
    for ref in extract(source).refs:
        assert ref.sealed or source.slice(ref.slot.span).decode().strip("[]") == ref.host
        assert all(step.span.end <= len(source.data) for step in ref.flow)
        if ref.port is not None and ref.port.slot is not None and ref.port.value is not None:
            assert int(source.slice(ref.port.slot.span)) == ref.port.value
