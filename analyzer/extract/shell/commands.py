"""Tables of the programs that scripts call beside database clients.

Administration, wrappers around other programs, shells, containers, and what sets up applications. Tables only.
"""

from dataclasses import dataclass
from enum import Enum


class Target(Enum):
    """Where an administration program takes hosts."""

    REMOTE = "[user@]host first, then a command that runs there"
    NAMED = "any word that can be a host"
    URLS = "addresses and URLs only"


_REMOTE = ("ssh", "mosh", "autossh", "rsh", "pdsh", "pssh", "parallel-ssh", "clush")
_NAMED = """
    scp sftp rsync rclone ping ping6 fping nc ncat netcat telnet nmap tcping traceroute tracepath mtr arping dig host
    nslookup getent resolvectl drill ssh-copy-id ssh-keyscan ssh-keygen sshfs ansible ansible-playbook ansible-console
    salt salt-ssh knife patronictl etcdctl pg_autoctl repmgr pgbackrest barman barman-cli wal-g pg_basebackup
    pg_receivewal pg_recvlogical pg_rewind pg_ctl pg_ctlcluster nodetool sstableloader mongod mongos orchestrator
    orchestrator-client proxysql-admin mha_manager garbd ufw iptables ip6tables nft firewall-cmd ip route tcpdump
    openssl snmpwalk snmpget showmount mount wakeonlan ipmitool keepalived haproxy consul vtysh virsh qm rdesktop
    xfreerdp wait-for-it wait-for-it.sh wait-for wait-for.sh dockerize check_pgsql check_postgres check_postgres.pl
    check_mysql check_tcp check_ping check_ssh check_nrpe check_http zabbix_get zabbix_sender pgmetrics pg_top
    pg_activity pt-heartbeat pt-table-checksum iperf iperf3
"""
_URLS = ("curl", "wget", "http", "https", "xh", "hey", "ab", "wrk", "promtool", "amtool")

OPERATIONS: dict[str, Target] = {
    **dict.fromkeys(_REMOTE, Target.REMOTE),
    **dict.fromkeys(_NAMED.split(), Target.NAMED),
    **dict.fromkeys(_URLS, Target.URLS),
}
"""Administration and monitoring programs."""

SSH_OPTIONS = "BbcDEeFIiJLlmOopQRSWw"
"""The options of ssh that take a value (OpenSSH 9)."""

SSH_TUNNELS = frozenset("JLRW")
"""Those of them that lead to another server."""


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A program that runs another: `options` take a value, `operands` stand before the program."""

    options: tuple[str, ...] = ()
    operands: int = 0


WRAPPERS: dict[str, Wrapper] = {
    "sudo": Wrapper(("-u", "-g", "-p", "-C", "-r", "-t", "-T", "-U", "-D", "-h", "--user", "--group")),
    "doas": Wrapper(("-u", "-C")),
    "env": Wrapper(("-u", "-C", "-S", "--unset", "--chdir")),
    "timeout": Wrapper(("-s", "-k", "--signal", "--kill-after"), 1),
    "gtimeout": Wrapper(("-s", "-k"), 1),
    "nice": Wrapper(("-n",)),
    "ionice": Wrapper(("-c", "-n", "-p")),
    "chrt": Wrapper((), 1),
    "taskset": Wrapper((), 1),
    "chroot": Wrapper((), 1),
    "flock": Wrapper(("-w", "-E", "--timeout"), 1),
    "stdbuf": Wrapper(("-i", "-o", "-e")),
    "xargs": Wrapper(("-a", "-d", "-E", "-I", "-L", "-n", "-P", "-s")),
    "gosu": Wrapper((), 1),
    "su-exec": Wrapper((), 1),
    "setpriv": Wrapper(("--reuid", "--regid")),
    "runuser": Wrapper(("-u", "-g", "-G", "-s")),
    "sshpass": Wrapper(("-f", "-d", "-p", "-P")),
    "watch": Wrapper(("-n", "--interval")),
    "retry": Wrapper(("-t", "-d", "-n")),
    "exec": Wrapper(("-a",)),
    "time": Wrapper(("-f", "-o")),
    **dict.fromkeys(
        ("nohup", "setsid", "command", "builtin", "unbuffer", "catchsegv", "torsocks", "busybox"), Wrapper()
    ),
}

SHELLS = frozenset({"sh", "bash", "dash", "ash", "ksh", "zsh"})
SHELL_TEXT = frozenset({"eval", "trap"})
"""Builtins whose arguments are shell text."""

SWITCHES = frozenset({"su", "runuser"})
"""Programs that take shell text behind `-c`."""

_CONTAINERS = """docker podman nerdctl docker-compose podman-compose kubectl oc k3s microk8s crictl lxc nomad buildah"""
CONTAINERS = frozenset(_CONTAINERS.split())
"""Programs that may run a client in a container, its words behind their own."""

DECLARES = frozenset({"export", "readonly", "local", "declare", "typeset"})
_QUIET = """
    echo printf print log logger info warn error die fail msg say test [ [[ : true false return exit shift unset read
    mapfile readarray grep sed awk tee cat head tail cut tr sort uniq wc basename dirname mkdir rm touch sleep date
"""
PRINTS = frozenset({"echo", "printf", "print"})
QUIET = frozenset(_QUIET.split())
"""Commands that do nothing with a host but show or compare it."""

EDITORS = frozenset({"sed", "perl", "grep", "egrep", "fgrep", "zgrep", "rg", "ag", "ack", "awk", "gawk"})
"""Programs that search for or replace a text: what only they take is no connection."""

PLACES: dict[str, str] = {
    **dict.fromkeys(("docker", "podman", "nerdctl", "docker-compose", "podman-compose"), "environment of a container"),
    **dict.fromkeys(("kubectl", "oc", "k3s", "microk8s"), "Secret, ConfigMap or environment set by {program}"),
    "helm": "values of a Helm release",
    "vault": "secret written by vault",
    "heroku": "environment of an application",
    "flyctl": "environment of an application",
    "fly": "environment of an application",
    "gcloud": "environment of an application",
    "az": "environment of an application",
    "aws": "environment of an application",
    "cf": "environment of an application",
    "dokku": "environment of an application",
    "systemd-run": "environment of a service",
    "terraform": "variables of Terraform",
    "tofu": "variables of Terraform",
}
"""Programs whose `KEY=VALUE` words feed applications, with what they set."""
