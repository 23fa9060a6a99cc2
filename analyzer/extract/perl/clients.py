"""Tables of Perl's modules and functions: which connect to a database, which administer, which write for people.

Names are those of the modules' own documentation on CPAN: DBI, DBIx::*, Mojo::*, Redis, MongoDB, Search::Elasticsearch.
"""

from dataclasses import dataclass

from analyzer.model import Engine


@dataclass(frozen=True, slots=True)
class Client:
    """How the constructor of a client takes its server: by keys, or as its first argument (`first`, `dsn`)."""

    engine: Engine | None = None
    host: frozenset[str] = frozenset({"host", "hostname", "server"})
    port: frozenset[str] = frozenset({"port"})
    first: bool = False
    dsn: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DSN = Client(host=frozenset(), dsn=True)
_MONGO, _REDIS = Client(Engine.MONGODB, first=True), Client(Engine.REDIS)
_SEARCH = Client(Engine.ELASTICSEARCH, _words("nodes servers host"))

CONNECTS: dict[str, Client] = {
    **dict.fromkeys(_words("DBI->connect DBI->connect_cached DBIx::Simple->connect DBIx::Simple->new"), _DSN),
    **dict.fromkeys(_words("DBIx::Connector->new AnyEvent::DBI->new DBIx::Sunny->connect DBIx::Handler->new"), _DSN),
    "Mojo::Pg->new": Client(Engine.POSTGRESQL, frozenset(), dsn=True),
    **dict.fromkeys(_words("Mojo::mysql->new Mojo::mysql->strict_mode"), Client(Engine.MYSQL, frozenset(), dsn=True)),
    **dict.fromkeys(_words("Mysql->connect Mysql->Connect"), Client(Engine.MYSQL, first=True)),
    "Net::MySQL->new": Client(Engine.MYSQL),
    **dict.fromkeys(_words("MongoDB->connect MongoDB::MongoClient->new MongoDB::Connection->new"), _MONGO),
    **dict.fromkeys(_words("Redis->new Redis::Fast->new Redis::hiredis->new Redis::Client->new"), _REDIS),
    **dict.fromkeys(_words("RedisDB->new RedisDB->connect AnyEvent::Redis->new Cache::Redis->new"), _REDIS),
    **dict.fromkeys(_words("Mojo::Redis->new Mojo::Redis2->new"), Client(Engine.REDIS, _words("url server"), dsn=True)),
    **dict.fromkeys(_words("Search::Elasticsearch->new ElasticSearch->new Search::OpenSearch->new"), _SEARCH),
    "Cassandra::Client->new": Client(Engine.CASSANDRA, frozenset({"contact_points"})),
    **dict.fromkeys(_words("ClickHouse->new HTTP::ClickHouse->new"), Client(Engine.CLICKHOUSE)),
}
"""Constructors of database clients."""

OPERATES = _words(
    "Net::SSH Net::SSH2 Net::SSH::Perl Net::SSH::Expect Net::OpenSSH Net::SFTP Net::SFTP::Foreign Net::SCP Net::FTP "
    "Net::Telnet Net::Ping Net::SNMP Net::LDAP Net::SMTP LWP::UserAgent LWP::Simple HTTP::Tiny HTTP::Request "
    "Mojo::UserAgent REST::Client IO::Socket IO::Socket::INET IO::Socket::IP IO::Socket::SSL Rex Expect Socket"
)
"""Modules that administer, probe, or talk something else than a database's language."""

TARGETS = _words("host hostname peeraddr peerhost server base_url url uri address destination")
"""Keys, in lower case, under which such modules take a server."""

MESSAGES = _words(
    "print printf say die warn croak carp confess cluck diag note ok is isnt like unlike is_deeply cmp_ok pass fail "
    "BAIL_OUT logger log debug syslog usage pod2usage error ->info ->debug ->warn ->warning ->error ->fatal ->trace "
    "->log ->notice ->critical ->logdie ->add_message ->set_message"
)
"""Texts for people."""

COMMANDS = _words("system exec ` readpipe capture capturex systemx run open run3 IPC::System::Simple::capture")
"""What they get is a command line, or a program with its arguments."""

HANDED = _words("return push unshift join sprintf")
"""What they get goes on."""

SCREENS = _words("STDOUT STDERR")
"""Where `print` shows its text to people."""

CONFIGURES = _words("Set set Readonly")
"""`Set($DatabaseHost, 'value')`: an assignment."""
