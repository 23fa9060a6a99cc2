r"""What a file must hold if a database connection stands in it whose host no policy names. Tables only.

A file passes by one of `ALONE`, or by one of `SUBJECTS` (it speaks of a database) together with one of `PLACES` (it
says where something is). The tables must not be narrower than the extractors: they may let through too much, that
costs time only. They are read without regard to case, and keep to the syntax that `re`, RE2 and Hyperscan read alike:
no look-around, no `.`, no `\s`, no `\b`, bounded repeats.
"""

_ROLES = (
    rb"(?:host|addr|server|endpoint|node|seed|contact|dsn|conn|ur[il]|primary|master|leader|writer|reader|replica|slave"
    rb"|standby|secondar|follower|[_.-]ip)"
)
_AUTHORITY = rb"(?:\\?:\\?/\\?/|%3a%2f%2f)"  # as it stands, or with the escapes of JSON, properties and URLs
_DATABASE = rb"(?:db|sql|dsn|data[_.-]?(?:base|source|store))"

ENCODED = (
    rb"kind[\"']?[ \t]{0,8}:[ \t\r\n]{0,40}[\"']?(?:sealed)?secret",
    rb"!!binary|yaml\.org,2002:binary",
)
"""Base64 hides what its values are: a manifest with Secrets passes whatever it holds."""

HIDDEN = (
    rb"ENC[\[(][A-Z0-9]|\$ANSIBLE_VAULT;|\{cipher\}|\{\{resolve:|encrypted:[A-Z0-9+/=]{8}",
    rb"encrypteddata[\"']?[ \t]{0,8}:|remoteref[\"']?[ \t]{0,8}:|secretproviderclass|secrets\.hashicorp\.com",
    rb"(?:vault|ref\+[a-z]{2,24}):[a-z/]|<path:|op://|@microsoft\.keyvault\(",
)
"""What hides a value, or says where it is kept: nothing else of such a file has to be of interest."""

EXCEPTIONS = (rb"analyzer:[ \t]{0,8}ignore",)
"""An exception that nothing needs, or that cannot be read, stands in files without any host."""

ALONE = (
    # connection strings; of a scheme its last word is enough
    (
        rb"(?:sql|postgres|postgis|p[gq]|pgx|edb|db|redis|sentinel|cache|valkey|oracle|cassandra|scylla|search|clickhouse"
        rb"|ch|timescale|ms|gis|cluster)[a-z0-9]{0,3}" + _AUTHORITY
    ),
    rb"[a-z0-9][+:][a-z0-9_]{1,24}" + _AUTHORITY,
    rb"(?:jdbc|r2dbcs?)\\?:",
    rb"@(?:tcp|unix)?6?\([a-z0-9_.\[]",
    rb"(?:dbname|hostaddr)[ \t]{0,3}=",
    rb"(?:^|[^a-z0-9_])host[ \t]{0,3}=[ \t]{0,3}[\"']?[a-z0-9_.:,\[\]-]{1,255}[\"']?[ \t]{1,3}[a-z_]{2,24}[ \t]{0,3}=",
    rb"(?:server|host|addr(?:ess)?)[ ]{0,2}=[ ]{0,2}[a-z0-9_.:\\,()\[\]-]{1,255};[ ]{0,2}[a-z]",
    rb"data source[ ]{0,2}=",
    rb"(?:mysql|pgsql|sqlsrv|dblib|odbc|oci):[a-z0-9_]{0,20}[:;]?[a-z]{0,20}=",
    rb"(?:^|[^a-z0-9_])dbi:[a-z$]",
    rb"\(host[ \t]{0,3}=",
    rb":[ ]{0,2}(?:6379|6380|26379)[,\"'](?:[a-z0-9]|[ ]{0,2}password)",
    # keys
    _DATABASE + rb"[a-z0-9_.-]{0,20}" + _ROLES,
    _ROLES + rb"[a-z0-9_.-]{0,20}" + _DATABASE,
    rb"(?:^|[^a-z])(?:pg[a-z]{0,8}|es)[_.-]?(?:" + _ROLES + rb"|ip(?:s|addr(?:ess)?)?[^a-z])",
    _DATABASE + rb"(?:m?s)?ip(?:s|addr(?:ess)?)?[^a-z]",
    rb"contact[_.-]?point",
    # client programs
    (
        rb"(?:psql|pg_(?:dump|dumpall|restore|basebackup|isready|amcheck|repack|prove)|pgcli|pgbench|pgloader|iredis|osql"
        rb"|(?:create|drop|vacuum|reindex|cluster)(?:db|user)|mysql[a-z]{0,8}|mycli|mydumper|myloader|mariadb[a-z-]{0,12}"
        rb"|(?:redis|valkey|keydb)-[a-z]{3,9}|mongo[a-z]{0,8}|sqlcmd|mssql-cli|clickhouse-[a-z]{5,9}|cqlsh|dsbulk|sqlplus"
        rb"|sqlldr)[\"',\]]{0,3}[ \t\\,]"
    ),
    # cmdlets: Invoke-Sqlcmd, Connect-DbaInstance
    rb"(?:sql|server)instance|-dba[a-z]{3,32}[ \t`]|-(?:ms)?sql(?:cmd2?|[a-z]{0,8}data[a-z]{0,8})?[ \t`]",
    rb"(?:^|[^a-z])(?:bcp|expdp|impdp|rman)[\"',\]]{0,3}[ \t\\,]",
    # files of clients: .pgpass, pg_service.conf
    rb"(?:^|[\r\n])(?:[a-z0-9_.-]|\\:){1,255}:(?:[0-9]{1,5}|\*):[^:\r\n]{1,63}:[^:\r\n]{1,63}:[^\r\n]",
    rb"(?:^|[\r\n])host(?:addr)?=[a-z0-9_.:,-]{1,255}[\r\n]{1,2}(?:port|user|password|sslmode)=",
)

