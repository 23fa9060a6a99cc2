"""The table of formats: which extractor reads which file.

An extractor module has `extract(source) -> Extraction`. It says where hosts stand and what the place is; it knows
no policy and judges nothing. Modules are named, not imported, so that a run pays only for the formats it meets.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib import import_module
from typing import cast

from analyzer.model import Extraction
from analyzer.source import SourceFile

Extract = Callable[[SourceFile], Extraction]


@dataclass(frozen=True, slots=True)
class Format:
    """One row: globs on the file's name (or on the whole path where they hold a slash) and who reads it.

    `semgrep` is the language under which the Semgrep engine reads the file as well.
    """

    name: str
    globs: tuple[str, ...]
    module: str
    semgrep: str | None = None

    def load(self) -> Extract:
        """The extractor's function."""
        return cast("Extract", import_module(f"analyzer.extract.{self.module}").extract)


FORMATS: tuple[Format, ...] = (
    # Before all others: `.env.j2` and `Dockerfile.tmpl` are templates first.
    Format(
        "template",
        ("*.j2", "*.jinja", "*.jinja2", "*.tpl", "*.gotmpl", "*.ctmpl", "*.tmpl", "*.tftpl", "*.erb", "*.epp"),
        "template",
    ),
    Format("dotenv", (".env", ".env.*", "*.env", ".envrc"), "dotenv"),
    Format("yaml", ("*.yaml", "*.yml", "*.sls"), "yaml"),
    Format("notebook", ("*.ipynb",), "notebook"),
    Format(
        "json",
        (
            "*.json",
            "*.jsonc",
            "*.json5",
            "*.jsonl",
            "*.sarif",
            "*.ndjson",
            "*.geojson",
            "*.tfstate",
            "*.tfstate.backup",
            "*.code-workspace",
            "*.json.template",
            "composer.lock",
            "Pipfile.lock",
            "deno.lock",
            "flake.lock",
        ),
        "json",
    ),
    Format(
        "toml",
        (
            "*.toml",
            "*.toml.template",
            "Pipfile",
            "Cargo.lock",
            "poetry.lock",
            "uv.lock",
            "pdm.lock",
            "Gopkg.lock",
            "mise.lock",
        ),
        "toml",
    ),
    Format("hocon", ("*.hocon", "application.conf", "reference.conf"), "hocon"),
    Format("python", ("*.py", "*.pyi", "*.pyw"), "python"),
    Format("javascript", ("*.js", "*.mjs", "*.cjs", "*.jsx"), "javascript", semgrep="javascript"),
    Format("typescript", ("*.ts", "*.mts", "*.cts", "*.tsx"), "javascript", semgrep="typescript"),
    Format("go", ("*.go",), "code", semgrep="go"),
    Format("java", ("*.java",), "code", semgrep="java"),
    Format("php", ("*.php", "*.phtml", "*.php[3-8]"), "code", semgrep="php"),
    Format("csharp", ("*.cs",), "code", semgrep="csharp"),
    Format("ruby", ("*.rb", "*.rake", "*.gemspec", "Rakefile", "Gemfile", "Capfile", "*.ru"), "code", semgrep="ruby"),
    Format("rust", ("*.rs",), "code", semgrep="rust"),
    Format("kotlin", ("*.kt", "*.kts"), "code", semgrep="kotlin"),
    Format("scala", ("*.scala", "*.sc", "*.sbt"), "code", semgrep="scala"),
    Format("shell", ("*.sh", "*.bash", "*.ksh", "*.zsh"), "shell"),
    Format("powershell", ("*.ps1", "*.psm1", "*.psd1"), "powershell"),
    Format("perl", ("*.pl", "*.pm", "*.PL", "*.t", "*.cgi", "*.psgi", "cpanfile"), "perl"),
    Format(
        "hcl",
        ("*.tf", "*.tofu", "*.hcl", "*.nomad", "*.tfvars", "*.tfvars.template"),
        "hcl",
    ),
    Format(
        "dockerfile",
        (
            "Dockerfile",
            "dockerfile",
            "Dockerfile.*",
            "Dockerfile-*",
            "Dockerfile_*",
            "*.Dockerfile",
            "*.dockerfile",
            "Containerfile",
            "Containerfile.*",
            "*.Containerfile",
        ),
        "dockerfile",
    ),
    Format(
        "xml",
        (
            "*.xml",
            "*.xml.j2",
            "*.xml.erb",
            "*.xml.tmpl",
            "*.xml.tpl",
            "*.xml.in",
            "*.xml.template",
            "*.config",
            "*.config.template",
            "*.config.transform",
            "*.csproj",
            "*.fsproj",
            "*.vbproj",
            "*.props",
            "*.targets",
            "*.pubxml",
            "*.settings",
            "*.dtsx",
            "*.dtsconfig",
            "*.dtsConfig",
            "*.edmx",
            "*.dbml",
            "*.rdl",
            "*.rds",
            "*.pom",
            "*.ktr",
            "*.kjb",
            "*.hpl",
            "*.hwf",
            "*.jmx",
            "*.jrxml",
            "*.plist",
            "*.svg",
            "*.xhtml",
            "*.xsd",
            "*.xsl",
            "*.xslt",
            "*.wsdl",
        ),
        "xml",
    ),
    Format("properties", ("*.properties",), "properties"),
    Format("systemd", ("*.service", "*.service.d/*.conf", "*.container", "*.container.d/*.conf"), "systemd"),
    Format("sql", ("*.sql", "*.psql", "*.pgsql", "*.ddl"), "sql"),
    Format("pgpass", (".pgpass", "pgpass", "pgpass.conf", "*.pgpass"), "pgpass"),
    Format("Oracle Net", ("tnsnames*.ora", "listener*.ora", "sqlnet*.ora"), "tnsnames"),
    Format("configuration", ("*.conf", "*.cnf", "*.cfg", "*.ini", "cqlshrc", ".cqlshrc", ".htaccess"), "conf"),
    Format("crontab", ("crontab", "*.crontab", "*.cron", "crontab.*", "cron.d/*", "*/cron.d/*"), "crontab"),
    Format(
        "environment file",
        (
            "etc/default/*",
            "*/etc/default/*",
            "etc/sysconfig/*",
            "*/etc/sysconfig/*",
            "etc/environment",
            "*/etc/environment",
        ),
        "environmentfile",
    ),
    Format("makefile", ("Makefile", "makefile", "GNUmakefile", "Makefile.*", "*.mk"), "makefile"),
    Format("procfile", ("Procfile", "Procfile.*"), "procfile"),
    # Languages without a reader of their own: rows whose key names a database, clients, connection strings.
    Format("puppet", ("*.pp",), "text"),
    Format("batch", ("*.bat", "*.cmd"), "text"),
    Format("groovy", ("*.groovy", "*.gradle", "Jenkinsfile", "Jenkinsfile.*", "*.jenkinsfile"), "text"),
    Format("nix", ("*.nix",), "text"),
    Format("sample", ("*.template",), "template"),
    # Behind all others: a host may be called app1.corp.org, and a group anything.
    Format("ansible", ("group_vars/*", "*/group_vars/*", "host_vars/*", "*/host_vars/*"), "ansiblefile"),
)
TEXT = Format("text", ("*",), "text")
# One object of a running system: it stands in no file.
LIVE = Format("live object", (), "live")
_FIELD = rb"[\d*,/\-]{0,20}[ \t]{1,8}"
_DAYS = rb"(?:[*\d]" + _FIELD + rb"|[A-Za-z]{3}[ \t]{1,8})"
_SCHEDULE = re.compile(rb"^(?:[*\d]" + _FIELD + rb"){3}" + _DAYS + rb"{2}[a-z./]", re.MULTILINE)
_SAMPLES = (".example", ".sample", ".dist", ".default")  # config.php.dist is copied to config.php


