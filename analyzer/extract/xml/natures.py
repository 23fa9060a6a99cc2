"""What XML files and elements are for: tables of names. Nothing here reads a file."""

from collections.abc import Collection

from analyzer.model import Clue, Evidence

SILENT = frozenset(
    {"svg", "html", "schema", "stylesheet", "transform", "plist", "definitions", "TS", "xliff", "tmx", "rss", "feed"}
    | {"urlset", "testsuite", "testsuites", "test-run", "coverage", "checkstyle", "nmaprun", "manifest", "opml", "kml"}
    | {"LinearLayout", "RelativeLayout", "vector", "selector", "Relationships", "xmi", "XMI", "gpx", "mxfile"},
)
"""Roots of pictures, pages, schemas, translations, feeds and reports: no program is configured there."""

OWN_ROOTS = frozenset({"clickhouse", "yandex"})
"""Roots of a database server's own configuration: their names say nothing about the keys below."""

_INFRASTRUCTURE = {
    "cib": "Pacemaker cluster configuration",
    "zone": "firewall zone",
    "ipset": "firewall set",
    "opnsense": "firewall configuration",
    "pfsense": "firewall configuration",
    "domainsnapshot": "virtual machine",
    "ossec_config": "monitoring configuration",
    "datacollection-config": "monitoring configuration",
    "zabbix_export": "monitoring configuration",
}
_REGIONS = {
    "remote_servers": (Clue.INFRASTRUCTURE, "cluster definition remote_servers"),
    "ipSecurity": (Clue.INFRASTRUCTURE, "address restrictions ipSecurity"),
    "networks": (Clue.INFRASTRUCTURE, "address restrictions networks"),
    "ssh": (Clue.OPERATION, "ssh"),
    "sshexec": (Clue.OPERATION, "sshexec"),
    "sshConfig": (Clue.OPERATION, "sshConfig"),
    "scp": (Clue.OPERATION, "scp"),
    "sftp": (Clue.OPERATION, "sftp"),
    "ftp": (Clue.OPERATION, "ftp"),
    "telnet": (Clue.OPERATION, "telnet"),
    "fileTransfer": (Clue.OPERATION, "file transfer"),
    "syslog_output": (Clue.OPERATION, "syslog"),
}
_FEEDING = frozenset(
    {"Environment", "env-entry", "context-param", "init-param", "appSettings", "applicationSettings", "userSettings"}
    | {"environmentVariables", "environment-variables", "env", "systemProperties", "system-properties"}
    | {"systemPropertyVariables"},
)

_OPTIONS = ("argLine", "jvmArgs", "jvmarg", "jvmArguments", "vmArgs", "VM_PARAMETERS", "commandlineArgs")
SCRIPTS = {**dict.fromkeys(("command", "shell"), ""), **dict.fromkeys(_OPTIONS, "java ")}
"""Keys whose values are shell text, by what stands before them there."""


def nature_of(root: str, attributes: Collection[str]) -> Evidence | None:
    """What kind of infrastructure a whole file is, by the local name and the attributes of its root, or None."""
    name = _INFRASTRUCTURE.get(root)
    if root == "domain" and "type" in attributes:
        name = "virtual machine"  # of libvirt; application servers have domains as well
    return Evidence(Clue.INFRASTRUCTURE, name) if name else None


def region_of(element: str) -> Evidence | None:
    """What an element does with the hosts below it where it does not connect to them; None for all others."""
    found = _REGIONS.get(element)
    return Evidence(*found) if found else None


def feeding(element: str) -> tuple[Evidence, ...]:
    """That an application gets what stands in an element."""
    return (Evidence(Clue.PLACE, f"XML {element}"),) if element in _FEEDING else ()
