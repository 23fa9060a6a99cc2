"""Docker Compose files: what feeds an application, what belongs to the project's network or to the cluster."""

import pytest

from analyzer.extract.yaml import extract
from analyzer.extract.yaml.images import image_name, image_nature
from analyzer.model import Clue
from analyzer.source import SourceFile
from analyzer.usage import certain
from tests.kit import check, check_none


def found(marked: str, path: str = "docker-compose.yml", **options):
    return check(extract, marked, path=path, comment="#", **options)


def nothing(text: str, path: str = "docker-compose.yml", **options):
    return check_none(extract, text, path=path, comment="#", **options)


def natures(text: str) -> list[tuple[str, str]]:
    """The regions of a file that belong to no application: their bytes and why."""
    source = SourceFile("compose.yaml", text.encode())
    regions = extract(source).regions
    return [(source.slice(r.span).decode(), r.nature.text) for r in regions if r.nature]


SERVICE = "services:\n  api:\n    image: registry.corp.internal/api:1\n"


@pytest.mark.parametrize(
    "marked",
    [
        "    environment:\n      DB_HOST: «10.0.0.121|clue=key+place»\n      DB_PORT: '⟦5432⟧'\n",
        "    environment:\n      - DB_HOST=«10.0.0.121|clue=key+place»\n      - DB_PORT=⟦5432⟧\n      - DEBUG\n",
        '    environment:\n      - "DATABASE_URL=postgresql://app:made-up@«10.0.0.121|clue=dsn+place»:⟦5432⟧/app"\n',
        "    environment: {PRIMARY: «10.0.0.122|only=name+place,intent=write»}\n",
        "    environment:\n      DB_HOST: ${DB_HOST:-«10.0.0.121»}\n      DB_PORT: ${DB_PORT:-⟦5432⟧}\n",
        "    environment:\n      - DB_HOST=${DB_HOST-«db-postgres-01.corp.internal»}\n",
        "    environment:\n      SPRING_DATASOURCE_URL: 'jdbc:postgresql://«10.0.0.121|clue=dsn»:⟦5432⟧/app'\n",
        "    build:\n      context: .\n      args:\n        DB_HOST: «10.0.0.121»\n",
        "    build:\n      args:\n        - DB_HOST=«10.0.0.121»\n        - VERSION=1\n",
        "    command: psql -h «10.0.0.121|clue=command» -p ⟦5432⟧ app\n",
        "    command: ['--db-host', '«10.0.0.121»', '--db-port', '⟦5432⟧']\n",
        "    command: ['-h', '«10.0.0.121|clue=command»', '-p', '⟦5432⟧', app]\n    entrypoint: [pg_dump]\n",
        "    command: >\n      sh -c 'until pg_isready -h «10.0.0.121|clue=command»; do sleep 1; done'\n",
        "    healthcheck:\n      test: [CMD, pg_isready, -h, «10.0.0.121|clue=command», -p, '⟦5432⟧']\n",
        "    healthcheck:\n      test: [CMD-SHELL, 'pg_isready -h «10.0.0.121|clue=command» || exit 1']\n",
        "    healthcheck:\n      test: pg_isready -h «10.0.0.121|clue=command»\n",
        "    environment:\n      NAS: «10.0.0.122|clue=command,flow»\n    command: sh -c 'pg_dump -h $NAS app'\n",
        "    environment:\n      NAS: «10.0.0.122|clue=command»\n    command: sh -c 'pg_dump -h $$NAS app'\n",
        "    environment:\n      NAS: «10.0.0.122|clue=command»\n    command: [sh, -c, 'pg_dump -h $${NAS} app']\n",
        "    environment: [NAS=«10.0.0.122|clue=command»]\n    entrypoint: [sh, -c, 'exec psql -h ${NAS} app']\n",
    ],
)
def test_what_feeds_a_service(marked):
    found(SERVICE + marked)


ANCHORED = [
    """\
x-env: &env
  PRIMARY: «10.0.0.122|clue=name+place»
services:
  a:
    image: a
    environment: *env
""",
    """\
x-env: &env
  PRIMARY: «10.0.0.122|clue=place»
services:
  a:
    image: a
    environment:
      <<: *env
      X: y
""",
    """\
x-a: &a {PRIMARY: «10.0.0.122|clue=place»}
x-b: &b {MASTER: «10.0.0.121|clue=place»}
services:
  a:
    image: a
    environment:
      <<: [*a, *b]
""",
    """\
x-env: &env
  - PRIMARY=«10.0.0.122|clue=name+place»
services:
  a: {image: a, environment: *env}
  b: {image: b, environment: *env}
""",
    """\
x-base: &base
  image: a
  environment:
    PRIMARY: «10.0.0.122|clue=place»
services:
  a:
    <<: *base
    ports: ['80:80']
""",
    """\
x-env: &env
  NAS: «10.0.0.122|clue=command,flow»
services:
  a:
    image: a
    environment: {<<: *env, X: y}
    command: sh -c 'pg_dump -h $$NAS app'
""",
    """\
services:
  api:
    image: a
    environment: &env
      PRIMARY: «10.0.0.122|clue=place»
  b:
    image: b
    environment: *env
""",
]


