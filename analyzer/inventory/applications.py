"""Which application a place belongs to: the workload where the evidence names one, the chart, or a folder.

A guess that is always the same; it is shown with the path beside it.
"""

import re
from collections.abc import Sequence

from analyzer.discover import inner_path

_WORKLOAD = re.compile(
    r"place: (?:[A-Za-z ]{1,60} of )?"
    r"(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Rollout|DeploymentConfig|CronJob|Job|Pod|Service|Application) "
    r"([A-Za-z0-9_.-]{1,64})"
)
_DATA = re.compile(r"place: (Secret|ConfigMap|ExternalSecret) [A-Za-z]{1,20} of ([A-Za-z0-9_.-]{1,64})")
# Folders that hold applications, or stages of one, and are none themselves.
_GROUPS = frozenset(
    {"services", "apps", "applications", "packages", "projects", "modules", "components", "src", "cmd"}
    | {"deploy", "deployment", "deployments", "k8s", "kubernetes", "manifests", "helm", "gitops", "clusters"}
    | {"base", "overlays", "environments", "envs", "env", "infra", "infrastructure", "terraform", "docker"}
    | {"config", "configs", "conf", "etc", "scripts", "bin", "internal", "."}
    | {"prod", "production", "staging", "stage", "dev", "development", "qa"}
)


def application_of(path: str, evidence: Sequence[str], roots: Sequence[str] = ()) -> str:
    """The name of the application at a POSIX path; a file's own name where nothing else can be told.

    `roots` are what is scanned: one is not looked at, several are repositories with names of their own.
    """
    for said in evidence:
        if found := _WORKLOAD.fullmatch(said):
            return found[1]
        if found := _DATA.fullmatch(said):
            return f"{found[1]} {found[2]}"
    inner = inner_path(path, roots)
    repository = path[: -len(inner)].rstrip("/").rsplit("/", 1)[-1] if len(roots) > 1 else ""
    *folders, name = inner.split("/")
    return repository or _chart(folders) or next((f for f in folders if f.lower() not in _GROUPS), name)


def _chart(folders: Sequence[str]) -> str:
    """The chart that a file is part of: above `templates`, or below `charts`."""
    if "templates" in folders[1:]:
        return folders[folders.index("templates", 1) - 1]
    if "charts" in folders[:-1]:
        return folders[folders.index("charts") + 1]
    return ""
