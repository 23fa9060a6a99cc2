"""Configuration of applications, deployments and monitoring in YAML that is neither Kubernetes, Compose nor Ansible."""

import pytest

from analyzer.extract.yaml import extract
from analyzer.model import Clue, Intent
from analyzer.source import SourceFile
from tests.kit import check, check_none


def found(marked: str, path: str = "config/app.yml", **options):
    return check(extract, marked, path=path, comment="#", **options)


def nothing(text: str, path: str = "config/app.yml", **options):
    return check_none(extract, text, path=path, comment="#", **options)


def natures(text: str, path: str) -> str:
    source = SourceFile(path, text.encode())
    return " ".join(source.slice(r.span).decode() for r in extract(source).regions if r.nature)


SPRING = {
    "flat": "spring.redis.host: «10.0.0.30|clue=key,engine=redis»\nspring.redis.port: ⟦6379⟧\n",
    "nested": "spring: {data: {redis: {host: «10.0.0.30|clue=key,engine=redis»}}}\n",
    "documents": """\
spring.datasource.url: jdbc:postgresql://«10.0.0.121|clue=dsn»:⟦5432⟧/app
---
spring:
  config.activate.on-profile: prod
  datasource:
    url: jdbc:postgresql://${DB_HOST:«10.0.0.122»}:${DB_PORT:⟦5432⟧}/app
""",
    "r2dbc": "spring:\n  r2dbc:\n    url: r2dbc:postgresql://u:made-up@«10.0.0.121»:⟦5432⟧/app\n",
    "flattened parent": "spring.datasource:\n  url: jdbc:mysql://«10.0.0.20|engine=mysql»:⟦3306⟧/app\n",
}
OTHERS = {
    "config/database.yml": """\
default: &default
  adapter: postgresql
  port: 5432
production:
  <<: *default
  host: «10.0.0.120|clue=key,engine=postgresql»
  replica:
    url: postgres://u:made-up@«10.0.0.122»:5432/app
test: {<<: *default, host: localhost}
""",
    "config/packages/doctrine.yaml": """\
parameters:
  env(DATABASE_URL): 'postgresql://u:made-up@«10.0.0.121»:5432/app'
doctrine:
  dbal:
    default_connection: default
    connections:
      default: {host: «10.0.0.120|clue=key», port: 5432, driver: pdo_pgsql}
      legacy:
        url: '%env(resolve:DATABASE_URL)%'
""",
    "config/parameters.yml": "parameters:\n  database_host: «10.0.0.121|clue=key»\n  database_port: ⟦5432⟧\n",
    "serverless.yml": """\
service: orders
provider:
  environment:
    DB_HOST: ${env:DB_HOST, '«10.0.0.121|clue=key+place»'}
    PRIMARY: «10.0.0.122|only=name+place»
    READER: ${self:custom.mysql.host}
    OTHER_DB_HOST: ${self:custom.MYSQL.HOST}
functions:
  migrate:
    environment: {PGHOST: «10.0.0.120|clue=key+place»}
""",
    "template.yaml": """\
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  DbHost: {Type: String, Default: «10.0.0.121|clue=key»}
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Environment:
        Variables:
          PRIMARY: «10.0.0.122|clue=place»
          DB_HOST: !Ref DbHost
          DSN: !Sub 'postgresql://${User}:${Password}@«10.0.0.120»:5432/app'
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Environment:
            - Name: DB_HOST
              Value: «10.0.0.121|clue=key»
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {CidrIp: 10.0.0.121/32, FromPort: 5432}
""",
    "app.yaml": "runtime: python312\nenv_variables:\n  PRIMARY: «10.0.0.122|only=name+place»\n",
    "render.yaml": "services:\n- type: web\n  envVars:\n  - {key: PRIMARY, value: «10.0.0.122|only=name+place»}\n",
    "values.yaml": "api:\n  env:\n    PRIMARY: «10.0.0.122|only=name+place»\n",
    "config/deploy.yml": """\
service: orders
image: corp/orders
servers:
  web:
    hosts: [10.0.0.120]
    cmd: bin/server
  job:
    - 10.0.0.121
registry: {server: '10.0.0.121:5000'}
env:
  clear:
    DB_HOST: «10.0.0.121|clue=key+place»
    DB_PORT: ⟦5432⟧
  secret: [DB_PASSWORD]
  tags:
    primary: {PRIMARY: «10.0.0.122|clue=name+place»}
accessories:
  db: {image: 'postgres:17', host: 10.0.0.120, port: '10.0.0.122:5432:5432', env: {clear: {X: y}}}
""",
    "config/deploy.production.yml": "servers: [10.0.0.120]\nenv: {clear: {PRIMARY: «10.0.0.122|only=name+place»}}\n",
}


