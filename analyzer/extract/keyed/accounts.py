"""Accounts by which a cluster is run, watched and backed up: who logs in by them is no application.

An exporter, Barman and an administrator each have an account of their own, for the very server they are about. One for
replication tells nothing: consumers of changes, which must follow the leader, log in by it as well.
"""

import re

from analyzer.extract.keyed.vocabulary import DATABASE
from analyzer.extract.keyed.words import stripped, words
from analyzer.hosts import Parsed
from analyzer.model import Clue, Evidence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SERVANTS = _words(
    "monitor monitoring exporter zabbix nagios icinga datadog telegraf pgwatch pmm netdata checkmk pganalyze rewind "
    "barman pgbackrest mon pgmon dbmon healthcheck dba dbas dumper pgdump repmgr"
)
_FILLERS = _words("user usr role account streaming agent svc zbx ro mysqld stats")
_DUMPING = _words("backup backups dump dbdump dbbackup pgbackup postgres root admin")
_LONGEST = 63
WHY = Evidence(Clue.OPERATION, "an account of administration, monitoring or backup")
"""What is told about them; names of users are no business of a report."""
_URL = re.compile(r"://([^:@/?#\s]{1,63})(?::[^@/\s]{0,200})?@")
_LIBPQ = re.compile(r"(?<![\w])user[ \t]{0,4}=[ \t]{0,4}'?([^\s']{1,63})")


def servant(account: str) -> bool:
    """Whether an account is one of administration, monitoring or backup: `dba`, `postgres_exporter`, `barman`.

    Every word counts: `price-monitor` is an application.
    """
    own = [stripped(word) for word in words(account)] if len(account) <= _LONGEST else []
    known = all(word in _SERVANTS or word in _FILLERS or word in DATABASE for word in own)
    return known and any(word in _SERVANTS for word in own)


def backs_up(account: str) -> bool:
    """Whether an account that dumps databases is an administrator's: `backup`, `dba_dump`, the superuser."""
    return servant(account) or (len(account) <= _LONGEST and not _DUMPING.isdisjoint(words(account)))


def logged_in(parsed: Parsed, text: str) -> Evidence | None:
    """Why a connection string in `text` is administration, by the account that it names."""
    return WHY if parsed.dsn and servant(_account(parsed, text)) else None


def _account(parsed: Parsed, text: str) -> str:
    found = _LIBPQ.search(text, parsed.start) if parsed.form == "libpq" else _URL.search(text, parsed.start)
    return found[1] if found is not None else ""