SUBJECTS = (
    (
        rb"postgre|pgsql|psql|mysql|maria|mongo|redis(?:[^tc]|cache|cli|con)|valkey|keydb|mssql|sqls(?:erver|rv)|oracle"
        rb"|cassandra|datastax|scylla|elastic|opensearch|clickhouse|timescale|cockroach|percona|psycopg|asyncpg|pg8000|libpq|jedis"
        rb"|pgbouncer|pytds|piccolo|peewee|pony|tortoise|gocql|cqlsess|tiberius|oci8|oci_p?connect|known_node"
    ),
    rb"redis$",
    rb"(?:^|[^a-z])(?:pg|db)s?[0-9]{0,2}(?:[_\"'\]:={(\[-]|[ \t]{1,4}[:={(\[])",
    rb"data[_.-]?(?:base|source|store)|jdbc|odbc|sqlalchemy",
    rb"\[(?:client[a-z0-9_-]{0,40}|connection)\]|tds version",  # .my.cnf, cqlshrc, freetds.conf
    rb"(?:import|from|require)[ \t(\"']{1,4}(?:pg|dse|arq|huey|infi|asynch|records|dataset|ibis)",
)

PLACES = (
    (
        rb"(?:(?:host|server|node)(?:s|names?|addr)?|addr(?:s|ess(?:es)?)?|seeds?|points?|dsns?|ur[il]s?|endpoints?"
        rb"|conn(?:info|ect(?:ion)?)?(?:[_-]?str(?:ing)?s?)?|masters?|leader|writer|reader|replicas?|slaves?|primary"
        rb"|standby|secondar(?:y|ies)|followers?|ip(?:s|addr(?:ess)?)?)(?:(?:for|by)[a-z]{1,24})?(?:_[a-z0-9]{1,12})?"
        rb"[0-9]{0,3}[\"'\]})]{0,3}[ \t:=(,|?>\r\n]"
    ),
    (
        rb"(?:connect(?:ion)?|client|cluster|pool|database|db|engine|redis|valkey|search|mysqli?|makedsn|session|settings"
        rb"|jedis|sentinel|pymongo|parse|config|bind|setup|create|init)[a-z0-9_]{0,8}[ \t]{0,3}\("
    ),
    rb"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}",
)
