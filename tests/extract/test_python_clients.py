"""Every row of the table of clients, with calls that are theirs and calls that only look so."""

import pytest

from analyzer.extract.python import extract
from analyzer.extract.python.clients import CLIENTS, OPERATIONS, client_of
from tests.kit import check

H = "«10.0.0.121|clue=call»"
OP = "«10.0.0.121|only=operation»"
NAME = "«10.0.0.121|only=name»"

POSITIVE = {
    "postgresql": f"""
import psycopg2; psycopg2.connect(dbname="app", host="{H}", port=5432)
import psycopg2; psycopg2.connect("dbname=app host={H} user=u password=made-up")
import psycopg2 as pg; pg.connect(hostaddr="{H}")
from psycopg2 import connect as c; c(dsn="postgresql://u:made-up@{H}:5432/app")
import psycopg2.pool; psycopg2.pool.SimpleConnectionPool(1, 10, host="{H}")
from psycopg2.pool import ThreadedConnectionPool; ThreadedConnectionPool(1, 2, "host={H} dbname=app")
from psycopg2 import pool; pool.PersistentConnectionPool(1, 2, host="{H}")
from psycopg2.pool import AbstractConnectionPool; AbstractConnectionPool(1, 2, host="{H}")
import psycopg2cffi; psycopg2cffi.connect(host="{H}")
import psycopg; psycopg.connect("postgresql://u@{H}/app")
import psycopg; psycopg.AsyncConnection.connect(conninfo="host={H} dbname=app")
from psycopg.conninfo import make_conninfo; make_conninfo(host="{H}", dbname="app")
from psycopg_pool import ConnectionPool; ConnectionPool("host={H} dbname=app")
from psycopg_pool import AsyncConnectionPool; AsyncConnectionPool(kwargs={{"host": "{H}", "port": 5433}})
from psycopg_pool import NullConnectionPool; NullConnectionPool(conninfo="postgresql://u@{H}/app")
from psycopg_pool import AsyncNullConnectionPool; AsyncNullConnectionPool("postgresql://u@{H}/app")
import asyncpg; asyncpg.connect(host="{H}", user="u")
import asyncpg; asyncpg.create_pool("postgres://u@{H}/app")
import aiopg; aiopg.connect("dbname=app host={H}")
import aiopg; aiopg.create_pool(dsn="dbname=app host={H}")
from aiopg.sa import create_engine; create_engine(host="{H}", user="u")
import pg8000.native; pg8000.native.Connection("u", host="{H}", port=5433)
from pg8000.dbapi import connect; connect("u", "{H}", "app", ⟦5433⟧)
import pg; pg.DB("app", "{H}", 5432)
import pg; pg.connect(dbname="app", host="{H}")
import pgdb; pgdb.connect(host="{H}", database="app")
from piccolo.engine.postgres import PostgresEngine; PostgresEngine(config={{"host": "{H}", "port": 5432}})
""",
    "mysql": f"""
import pymysql; pymysql.connect("{H}", "u", "made-up", "app", ⟦3307⟧)
import pymysql; pymysql.Connect(host="{H}", port=⟦3306⟧)
from pymysql.connections import Connection; Connection(host="{H}")
import cymysql; cymysql.connect(host="{H}")
import cymysql; cymysql.Connect(host="{H}")
import cymysql; cymysql.Connection(host="{H}")
import MySQLdb as mdb; mdb.connect("{H}", "u", "made-up", "app")
import MySQLdb; MySQLdb.Connect(host="{H}")
import MySQLdb.connections; MySQLdb.connections.Connection(host="{H}")
import aiomysql; aiomysql.connect(host="{H}", port=3306)
import aiomysql; aiomysql.create_pool(host="{H}")
from aiomysql.sa import create_engine; create_engine(host="{H}")
import asyncmy; asyncmy.connect(host="{H}")
import asyncmy; asyncmy.create_pool(host="{H}")
import asyncmy.sa; asyncmy.sa.create_engine(host="{H}")
import mysql.connector; mysql.connector.connect(user="u", host="{H}", port=3306)
from mysql import connector; connector.MySQLConnection(host="{H}")
from mysql.connector.pooling import MySQLConnectionPool as P; P(pool_size=3, host="{H}")
import mysqlx; mysqlx.get_session(host="{H}", port=33060)
import mysqlx; mysqlx.get_client("mysqlx://u@{H}:33060/app", {{}})
import mariadb; mariadb.connect(host="{H}", port=3306)
import mariadb; mariadb.ConnectionPool(host="{H}", pool_name="p")
""",
    "mongodb": f"""
from pymongo import MongoClient as C; C("{H}", ⟦27017⟧)
import pymongo; pymongo.MongoClient("mongodb://u:made-up@{H}:27017,{H.replace("121", "122")}:27017/app?replicaSet=r")
import pymongo; pymongo.MongoClient(["{H}:27017", "{H.replace("121", "122")}:27017"])
from pymongo import AsyncMongoClient; AsyncMongoClient(host="{H}")
import pymongo; pymongo.Connection("{H}", 27017)
import pymongo; pymongo.MongoReplicaSetClient("{H}:27017", replicaSet="r")
from motor.motor_asyncio import AsyncIOMotorClient; AsyncIOMotorClient("mongodb://{H}/app")
import motor; motor.MotorClient("{H}", 27017)
import mongoengine; mongoengine.connect("app", host="{H}", port=27017)
import mongoengine; mongoengine.register_connection("default", host="mongodb://{H}/app")
from flask_pymongo import PyMongo; PyMongo(app, "mongodb://{H}/app")
""",
    "redis": f"""
import redis; redis.Redis("{H}", ⟦6379⟧)
from redis import StrictRedis as R; R(host="{H}", port=6380, db=1)
import redis.asyncio as aioredis; aioredis.Redis(host="{H}")
import redis; redis.from_url("redis://:made-up@{H}:6379/0")
import redis; redis.Redis.from_url(url="rediss://{H}/0")
import redis; redis.ConnectionPool(host="{H}", port=6379)
import redis; redis.BlockingConnectionPool(host="{H}")
import redis; redis.Connection(host="{H}")
import redis.connection; redis.connection.SSLConnection(host="{H}")
from redis.cluster import RedisCluster, ClusterNode; RedisCluster(startup_nodes=[ClusterNode("{H}", 6379)])
from redis.cluster import RedisCluster; RedisCluster(host="{H}", port=6379)
from rediscluster import RedisCluster; RedisCluster(startup_nodes=[{{"host": "{H}", "port": "7000"}}])
import rediscluster; rediscluster.StrictRedisCluster(startup_nodes=[{{"host": "{H}", "port": 7000}}])
import valkey; valkey.Valkey(host="{H}")
import valkey; valkey.StrictValkey("{H}")
import valkey; valkey.from_url("redis://{H}/0")
import aioredis; aioredis.from_url("redis://{H}/0")
import coredis; coredis.Redis.from_url("redis://{H}/0")
import aioredis; aioredis.Redis(host="{H}")
import aioredis; aioredis.StrictRedis(host="{H}")
import coredis; coredis.Redis(host="{H}")
import coredis; coredis.StrictRedis(host="{H}")
import aioredis; aioredis.create_redis(("{H}", ⟦6379⟧))
import aioredis; aioredis.create_redis_pool("redis://{H}")
import aioredis; aioredis.create_pool(address=("{H}", 6379))
from arq.connections import RedisSettings; RedisSettings(host="{H}", port=6379)
from huey import RedisHuey; RedisHuey("app", host="{H}")
from huey import PriorityRedisHuey; PriorityRedisHuey(host="{H}")
from huey.storage import RedisStorage; RedisStorage(host="{H}")
""",
    "sqlserver": f"""
import pyodbc; pyodbc.connect("DRIVER={{ODBC Driver 18 for SQL Server}};SERVER={H},1433;DATABASE=app")
import pyodbc; pyodbc.connect(driver="ODBC Driver 18 for SQL Server", server="{H}", database="app")
import pypyodbc; pypyodbc.connect("DRIVER={{SQL Server}};SERVER={H};DATABASE=app")
import aioodbc; aioodbc.connect(dsn="Driver={{x}};Server={H};Database=app")
import aioodbc; aioodbc.create_pool(dsn="Driver={{x}};Server={H};Database=app")
import turbodbc; turbodbc.connect(server="{H}", database="app")
import pymssql; pymssql.connect("{H}", "u", "made-up", "app")
import pymssql; pymssql.connect(server="{H}", port=1433)
import pytds; pytds.connect("{H}", "app", "u", "made-up")
import mssql_python; mssql_python.connect("Server={H};Database=app;Uid=u")
""",
    "oracle": f"""
import cx_Oracle; cx_Oracle.makedsn("{H}", ⟦1521⟧, service_name="s")
import cx_Oracle; cx_Oracle.connect("u", "made-up", "{H}:1521/s")
import cx_Oracle; cx_Oracle.connect("u/made-up@{H}:1521/s")
import cx_Oracle; cx_Oracle.Connection("u", "made-up", "{H}/s")
import cx_Oracle; cx_Oracle.SessionPool("u", "made-up", "{H}:1521/s")
import oracledb; oracledb.connect(user="u", password="made-up", dsn="{H}:1521/s")
import oracledb; oracledb.connect(user="u", host="{H}", port=1521, service_name="s")
import oracledb; oracledb.Connection(dsn="(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST={H})(PORT=1521)))")
import oracledb; oracledb.SessionPool(dsn="{H}:1521/s")
import oracledb; oracledb.create_pool(dsn="{H}:1521/s")
import oracledb; oracledb.connect_async(dsn="{H}:1521/s")
import oracledb; oracledb.create_pool_async(dsn="{H}:1521/s")
import oracledb; oracledb.ConnectParams(host="{H}", port=1521)
import oracledb; oracledb.PoolParams(host="{H}", port=1521)
import oracledb; oracledb.makedsn("{H}", 1521, sid="s")
""",
    "cassandra": f"""
from cassandra.cluster import Cluster; Cluster(["{H}", "{H.replace("121", "122")}"], port=9042)
from cassandra.cluster import Cluster as C; C(contact_points=("{H}",))
import cassandra.cluster; cassandra.cluster.Cluster(contact_points=["{H}"], port=9142)
from dse.cluster import Cluster; Cluster(["{H}"])
from cassandra.cqlengine import connection; connection.setup(["{H}"], "app")
""",
    "elasticsearch": f"""
from elasticsearch import Elasticsearch; Elasticsearch(["http://{H}:9200", "http://{H.replace("121", "122")}:9200"])
from elasticsearch import Elasticsearch; Elasticsearch("https://u:made-up@{H}:9200")
from elasticsearch import Elasticsearch; Elasticsearch(hosts=[{{"host": "{H}", "port": ⟦9200⟧, "scheme": "http"}}])
from elasticsearch import AsyncElasticsearch; AsyncElasticsearch(hosts="{H}:9200")
from elasticsearch7 import Elasticsearch; Elasticsearch("{H}")
from elasticsearch7 import AsyncElasticsearch; AsyncElasticsearch("{H}")
from elasticsearch8 import Elasticsearch; Elasticsearch("http://{H}:9200")
from elasticsearch8 import AsyncElasticsearch; AsyncElasticsearch("http://{H}:9200")
from elasticsearch9 import Elasticsearch; Elasticsearch("http://{H}:9200")
from elasticsearch9 import AsyncElasticsearch; AsyncElasticsearch("http://{H}:9200")
from elasticsearch_async import Elasticsearch; Elasticsearch(hosts=["{H}"])
from elasticsearch_async import AsyncElasticsearch; AsyncElasticsearch(hosts=["{H}"])
from elasticsearch_dsl.connections import connections; connections.create_connection(hosts=["{H}:9200"])
from opensearchpy import OpenSearch; OpenSearch(hosts=[{{"host": "{H}", "port": 9200}}])
from opensearchpy import AsyncOpenSearch; AsyncOpenSearch(["https://{H}:9200"])
from opensearchpy import connections; connections.create_connection(hosts=["{H}:9200"])
from opensearch_dsl import connections; connections.create_connection(hosts=["{H}:9200"])
""",
    "clickhouse": f"""
import clickhouse_connect; clickhouse_connect.get_client(host="{H}", port=8123)
import clickhouse_connect; clickhouse_connect.create_client(host="{H}")
import clickhouse_connect; clickhouse_connect.get_async_client(dsn="clickhouse://u@{H}:8443/app")
import clickhouse_connect; clickhouse_connect.create_async_client(host="{H}")
from clickhouse_driver import Client; Client("{H}", ⟦9000⟧)
from clickhouse_driver import Client; Client.from_url("clickhouse://u@{H}/app")
from clickhouse_driver import connect; connect(host="{H}")
import asynch; asynch.connect(host="{H}", port=9000)
import asynch; asynch.create_pool(dsn="clickhouse://u@{H}:9000/app")
from infi.clickhouse_orm import Database; Database("app", db_url="http://{H}:8123")
""",
    "mappers": f"""
from sqlalchemy import create_engine; create_engine("postgresql+psycopg2://u:made-up@{H}:5432/app")
import sqlalchemy as sa; sa.create_engine(url="mysql+pymysql://u:made-up@{H}/app")
from sqlalchemy.ext.asyncio import create_async_engine; create_async_engine("postgresql+postgres://u@{H}/app")
from sqlalchemy import create_mock_engine; create_mock_engine("postgresql://{H}/app", dump)
from sqlalchemy.engine import make_url; make_url("postgresql://u@{H}/app")
from sqlalchemy import URL; URL.create("postgresql", "u", "made-up", "{H}", ⟦5433⟧, "app")
from sqlalchemy.engine.url import URL; URL(drivername="mysql", host="{H}", port=3306)
from sqlmodel import create_engine; create_engine("postgresql://u@{H}/app")
from peewee import PostgresqlDatabase; PostgresqlDatabase("app", host="{H}", port=5432)
from peewee import MySQLDatabase; MySQLDatabase("app", host="{H}")
from peewee import PostgresqlDatabase; db = PostgresqlDatabase(None); db.init("app", host="{H}")
from playhouse.pool import PooledPostgresqlDatabase; PooledPostgresqlDatabase("app", host="{H}")
from playhouse.pool import PooledMySQLDatabase; PooledMySQLDatabase("app", host="{H}")
from playhouse.postgres_ext import PostgresqlExtDatabase; PostgresqlExtDatabase("app", host="{H}")
from playhouse.pool import PooledPostgresqlExtDatabase; PooledPostgresqlExtDatabase("app", host="{H}")
from playhouse.mysql_ext import MySQLConnectorDatabase; MySQLConnectorDatabase("app", host="{H}")
from playhouse.mysql_ext import MariaDBConnectorDatabase; MariaDBConnectorDatabase("app", host="{H}")
from playhouse.shortcuts import ReconnectMySQLDatabase; ReconnectMySQLDatabase("app", host="{H}")
from playhouse import PostgresqlDatabase, MySQLDatabase; PostgresqlDatabase(host="{H}")
from playhouse import MySQLDatabase; MySQLDatabase(host="{H}")
from playhouse.db_url import connect; connect("mysql://u@{H}:3306/app")
from peewee import PooledPostgresqlDatabase; PooledPostgresqlDatabase(host="{H}")
from peewee import PooledMySQLDatabase; PooledMySQLDatabase(host="{H}")
from peewee_async import PostgresqlDatabase; PostgresqlDatabase("app", host="{H}")
from peewee_async import PooledPostgresqlDatabase; PooledPostgresqlDatabase("app", host="{H}")
from peewee_async import MySQLDatabase; MySQLDatabase("app", host="{H}")
from peewee_async import PooledMySQLDatabase; PooledMySQLDatabase("app", host="{H}")
from tortoise import Tortoise; Tortoise.init(db_url="postgres://u@{H}:5432/app")
from tortoise.contrib.fastapi import register_tortoise; register_tortoise(app, db_url="mysql://u@{H}/app")
from tortoise.contrib.fastapi import RegisterTortoise; RegisterTortoise(app, db_url="postgres://u@{H}/app")
import databases; databases.Database("postgresql+postgres://u@{H}/app")
from databases import DatabaseURL; DatabaseURL("postgresql://u@{H}/app")
import dataset; dataset.connect("postgresql://u@{H}/app")
import records; records.Database("postgres://u@{H}/app")
import dj_database_url; dj_database_url.parse("postgres://u@{H}/app")
import dj_database_url; dj_database_url.config(default="postgres://u@{H}/app")
from pony.orm import Database; Database("postgres", user="u", host="{H}")
from pony.orm import Database; db = Database(); db.bind(provider="mysql", host="{H}")
import ibis; ibis.postgres.connect(host="{H}", database="app")
""",
    "operations": f"""
import requests; requests.get("http://{OP}:8008/patroni")
import requests; requests.post("http://{OP}:8008/switchover", json={{}})
import requests; requests.put("http://{OP}:8008/x")
import requests; requests.patch("http://{OP}:8008/config")
import requests; requests.delete("http://{OP}:8008/x")
import requests; requests.head("http://{OP}:8008/primary")
import requests; requests.options("http://{OP}:8008/")
import requests; requests.request("GET", "http://{OP}:8008/cluster")
import requests; s = requests.Session(); s.get("http://{OP}:8008/")
import requests; s = requests.Session(); s.request("GET", "http://{OP}:8008/")
import httpx; httpx.get(url="http://{OP}:9100/metrics")
import httpx; httpx.stream("GET", "http://{OP}:9100/metrics")
import aiohttp; session = aiohttp.ClientSession(); session.get("http://{OP}:8008/")
import aiohttp; session = aiohttp.ClientSession(); session.request("GET", "http://{OP}:8008/")
import urllib3; urllib3.PoolManager().request("GET", "http://{OP}:8008/")
from urllib.request import urlopen; urlopen("http://{OP}:8008/health")
import urllib.request; urllib.request.Request("http://{OP}:8008/health")
import http.client; http.client.HTTPConnection("{OP}", ⟦8008⟧)
import http.client; http.client.HTTPSConnection("{OP}")
import paramiko; ssh = paramiko.SSHClient(); ssh.connect("{OP}", username="root")
import paramiko; paramiko.Transport(("{OP}", ⟦22⟧))
import asyncssh; asyncssh.connect("{OP}")
from fabric import Connection; Connection("root@{OP}")
from fabric import SerialGroup; SerialGroup("{OP}")
from fabric import ThreadingGroup; ThreadingGroup("{OP}")
from netmiko import ConnectHandler; ConnectHandler(device_type="linux", host="{OP}")
from sshtunnel import SSHTunnelForwarder; SSHTunnelForwarder(("{OP}", ⟦22⟧), ssh_username="u")
from sshtunnel import open_tunnel; open_tunnel("{OP}", ssh_port=22)
import socket; socket.create_connection(("{OP}", ⟦5432⟧), timeout=3)
import socket; s = socket.socket(); s.connect(("{OP}", 5432))
import socket; s = socket.socket(); s.connect_ex(("{OP}", 5432))
import socket; socket.gethostbyname("{OP}")
import socket; socket.getaddrinfo("{OP}", 5432)
import asyncio; asyncio.open_connection("{OP}", 5432)
import telnetlib; telnetlib.Telnet("{OP}", 6379)
import ping3; ping3.ping("{OP}")
import icmplib; icmplib.ping("{OP}")
from redis.sentinel import Sentinel; Sentinel([("{OP}", ⟦26379⟧)], socket_timeout=1)
from valkey.sentinel import Sentinel; Sentinel([("{OP}", 26379)])
""",
}

