"""Hosts under names: dictionaries, assignments, fields, look-ups; and names that are none of a database's."""

import pytest

from analyzer.extract.python import extract
from tests.kit import check

FOUND = [
    # assignments
    'DB_HOST = "«10.0.0.121|clue=key»"\n',
    'DB_HOST = "«10.0.0.121|clue=key,port=5433»"\nDB_PORT = ⟦5433⟧\n',
    'DATABASE_URL = "postgresql://u:made-up@«10.0.0.121|clue=dsn+key,port=5432»:⟦5432⟧/app"\n',
    'PG_HOST = a.get("h") or os.environ.get("PG_HOST", "«10.0.0.121|clue=key»")\n',
    'PRIMARY = "«10.0.0.122|only=name,intent=write»"\n',
    'class Config:\n    DB_HOST = "«10.0.0.121|clue=key,port=5433»"\n    DB_PORT = "⟦5433⟧"\n',
    'class RedisConfig:\n    host = "«10.0.0.121|clue=key»"\n',
    'class S(BaseSettings):\n    db_host: str = "«10.0.0.121|clue=key,port=5433»"\n    db_port: int = ⟦5433⟧\n',
    'class S(BaseSettings):\n    db_host: str = Field("«10.0.0.121|clue=key»", env="PGHOST")\n',
    'class S(BaseSettings):\n    db_host: str = Field(default="«10.0.0.121|clue=key»")\n',
    '@dataclass\nclass S:\n    pg_host: str = field(default_factory=lambda: "«10.0.0.121|clue=key»")\n',
    'def connect(db_host="«10.0.0.121|clue=key,port=5433»", db_port=⟦5433⟧):\n    pass\n',
    'def connect(*, db_host: str = "«10.0.0.121|clue=key»"):\n    pass\n',
    'class A:\n    def __init__(self):\n        self.db_host = "«10.0.0.121|clue=key»"\n',
    'settings.DB_HOST = "«10.0.0.121|clue=key,port=5433»"\nsettings.DB_PORT = ⟦5433⟧\n',
    'os.environ["PGHOST"] = "«10.0.0.121|clue=key,port=5433»"\nos.environ["PGPORT"] = "⟦5433⟧"\n',
    'app.config["SQLALCHEMY_DATABASE_URI"] = "mysql+pymysql://u@«10.0.0.121|clue=dsn+key»/app"\n',
    'config["db"]["host"] = "«10.0.0.121|clue=key»"\n',
    'CASSANDRA_HOSTS = ["«10.0.0.120|clue=key,group=2»", "«10.0.0.121|clue=key,group=2»"]\n',
    # dictionaries
    (
        "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'app',\n"
        "    'HOST': '«db1.corp.internal|clue=key,port=5433,engine=postgresql»', 'PORT': '⟦5433⟧'}}\n"
    ),
    (
        "DATABASES = {'default': {'HOST': '«10.0.0.121|hidden=the environment variable DB_PORT»',\n"
        "    'PORT': os.environ.get('DB_PORT')}}\n"
    ),
    "CACHES = {'default': {'BACKEND': 'django_redis.cache.RedisCache', 'LOCATION': 'redis://«10.0.0.121|clue=dsn»:6379/1'}}\n",
    "PG = {'postgres': {'host': '«10.0.0.121|clue=key»'}}\n",
    "HOSTS = {'postgres': '«10.0.0.121|clue=key»'}\n",
    "c = {'type': 'postgres', 'host': '«10.0.0.121|clue=key»', 'port': 5432}\n",
    "c = {'db': {'host': lambda: _get('PG_HOST', '«10.0.0.121|clue=key»')}}\n",
    "c = dict(db_host='«10.0.0.121|clue=key»', db_port=⟦5433⟧)\n",
    "env = [{'name': 'DB_HOST', 'value': '«10.0.0.121|clue=key»'}]\n",
    "env = [('DB_HOST', '«10.0.0.121|clue=key»'), ('DB_PORT', '⟦5433⟧')]\n",
    "def get_db_config():\n    return {'host': '«10.0.0.121|clue=key»', 'port': 5432}\n",
    "c = {'host': '«10.0.0.121|only=name+port,port=5432»', 'port': 5432}\n",
    "H = '«10.0.0.121|clue=key,flow»'\nDB = {'host': H}\n",
    # calls
    'os.getenv("PGHOST", "«10.0.0.121|clue=key,port=5433»")\nos.getenv("PGPORT", "⟦5433⟧")\n',
    'os.environ.get("REDIS_HOST", default="«10.0.0.121|clue=key»")\n',
    'os.environ.setdefault("PGHOST", "«10.0.0.121|clue=key»")\n',
    'config("DB_HOST", default="«10.0.0.121|clue=key»")\n',
    'env.str("DB_HOST", "«10.0.0.121|clue=key»")\n',
    'env.db("DATABASE_URL", default="postgres://u@«10.0.0.121|clue=dsn+key»/app")\n',
    'cfg.get("database", "host", fallback="«10.0.0.121|clue=key»")\n',
    'getattr(settings, "DB_HOST", "«10.0.0.121|clue=key»")\n',
    'lookup("mysql-host", "«10.0.0.121|clue=key»")\n',
    (
        'parser.add_argument("-H", "--db-host", default="«10.0.0.121|clue=key»", help="where it is")\n'
        'parser.add_argument("--db-port", type=int, default=⟦5433⟧)\n'
    ),
    '@click.option("--pg-host", default="«10.0.0.121|clue=key»")\ndef f(pg_host):\n    pass\n',
    'PostgresConfig(host="«10.0.0.121|clue=key,port=5433»", port=⟦5433⟧)\n',
    'Settings(db_host="«10.0.0.121|clue=key»")\n',
    'V1EnvVar(name="DB_HOST", value="«10.0.0.121|clue=key»")\n',
    'run(environment={"PGHOST": "«10.0.0.121|clue=key»"})\n',
]
NOTHING = [
    'VERSION = "10.0.0.121"\n',
    '_GDB_NAME = "10.0.0.121"\n',
    'DB_HOST = os.environ["DB_HOST"]\n',
    'DB_HOST = "localhost"\n',
    'DB_HOST = ""\n',
    'DB_HOST = "{{ db_host }}"\n',
    'DB_NAME = "orders"\nDB_USER = "u"\n',
    'SMTP = {"username": "10.0.0.121"}\n',
    'os.getenv("VERSION", "10.0.0.121")\n',
    'parser.add_argument("--db-port", default=5432)\n',
    'x = "connect to the database on 10.0.0.121"\n',
    "assert address == '10.0.0.121'\n",
    'ALLOWED_VERSIONS = ["10.0.0.121"]\n',
]
UNCERTAIN = [
    'HOST = "«10.0.0.121|only=name»"\n',
    'server.bind(host="«10.0.0.121|only=name»")\n',
    'c = {"host": "«10.0.0.121|only=name»"}\n',
]


@pytest.mark.parametrize("sample", FOUND)
def test_a_host_under_a_name_is_found(sample: str) -> None:
    check(extract, sample, path="a.py", comment="#")


@pytest.mark.parametrize("sample", NOTHING)
def test_other_names_hold_none(sample: str) -> None:
    check(extract, sample, path="a.py", comment="#")


@pytest.mark.parametrize("sample", UNCERTAIN)
def test_a_name_alone_is_no_database(sample: str) -> None:
    check(extract, sample, path="a.py", comment="#")
