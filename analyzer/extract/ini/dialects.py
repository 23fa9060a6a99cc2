"""Which INI files are known by name, and what their sections are: clients of a database, or a server of the cluster.

Tables only.
"""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Dialect:
    """A kind of file. `parents` stand above the keys of sections that fit `clients`; `servers` configure servers.

    Sections that fit neither pattern are read like those of any file. `drivers`: a section's driver tells its engine;
    `services`: a section is a keyword string of libpq.
    """

    globs: tuple[str, ...]
    parents: tuple[str, ...] = ()
    clients: str = ".*"
    servers: str = "(?!)"
    drivers: bool = False
    services: bool = False

    def serves(self, section: str) -> bool:
        """Whether a section configures a server."""
        return re.fullmatch(self.servers, section, re.IGNORECASE) is not None

    def parents_of(self, section: str) -> tuple[str, ...]:
        """What stands above the keys of a section because of the file's kind."""
        return self.parents if re.fullmatch(self.clients, section, re.IGNORECASE) else ()


# Option groups: https://dev.mysql.com/doc/refman/8.4/en/option-files.html, https://mariadb.com/kb/en/option-files/
_MYSQL_CLIENTS = r"client(?!-server).*|mysql(?!d(?!ump)).*|mariadb-[a-z].*"
_MYSQL_SERVERS = r"mysqld(?!ump).*|mariadb(?:d?(?:-\d.*)?)|server|galera|sst|garb|embedded|ndb.*|mysql_cluster"

DIALECTS: tuple[Dialect, ...] = (
    Dialect(("*.cnf", "my.ini"), ("mysql",), _MYSQL_CLIENTS, _MYSQL_SERVERS),
    Dialect(("*pg_service*.conf",), ("postgresql",), services=True),
    Dialect(("odbc.ini", ".odbc.ini", "odbc.ini.*"), drivers=True),
    Dialect(("freetds.conf", ".freetds.conf"), ("sqlserver",)),
    Dialect(("cqlshrc", ".cqlshrc"), ("cassandra",)),
    Dialect(("pgbouncer*",), clients="(?!)", servers="pgbouncer|users|peers"),
)
ANY = Dialect(("*",), clients="(?!)")

# Keys that tell a server about itself or the other members of its cluster, whatever the file is called.
_SERVER_KEYS = re.compile(
    r"primary_conninfo|(?:loose[_-])?group_replication_\w{1,64}|wsrep_\w{1,64}|bind[_-](?:address|ip)|report[_-]host"
    r"|replicaof|slaveof|listen_addr(?:ess(?:es)?)?|master[_-]?host",
    re.IGNORECASE,
)
ENVIRONMENT_KEYS = frozenset({"environment", "env", "envs", "setenv", "set_env", "set-env", "env_vars", "environ"})
COMMAND_KEYS = frozenset({"command", "cmd", "exec", "attach-daemon", "attach-daemon2", "script"})
_ENVIRONMENT_SECTION = re.compile(r"(?:env|environment|environ)(?:[:.\s].*)?", re.IGNORECASE)


def dialect_of(path: str) -> Dialect:
    """The kind of a file by its name; `path` is POSIX or a bare name."""
    name = path.rsplit("/", 1)[-1].lower()
    return next((row for row in DIALECTS if any(fnmatchcase(name, glob) for glob in row.globs)), ANY)


def of_server(key: str) -> bool:
    """Whether a key belongs to a server of a cluster."""
    return _SERVER_KEYS.fullmatch(key) is not None


def is_environment(section: str) -> bool:
    """Whether all keys of a section are environment variables of a program."""
    return _ENVIRONMENT_SECTION.fullmatch(section) is not None