def format_of(path: str, head: bytes) -> Format:
    """The row for a path, by its name first and by what its start shows second; `TEXT` where none fits."""
    bare = next((path.removesuffix(end) for end in _SAMPLES if path.endswith(end)), path)
    found = _by_name(path) or _by_name(bare) or _by_shebang(head) or _by_declaration(head)
    return found or _by_schedule(path, head) or TEXT


def _by_name(path: str) -> Format | None:
    name = path.rsplit("/", 1)[-1]
    return next(
        (row for row in FORMATS if any(fnmatchcase(path if "/" in glob else name, glob) for glob in row.globs)), None
    )


def format_named(name: str) -> Format:
    """The row with this name. Raises StopIteration for a name that is in no row."""
    return next(row for row in (*FORMATS, TEXT, LIVE) if row.name == name)


def _by_shebang(head: bytes) -> Format | None:
    line = head.split(b"\n", 1)[0][:200]
    if not line.startswith(b"#!"):
        return None
    words = line[2:].replace(b"/", b" ").split()
    names = dict.fromkeys(("sh", "bash", "dash", "ash", "ksh", "zsh"), "shell")
    names |= {"python": "python", "python3": "python", "node": "javascript", "pwsh": "powershell", "perl": "perl"}
    found = next((names[w.decode()] for w in words if w.isascii() and w.decode() in names), None)
    return next((row for row in FORMATS if row.name == found), None)


def _by_declaration(head: bytes) -> Format | None:
    found = head.removeprefix(b"\xef\xbb\xbf").startswith(b"<?xml")
    return next((row for row in FORMATS if row.name == "xml"), None) if found else None


def _by_schedule(path: str, head: bytes) -> Format | None:
    """A crontab by one of its lines; its name has no ending then, as cron wants it."""
    found = "." not in path.rsplit("/", 1)[-1] and _SCHEDULE.search(head) is not None
    return next((row for row in FORMATS if row.name == "crontab"), None) if found else None
