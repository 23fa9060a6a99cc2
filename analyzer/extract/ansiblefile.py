"""Files below `group_vars` and `host_vars`, whatever they are called: Ansible reads `host_vars/app1.corp.org` as YAML.

What does not look like YAML (a README, a script) is searched like any text.
"""

import re
from dataclasses import replace

from analyzer.extract import text, yaml
from analyzer.model import Extraction
from analyzer.source import SourceFile

_LOOK = re.compile(
    r"(?:[ \t]{0,80}(?:#[^\n]{0,2000})?\r?\n){0,200}"
    r"(?:---|%YAML|\$ANSIBLE_VAULT|\{|[\"']?[A-Za-z_][\w.\-: ]{0,127}[\"']?:(?:[ \t\r\n]|\Z))"
)
_DOCUMENTS = (".md", ".rst", ".txt", ".j2", ".sh", ".py", ".gpg", ".bak")


def extract(source: SourceFile) -> Extraction:
    """Hosts of a file of variables."""
    if source.path.lower().endswith(_DOCUMENTS) or not _LOOK.match(source.text):
        return text.extract(source)
    # The ending is a host's, and says nothing about the file: `.org` is no document here.
    found = yaml.extract(SourceFile(f"{source.path}.yml", source.data))
    return replace(found, problems=tuple(replace(problem, path=source.path) for problem in found.problems))
