"""Names of variables that stand where a host could: source that no parser of ours reads."""

import pytest

from analyzer.hosts import uninteresting


@pytest.mark.parametrize("name", ["config.Host", "paramsUnsafe.Host", "this.dbHost", "settings.Database.Server"])
def test_a_member_of_an_object_is_no_host(name):
    assert uninteresting(name) == "a name in code"


@pytest.mark.parametrize(
    "name", ["db.corp.internal", "DB1.CORP.INTERNAL", "Db-Server.corp.internal", "db01.Corp.example.org"]
)
def test_names_of_hosts_stay(name):
    assert uninteresting(name) is None or "code" not in uninteresting(name)


@pytest.mark.parametrize("name", ["postgres-operator-2.0.1.tgz", "mysql-backup.sql.gz", "redis.conf"])
def test_a_file_is_no_host(name):
    assert uninteresting(name) == "file name"