@pytest.mark.parametrize("name", SPRING)
def test_spring(name):
    found(SPRING[name], "src/main/resources/application.yml")


@pytest.mark.parametrize("path", OTHERS)
def test_other_tools(path):
    found(OTHERS[path], path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("mkdocs.yml", "site_url: https://10.0.0.121/\nmarkdown_extensions:\n- x: {y: !!python/name:a.b.c ''}\n"),
        ("serverless.yml", "provider:\n  vpc: {subnetIds: [s-1]}\n  environment: {DB_HOST: '${ssm:/db/host}'}\n"),
        ("config/routes.yaml", "api:\n  host: api.corp.internal\n  path: /\n"),
        (
            "openapi.yaml",
            "servers:\n- url: https://api.corp.internal\npaths: {/a: {get: {parameters: [{name: host}]}}}\n",
        ),
        ("config/services.yaml", "services:\n  _defaults: {autowire: true}\n  App\\Db: {arguments: [10.0.0.121]}\n"),
        ("dependabot.yml", "updates:\n- package-ecosystem: docker\n  directory: /postgres\n"),
        (".pre-commit-config.yaml", "repos:\n- repo: https://db.corp.internal/x\n  rev: 10.0.0.121\n"),
        ("config/deploy.yml", "service: a\nimage: b\nservers: [10.0.0.120]\nproxy: {host: app.corp.internal}\n"),
    ],
)
def test_what_connects_to_no_database(path, text):
    nothing(text, path)


def test_servers_of_a_deployment_are_told():
    inside = natures(OTHERS["config/deploy.yml"], "config/deploy.yml")
    assert "[10.0.0.120]" in inside
    assert "- 10.0.0.121" in inside
    assert "10.0.0.122:5432:5432" in inside
    assert "DB_HOST" not in inside


def test_an_accessory_that_is_an_exporter():
    text = """\
service: orders
image: corp/orders
registry: {server: r}
accessories:
  watch:
    image: prometheuscommunity/postgres-exporter
    env:
      clear:
        DATA_SOURCE_NAME: postgresql://u:made-up@«10.0.0.120|clue=infrastructure»:⟦5432⟧/postgres
"""
    found(text, "config/deploy.yml")


GRAFANA = """\
apiVersion: 1
datasources:
  - name: orders
    type: {}
    access: proxy
    url: {}
    database: orders
    user: grafana
    secureJsonData: {{password: made-up}}
"""


@pytest.mark.parametrize(
    ("kind", "url", "engine"),
    [
        ("postgres", "«10.0.0.121»:⟦5432⟧", "postgresql"),
        ("grafana-postgresql-datasource", "db-postgres-01.corp.internal", "postgresql"),
        ("mysql", "10.0.0.20:3306", "mysql"),
        ("mssql", "10.0.0.30:1433", "sqlserver"),
        ("elasticsearch", "http://10.0.0.40:9200", "elasticsearch"),
    ],
)
def test_data_sources(kind, url, engine):
    marked = url if "«" in url else url.replace("10.0", "«10.0", 1)
    if "«" not in marked:
        marked = f"«{marked}»"
    if "»" not in marked:
        head, port = marked.rsplit(":", 1)
        marked = f"{head}»:⟦{port}⟧"
    (ref,) = found(GRAFANA.format(kind, marked), "provisioning/datasources/a.yaml").refs
    assert ref.engine is not None
    assert ref.engine.value == engine
    assert ref.intent is Intent.READ
    assert any(evidence.clue is Clue.KEY for evidence in ref.evidence)


