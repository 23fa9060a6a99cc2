"""What scripts do with a database client that is administration, and what looks like it but connects."""

import pytest

from analyzer.extract.shell import extract
from tests.kit import check, check_none

ROLE = "select pg_is_in_recovery()"


def found(marked: str) -> None:
    check(extract, marked, path="run.sh", comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        "pg_isready -h «10.0.0.120|only=operation» -p 5432\nuptime\n",
        "for h in «10.0.0.120|only=operation» «10.0.0.121|only=operation»; do\n  pg_isready -h $h\ndone\nuptime\n",
        "if ! pg_isready -h «10.0.0.120|only=operation»; then mail dba; fi\n",
        "mysqladmin -h «10.0.0.20|only=operation» ping\nuptime\n",
        "redis-cli -h «10.0.0.30|only=operation» ping && uptime\n",
    ],
)
def test_asking_whether_a_server_answers(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "until pg_isready -h «10.0.0.120|only=command»; do\n  sleep 1\ndone\n./migrate\n",
        "while ! timeout 3 pg_isready -h «10.0.0.120|only=command»; do sleep 1; done\nexec ./app\n",
        "pg_isready -h «10.0.0.120|only=command» || exit 1\n",
        "mysqladmin -h «10.0.0.20|only=command» status\nuptime\n",
    ],
)
def test_waiting_for_a_server_is_a_connection(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "ssh root@«10.0.0.120|only=operation» \"sudo -u postgres psql -h «10.0.0.120|only=operation» -c 'select 1'\"\n",
        "ssh -p 22 «10.0.0.120|only=operation» <<'END'\npsql -h «10.0.0.120|only=operation» -U app\nEND\n",
        "N=«10.0.0.120|only=operation»\nssh root@$N \"psql -h $N -c 'vacuum'\"\n",
    ],
)
def test_a_client_on_the_server_itself(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "ssh root@«10.0.0.5|only=operation» \"psql -h «10.0.0.120|only=command» -c 'select 1'\"\n",
        "N=«10.0.0.120|only=operation»\nM=«10.0.0.121|only=command»\nssh root@$N \"psql -h $M -c 'vacuum'\"\n",
        "N=«10.0.0.120|clue=operation+command»\nssh root@$N uptime\npsql -h $N -c 'vacuum'\n",
    ],
)
def test_a_client_on_another_server_connects(sample):
    found(sample)


@pytest.mark.parametrize(
    "query",
    [
        "select * from pg_stat_archiver",
        "alter system set work_mem = '8MB'",
        "select pg_reload_conf()",
        "select pg_drop_replication_slot('a')",
        "show transaction_read_only",
        "select inet_server_addr()",
    ],
)
def test_asking_one_server_about_itself(query):
    found(f'psql -h «10.0.0.120|only=operation» -c "{query}"\nuptime\n')
    found(f"psql -h «10.0.0.120|only=operation» <<END\n\\echo state\n{query};\n{ROLE};\nEND\n")


def test_a_statement_of_another_kind_makes_standard_input_a_connection():
    found(f"psql -h «10.0.0.120|only=command» <<END\n{ROLE};\ndelete from orders;\nEND\n")


@pytest.mark.parametrize(
    "sample",
    [
        'docker run -e DATA_SOURCE_NAME="postgresql://e@«10.0.0.120|clue=operation»:⟦5432⟧/postgres" exporter\n',
        "DATA_SOURCE_NAME=postgresql://e@«10.0.0.120|only=operation,port=5432»:⟦5432⟧/postgres ./postgres_exporter\n",
    ],
)
def test_an_exporter_names_its_server_on_purpose(sample):
    found(sample)


@pytest.mark.parametrize(
    "text",
    [
        "cat <<END\nNever: DATABASE_URL=postgresql://app@10.0.0.121:5432/orders\nEND\n",
        "usage() {\n  cat <<END\nDB_HOST=10.0.0.121\nEND\n}\nusage\n",
        "if true; then cat - <<-'END'\n\tDB_HOST=10.0.0.121\n\tEND\nfi\n",
    ],
)
def test_a_text_on_the_terminal_is_a_message(text):
    check_none(extract, text, path="run.sh", comment="#")


