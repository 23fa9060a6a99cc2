"""Tables of cmdlets: which connect to a database, which work on servers, which print, write or run something.

Names and parameters know no case and stand here in small letters. Sources: the modules SqlServer 22, SimplySql 2,
dbatools 2, and PowerShell 7.4's own reference.
"""

from dataclasses import dataclass

from analyzer.model import Engine


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Cmdlet:
    """How a cmdlet that connects takes its server; `first`: also as the first word without a parameter.

    `insert`: how a missing port may be written; behind a comma it would be the second item of a list.
    """

    engine: Engine
    host: frozenset[str]
    port: frozenset[str] = frozenset({"-port"})
    dsn: frozenset[str] = frozenset({"-connectionstring"})
    first: bool = False
    insert: str = " -Port "


_SERVER = _words("-server -host -datasource -hostname -computername")
_INSTANCE = _words("-serverinstance -sqlinstance -server -sqlserver -datasource -instance")
_SQLSERVER = Cmdlet(Engine.SQLSERVER, _INSTANCE, insert="")
_DBATOOLS = Cmdlet(Engine.SQLSERVER, _words("-sqlinstance -source -destination"), first=True, insert="")

CONNECTS: dict[str, Cmdlet] = {
    **dict.fromkeys(
        _words("invoke-sqlcmd invoke-sqlcmd2 invoke-mssql read-sqltabledata write-sqltabledata"), _SQLSERVER
    ),
    **dict.fromkeys(_words("read-sqlviewdata get-sqldatabase backup-sqldatabase restore-sqldatabase"), _SQLSERVER),
    "open-sqlconnection": _SQLSERVER,
    "open-mysqlconnection": Cmdlet(Engine.MYSQL, _SERVER),
    **dict.fromkeys(
        _words("open-postgreconnection open-postgresqlconnection open-postgresconnection"),
        Cmdlet(Engine.POSTGRESQL, _SERVER),
    ),
    "open-oracleconnection": Cmdlet(Engine.ORACLE, _SERVER),
    **dict.fromkeys(
        _words("connect-dbainstance connect-dbasqlserver invoke-dbaquery invoke-dbasqlquery write-dbadbtabledata"),
        _DBATOOLS,
    ),
    **dict.fromkeys(_words("write-dbadatatable import-dbacsv copy-dbadbtabledata"), _DBATOOLS),
    **dict.fromkeys(_words("connect-mdbc"), Cmdlet(Engine.MONGODB, frozenset(), dsn=_words("-connectionstring"))),
}
"""Cmdlets that connect to a database as an application does."""

TYPES: tuple[tuple[str, Engine | None], ...] = (
    ("npgsql", Engine.POSTGRESQL),
    ("mysql", Engine.MYSQL),
    ("sqlclient", Engine.SQLSERVER),
    ("oracle", Engine.ORACLE),
    ("mongodb", Engine.MONGODB),
    ("odbc", None),
    ("oledb", None),
)
"""Types of .NET whose objects are connections, by a part of their names."""

SERVERS = _words("microsoft.sqlserver.management.smo.server smo.server")
"""Types that take a server of SQL Server by its name."""

TARGETS = _words(
    "test-netconnection tnc test-connection test-wsman resolve-dnsname enter-pssession new-pssession invoke-command "
    "icm new-cimsession restart-computer stop-computer new-sshsession new-sftpsession connect-pssession mstsc cmdkey "
    "psping tcping tcpclient gethostentry gethostaddresses beginconnect invoke-restmethod irm invoke-webrequest iwr "
    "start-bitstransfer downloadstring downloadfile"
)
"""Administration and requests over HTTP: a server may be any of their words that belongs to no other parameter."""

OPERATES = TARGETS | _words(
    "get-ciminstance get-wmiobject get-service restart-service start-service stop-service set-service get-process "
    "get-eventlog get-winevent get-counter invoke-sshcommand set-scpitem invoke-wmimethod invoke-cimmethod "
    "new-netfirewallrule set-netfirewallrule add-dnsserverresourcerecorda"
)
"""Administration."""

COMPUTERS = _words("-computername -cn")
TAKEN = COMPUTERS | _words(
    "-uri -url -targetname -hostname -host -name -address -remoteaddress -ipaddress -ipv4address -connectionuri "
    "-source -destination -server -serverinstance -sqlinstance -sqlserver -cimsession -session"
)
"""Parameters of such cmdlets that name a server."""

MESSAGES = _words(
    "write-host write-output write-verbose write-warning write-error write-debug write-information write-progress "
    "write-eventlog write-log write-message throw log out-host echo"
)
"""Texts for people."""

WRITES = _words("set-content add-content out-file tee-object sc ac new-item ni export-clixml")
"""What they get as a value is a text that goes into a file."""

RUNS = _words("invoke-expression iex cmd cmd.exe powershell powershell.exe pwsh pwsh.exe")
"""Their last word is a command line."""

LOOKS = _words("test restart stop start wait ping install register unregister remove enable disable get show find")
"""Verbs of cmdlets that no table holds which look after a server; others of a database's nouns connect."""

SILENT = _words("select-string where-object compare-object convertto-json convertfrom-json measure-object test-path =")
"""Neither takes a host anywhere."""