@pytest.mark.parametrize("kind", ["prometheus", "loki", "tempo", "influxdb", "alertmanager", "jaeger", "graphite"])
@pytest.mark.parametrize("url", ["http://10.0.0.121:9090", "http://db-postgres-01.corp.internal:3100"])
def test_data_sources_that_are_no_databases(kind, url):
    nothing(GRAFANA.format(kind, url), "provisioning/datasources/a.yaml")


def test_a_collector_watches_and_exports():
    text = """\
receivers:
  postgresql: {endpoint: '10.0.0.120:5432', username: otel}
exporters:
  clickhouse:
    endpoint: tcp://«10.0.0.50|engine=clickhouse»:⟦9000⟧
service:
  pipelines:
    metrics: {receivers: [postgresql], exporters: [clickhouse]}
"""
    found(text, "otel.yaml")
    assert "10.0.0.120:5432" in natures(text.translate(dict.fromkeys(map(ord, "⟦⟧"))), "otel.yaml")


def test_targets_of_monitoring_among_values():
    text = """\
kube-prometheus-stack:
  prometheus:
    prometheusSpec:
      additionalScrapeConfigs:
      - job_name: pg
        static_configs:
        - targets: ['10.0.0.120:5432', db-postgres-02]
orders:
  database: {host: «10.0.0.121|clue=key»}
"""
    found(text, "values.yaml")
    inside = natures(text, "values.yaml")
    assert "10.0.0.120" in inside
    assert "db-postgres-02" in inside


@pytest.mark.parametrize(
    "marked",
    [
        "store:\n  type: postgres\n  host: «10.0.0.121|clue=key,engine=postgresql»\n",
        "store:\n  host: «10.0.0.121|clue=key,engine=mysql»\n  driver: mysql2\n",
        "main_app:\n  cassandra:\n    hosts: [«10.0.0.60|clue=key»]\n",
        "elasticsearch-urls:\n  a: https://«es1.corp.internal|clue=key»:⟦9200⟧\n",
        "sectionmapping:\n  host: «10.0.0.20|only=name+port»\n  port: ⟦3306⟧\n",
        "sectionmapping:\n  host: «10.0.0.20|only=name»\n",
        "storage:\n  api:\n    dsn: postgresql://u:made-up@«10.0.0.121|clue=dsn»/app\n",
        "connectionStrings:\n  orders: Host=«10.0.0.121|clue=dsn»;Database=app;Username=u\n",
        "redis-list:\n- addr: «10.0.0.30|clue=key»:⟦6379⟧\n  clusterAddrs:\n  - «10.0.0.31|clue=key»:⟦7000⟧\n",
        "dbHost: «10.0.0.121|clue=key»\npgHost: «10.0.0.122|clue=key»\nwgDBserver: «10.0.0.20|clue=key»\n",
    ],
)
def test_keys_in_their_context(marked):
    found(marked)


@pytest.mark.parametrize(
    "text",
    [
        "_GDB_HOST: api.corp.internal\novsdb-server: 10.0.0.121\n",
        "kafka:\n  host: 10.0.0.121\n  brokers: ['10.0.0.122:9092']\n",
        "smtp: {host: 10.0.0.121, user: a, password: b}\n",
        "postgres:\n  listen_addresses: 10.0.0.121\n  metrics: {host: 10.0.0.122}\n",
        "sentry_dsn: https://k@10.0.0.121/1\nvault_addr: https://10.0.0.121:8200\n",
        "backend_redis_url: http://redis-api.corp.internal:8080\n",
        "ingress:\n  hosts: [orders-db-console.corp.internal]\n",
        "elasticsearch_apt_repo_url: https://artifacts.corp.internal/apt\n",
    ],
)
def test_keys_of_something_else(text):
    result = extract(SourceFile("app.yml", text.encode()))
    assert not [ref for ref in result.refs if any(e.clue in (Clue.KEY, Clue.DSN) for e in ref.evidence)]