NEGATIVE = {
    "postgresql": f"""
psycopg2.connect(host="{NAME}")
from .drivers import psycopg2; psycopg2.connect(host="{NAME}")
import psycopg2; psycopg2.connect(host=settings.host)
import psycopg2; psycopg2.connect(host="localhost")
import psycopg2; psycopg2.extras.register_uuid(name="10.0.0.121")
import asyncpg; other.connect("10.0.0.121")
""",
    "mysql": f"""
import pymysql; connect("10.0.0.121", "u", "made-up")
import pymysql; pymysql.escape_string("10.0.0.121")
import mysql.connector; client.connect(host="{NAME}")
import MySQLdb; MySQLdb.connect("127.0.0.1", "u", "made-up", "app")
""",
    "mongodb": """
from mockmongo import MongoClient; MongoClient("10.0.0.121", 27017)
import pymongo; MongoClient("10.0.0.121", 27017)
import pymongo; pymongo.MongoClient()
import pymongo; pymongo.ReadPreference("10.0.0.121")
""",
    "redis": f"""
from fakeredis import StrictRedis; StrictRedis("10.0.0.121")
import redis; cache = redis.Redis(host=url); cache.get("10.0.0.121")
import redis; redis.Redis(host="localhost", port=6379)
import redis; r.sadd("10.0.0.121")
Redis(host="{NAME}")
""".replace('Redis(host="«10.0.0.121|only=name»")', 'Cache(host="«10.0.0.121|only=name»")'),
    "sqlserver": f"""
import pyodbc; pyodbc.drivers("10.0.0.121")
import pyodbc; pyodbc.connect("DSN=app;UID=u")
import pymssql; x.connect(server="{NAME}")
import pymssql; pymssql.connect("localhost", "u", "made-up")
""",
    "oracle": """
makedsn("10.0.0.121", 1521)
import oracledb; oracledb.init_oracle_client("10.0.0.121")
import oracledb; oracledb.connect(user="u", password="made-up", dsn=dsn)
""",
    "cassandra": """
from dask.distributed import Cluster; Cluster(["10.0.0.121"])
from cassandra.cluster import Cluster; Cluster()
from cassandra.cluster import Cluster; Cluster(["127.0.0.1"])
from cassandra.query import SimpleStatement; SimpleStatement("10.0.0.121")
""",
    "elasticsearch": """
from elasticsearch import Elasticsearch; Elasticsearch(cloud_id="10.0.0.121")
from elasticsearch import helpers; helpers.bulk("10.0.0.121")
Elasticsearch(["http://10.0.0.121:9200"])
from elasticsearch import Elasticsearch; es = Elasticsearch(); es.index("10.0.0.121")
""",
    "clickhouse": """
from httpclient import Client; Client("10.0.0.121")
from clickhouse_driver import Client; Client("localhost")
from clickhouse_driver import Client; c = Client(host); c.execute("10.0.0.121")
""",
    "mappers": """
from sqlalchemy import text; text("10.0.0.121")
from sqlalchemy import create_engine; create_engine("sqlite:///app.db")
from databases import Database; Database(url)
from yarl import URL; URL.create("postgresql", "u", "made-up", "10.0.0.121", 5433, "app")
""",
    "operations": """
get("http://10.0.0.121:8008/")
import requests; requests.codes("http://10.0.0.121:8008/")
import paramiko; client.connect("10.0.0.121")
import socket; socket.create_connection((host, 5432))
""",
}