@pytest.mark.parametrize("marked", ANCHORED)
def test_environments_behind_anchors(marked):
    found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "    extra_hosts:\n      - db:«10.0.0.121|only=key+place,port=none,hidden»\n",
        "    extra_hosts:\n      - 'db=«10.0.0.121|only=key+place»'\n",
        "    extra_hosts:\n      db-primary: «10.0.0.121|only=key+place,intent=write»\n",
        "    extra_hosts:\n      postgres: ['«10.0.0.120|engine=postgresql»', '«10.0.0.121»']\n",
        "    extra_hosts: ['db:«fd00::121»', 'pg=[«fd00::122»]']\n",
        "    extra_hosts: ['db:${DB_IP:-«10.0.0.121»}']\n",
        "    extra_hosts: ['orders:«10.0.0.121|only=name+place»']\n",
        "    extra_hosts: ['grafana:«10.0.0.121|only=text+place»', 'db-postgres-01:«10.0.0.120|only=text+place»']\n",
        "    extra_hosts: ['db-postgres-a:«10.0.0.120|only=text+place»', 'pg-b.corp:«10.0.0.121|only=text+place»']\n",
        "    extra_hosts: ['pg-rw:«10.0.0.120|only=key+place»', 'pg-r:«10.0.0.121|only=key+place»']\n",
        "    extra_hosts: ['db.corp.internal:«10.0.0.121|only=key+place»', 'host.docker.internal:host-gateway']\n",
    ],
)
def test_extra_hosts(marked):
    result = found(SERVICE + marked)
    assert all(ref.takes == "address" for ref in result.refs)


def test_the_name_of_an_extra_host_that_a_connection_uses():
    result = found(
        SERVICE + "    extra_hosts:\n      - orders.corp.internal:«10.0.0.121|clue=key,engine=postgresql»\n"
        "    environment:\n      DATABASE_URL: postgresql://u:made-up@«orders.corp.internal|only=name+place»:⟦5432⟧/app\n"
    )
    named, address = sorted(result.refs, key=lambda ref: ref.takes)
    assert certain(address.evidence)
    assert not certain(named.evidence)


@pytest.mark.parametrize(
    "names",
    [
        "  pg.corp.internal:\n    image: postgres\n",
        "  db:\n    image: postgres\n    container_name: pg.corp.internal\n",
        "  db:\n    image: postgres\n    hostname: pg\n    domainname: corp.internal\n",
        "  db:\n    image: postgres\n    networks:\n      back:\n        aliases: [x, pg.corp.internal]\n",
        "  web:\n    image: web\n    links: ['db:pg.corp.internal']\n",
    ],
)
@pytest.mark.parametrize("place", ["environment:\n      DB_HOST: «{}»\n", "command: psql postgresql://«{}»:⟦5432⟧/a\n"])
def test_names_of_the_project_are_no_strangers(names, place):
    host = "pg.corp.internal|clue=name+place"
    result = found(f"services:\n{names}  api:\n    image: api\n    {place.format(host)}")
    assert not any(certain(ref.evidence) for ref in result.refs)


@pytest.mark.parametrize(
    ("service", "why"),
    [
        ("image: prometheuscommunity/postgres-exporter:v0.15.0", "monitoring by postgres-exporter"),
        ("build: ./postgres-exporter", "monitoring by postgres-exporter"),
        ("image: telegraf:1.30", "monitoring by telegraf"),
        ("image: datadog/agent:7", "monitoring by agent"),
        ("image: ghcr.io/zalando/spilo-16:3.3-p1", "member of a cluster (spilo-16)"),
        ("image: quay.io/coreos/etcd:v3.5.0", "member of a cluster (etcd)"),
        ("image: haproxy:2.9", "proxy haproxy"),
        ("image: bitnami/postgresql-repmgr:16", "member of a cluster (postgresql-repmgr)"),
        ("image: ${IMAGE:-docker.io/patroni:3}", "member of a cluster (patroni)"),
        ("image: bitnami/redis:7", "the database server redis itself"),
    ],
)
def test_services_that_are_no_application(service, why):
    name = "postgres-exporter" if "build" in service else "x"
    result = found(
        f"services:\n  {name}:\n    {service}\n    environment:\n"
        "      DATA_SOURCE_NAME: postgresql://u:made-up@«10.0.0.120|clue=infrastructure»:⟦5432⟧/postgres\n"
        "      DB_HOST: «10.0.0.121|clue=infrastructure»\n"
    )
    assert all(any(e.clue is Clue.INFRASTRUCTURE and e.text == why for e in ref.evidence) for ref in result.refs)