@pytest.mark.parametrize(
    "sample",
    [
        "cat > .env <<END\nDB_HOST=«10.0.0.121|clue=key»\nEND\n",
        "cat <<END | kubectl apply -f -\nDB_HOST=«10.0.0.121|clue=key»\nEND\n",
        "{\n  cat <<END\nDB_HOST=«10.0.0.121|clue=key»\nEND\n} > .env\n",
        "render() {\n  cat <<END\nDB_HOST=«10.0.0.121|clue=key»\nEND\n}\nrender > .env\n",
        "render() {\n  cat <<END\nDB_HOST=«10.0.0.121|clue=key»\nEND\n}\nTEXT=$(render)\n",
    ],
)
def test_a_text_that_something_takes_is_written(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        'OLD="postgresql://app@«10.0.0.121|only=operation,port=5432»:⟦5432⟧/app"\nsed -i "s|$OLD|x|" .env\n',
        'DB_HOST=«10.0.0.121|only=operation»\ngrep -rl "$DB_HOST" k8s | xargs sed -i "s/$DB_HOST/x/"\n',
    ],
)
def test_a_text_that_is_only_replaced(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        'DSN="postgresql://app@«10.0.0.121|clue=dsn»:⟦5432⟧/app"\nsed -i "s|x|$DSN|" .env\n./migrate "$DSN"\n',
        'export DB_HOST=«10.0.0.121|clue=key»\ngrep -r "$DB_HOST" k8s\n',
        'DB_HOST=«10.0.0.121|clue=key»\necho "$DB_HOST"\n',
    ],
)
def test_a_text_that_goes_elsewhere_too(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        "R=«10.0.0.121|only=operation»\nssh root@$R reboot\nuntil pg_isready -h $R; do sleep 1; done\n",
        "ssh root@«10.0.0.121|only=operation» reboot\nuntil pg_isready -h «10.0.0.121|only=operation»; do :; done\n",
    ],
)
def test_waiting_for_a_server_that_the_script_works_on(sample):
    found(sample)


def test_a_function_that_several_servers_are_given_to():
    found("t() { psql -h $1 -c 'select 1'; }\nt «10.0.0.120|only=text»\nt «10.0.0.121|only=text»\n")
    found("t() { psql -h $1 -c 'select 1'; }\nt «10.0.0.120|only=command»\n")


def test_a_chart_of_an_exporter():
    found(
        "helm install a prometheus-community/prometheus-postgres-exporter"
        " --set config.datasource.host=«10.0.0.120|clue=operation»\n"
    )


def test_a_file_that_ssh_writes():
    backends = (
        "  server pg1 «10.0.0.120|only=infrastructure»:5432 check port 8008\n"
        "  server pg2 «10.0.0.121|only=infrastructure»:5432 check\n"
    )
    found(f"ssh «lb1|only=operation» 'cat >> /etc/haproxy.cfg' <<END\n{backends}END\n")
    found("ssh «lb1|only=operation» 'sudo tee /srv/.env' <<END\nDB_HOST=«10.0.0.121|clue=key»\nEND\n")


@pytest.mark.parametrize(
    "sample",
    [
        "nc -z db 5432\nuntil pg_isready -h «10.0.0.120|only=operation»; do sleep 1; done\n",
        "uptime\nuntil pg_isready -h «10.0.0.120|only=operation»; do sleep 1; done\necho up\n",
    ],
)
def test_a_wait_that_nothing_follows(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        'BAD="postgresql://app@«10.0.0.121|only=operation»:5432/a"\necho "use the balancer, not $BAD" >&2\n',
        'BAD=postgresql://app@«10.0.0.121|only=operation»/a\ngrep -r 10.0.0.121 . && echo "found, as in $BAD"\n',
    ],
)
def test_a_value_that_only_messages_show(sample):
    found(sample)


@pytest.mark.parametrize(
    "sample",
    [
        'URL="postgresql://app@«10.0.0.121|only=dsn»/a"\necho "$URL"\n',
        'URL="postgresql://app@«10.0.0.121|only=dsn»/a"\necho "url is $URL" > app.env\n',
        'URL="postgresql://app@«10.0.0.121|only=dsn»/a"\necho "starts with $URL"\n./app "$URL"\n',
        'DATABASE_URL="postgresql://app@«10.0.0.121|clue=dsn+key»/a"\necho "starts with $DATABASE_URL"\n',
        'export URL="postgresql://app@«10.0.0.121|only=dsn»/a"\necho "starts with $URL"\n',
    ],
)
def test_a_value_that_goes_elsewhere_as_well(sample):
    found(sample)


def test_what_is_written_into_a_report():
    check_none(extract, 'echo "was: postgresql://app@10.0.0.121/a" >> "$REPORT"\n', path="run.sh", comment="#")
    check_none(extract, "echo postgresql://app@10.0.0.121/a >> audit.md\n", path="run.sh", comment="#")
    found('echo "URL=postgresql://app@«10.0.0.121|only=dsn»/a" >> "$ENV_FILE"\n')
    found("REPORT_URL=x\necho postgresql://app@«10.0.0.121|only=dsn»/a > url.txt\n")


def test_an_array_that_is_filled_one_by_one():
    sample = "H+=(«10.0.0.120|only=text»)\nH+=(«10.0.0.121|only=text»)\nn=${H[$i]}\npsql -h $n -c 'select 1'\n"
    found(sample)
    found("H=(«10.0.0.120|clue=command» 10.0.0.121)\npsql -h ${H[0]} -c 'select 1'\n".replace("10.0.0.121)", "x)"))