def _lines(samples: dict[str, str]) -> list[str]:
    return [line for text in samples.values() for line in text.strip().splitlines()]


@pytest.mark.parametrize("line", _lines(POSITIVE))
def test_a_call_of_a_client_is_found(line: str) -> None:
    check(extract, f"{line}\n", path="a.py", comment="#")


@pytest.mark.parametrize("line", _lines(NEGATIVE))
def test_a_call_that_only_looks_like_a_client_is_none(line: str) -> None:
    check(extract, f"{line}\n", path="a.py", comment="#")


def test_every_row_has_a_sample() -> None:
    texts = [
        e.text for line in _lines(POSITIVE) for ref in check(extract, line, path="a.py").refs for e in ref.evidence
    ]
    seen = {text.partition("(")[0] for text in texts}
    rows = {row.name for row in (*CLIENTS.values(), *OPERATIONS.values())}
    assert sorted(rows - seen - _ALIKE) == []


# Rows of the same signature under a name that a sample of another row already shows.
_ALIKE = {
    f"{package}.{name}"
    for package in ("requests", "httpx", "aiohttp", "urllib3")
    for name in ("get", "post", "put", "patch", "delete", "head", "options", "request", "stream")
} | {"urllib.Request", "urllib2.urlopen", "urllib2.Request", "httplib.HTTPConnection", "httplib.HTTPSConnection"}


def test_every_family_has_three_samples_of_both_kinds() -> None:
    assert POSITIVE.keys() == NEGATIVE.keys()
    for samples in (POSITIVE, NEGATIVE):
        assert min(len(text.strip().splitlines()) for text in samples.values()) >= 3


def test_a_path_without_a_package_is_no_client() -> None:
    assert client_of("connect") is None
    assert client_of("") is None
    assert client_of("redis.Redis().get") is None
    assert client_of("redis.Redis().from_url") is not None