@pytest.mark.parametrize(
    "service",
    [
        "image: prodrigestivill/postgres-backup-local:16",
        "image: postgres:16\n    command: pg_dump -U app app",
        "image: postgres:16\n    entrypoint: [sh, -c, 'psql -f x.sql']",
        "image: edoburu/pgbouncer:1.22",
        "image: dpage/pgadmin4",
        "image: grafana/grafana",
        "image: registry.corp.internal:5000/orders",
        "image: ${IMAGE}",
    ],
)
def test_services_that_are(service):
    result = found(
        f"services:\n  orders:\n    {service}\n    environment:\n      PGHOST: «10.0.0.121|clue=key+place»\n"
    )
    assert not any(e.clue is Clue.INFRASTRUCTURE for ref in result.refs for e in ref.evidence)


def test_addresses_of_the_projects_own_network():
    text = (
        "services:\n  db-postgres-01:\n    image: api\n    ports: ['10.0.0.120:5432:5432']\n    dns: 10.0.0.121\n"
        "    networks:\n      back:\n        ipv4_address: 10.0.0.122\n    depends_on: [db-postgres-02]\n"
        "networks:\n  back:\n    ipam:\n      config: [{subnet: 10.0.0.0/24, gateway: 10.0.0.1}]\n"
    )
    nothing(text)
    told = " ".join(bytes_ for bytes_, why in natures(text) if why == "network of the compose project")
    assert all(host in told for host in ("db-postgres-01", "10.0.0.120", "10.0.0.121", "10.0.0.122", "db-postgres-02"))


@pytest.mark.parametrize(
    "text",
    [
        SERVICE + "    env_file: [.env, db.env]\n    image: 10.0.0.121:5000/postgres\n",
        SERVICE + "    environment:\n      DB_HOST: ${DB_HOST}\n      DB_PORT: ${DB_PORT:-5432}\n",
        SERVICE + "    environment:\n      SENTRY_DSN: https://k@sentry.corp.internal/1\n      SMTP_HOST: 10.0.0.121\n",
        SERVICE + "    environment:\n      - LOG_HOST=10.0.0.121\n      - OVSDB_SERVER=10.0.0.121\n",
        SERVICE
        + "    healthcheck:\n      test: [NONE]\n    logging: {options: {syslog-address: 'udp://10.0.0.121:514'}}\n",
        SERVICE + "    extra_hosts:\n      - host.docker.internal:host-gateway\n      - broken\n      - db:\n",
        SERVICE + "    extra_hosts:\n      - db:${DB_IP}\n    environment: *missing\n",
        "services:\n- redis:7\ntest:\n  script: echo\n",
        "services:\n  App\\Foo:\n    arguments: ['%env(DB_HOST)%']\n  _defaults: {autowire: true}\n",
    ],
)
def test_what_is_no_connection(text):
    assert not nothing(text).refs


def test_a_config_is_read_by_the_name_it_is_mounted_under():
    found(
        f"{SERVICE}    configs:\n      - {{source: app, target: /etc/app/application.properties}}\n"
        "configs:\n  app:\n    content: |\n      url=jdbc:postgresql://«10.0.0.121|clue=place»:⟦5432⟧/app\n"
        "  proxy:\n    content: |\n      frontend pg\n        bind *:5432\n      backend pg\n"
        "        server pg1 «10.0.0.120|clue=infrastructure»:5432 check\n",
    )


def test_an_environment_that_names_itself_is_read_once():
    nothing("services:\n  a: &a\n    image: a\n    environment: *a\n")
    many = "".join(f"  s{i}: {{image: a, environment: *e}}\n" for i in range(200))
    result = found(f"x-e: &e [DB_HOST=«10.0.0.121»]\nservices:\n{many}")
    assert len(result.refs) == 1


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("postgres", "postgres"),
        ("registry.corp.internal:5000/a/Postgres:16@sha256:aa", "postgres"),
        ("${REGISTRY}/a/b:${TAG}", "b"),
        ("${IMAGE:-postgres:16}", "postgres"),
        ("", ""),
    ],
)
def test_image_names(image, name):
    assert image_name(image) == name


def test_an_image_that_only_sounds_like_a_server():
    assert image_nature("corp/orders-exporter-api") is not None  # by its word
    assert image_nature("corp/exports-api") is None
    assert image_nature("corp/haproxyless") is None
