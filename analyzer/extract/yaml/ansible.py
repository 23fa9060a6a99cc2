"""Ansible playbooks and lists of tasks: what a play installs for an application, and what it does to servers.

Arguments of modules that log in to a server are an administrator's; files that modules write are read by the name of
their destination; variables count as in `variables`. Reference: https://docs.ansible.com/ansible/latest/playbook_guide/
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.extract.keyed.bindings import Binding
from analyzer.extract.nature.infrakeys import infrastructure_file, server_group, server_name
from analyzer.extract.yaml.commandlines import command_references, script_references
from analyzer.extract.yaml.compose import compose_references, is_compose
from analyzer.extract.yaml.environments import ENVIRONMENT
from analyzer.extract.yaml.extrahosts import HostTable, host_entries
from analyzer.extract.yaml.kubernetes import is_object, object_references
from analyzer.extract.yaml.modules import RUNNERS, WRITERS, administration, own_file, short_name
from analyzer.extract.yaml.places import Document, Found, Place, child, child_text, key_text, region
from analyzer.extract.yaml.rows import Row, bound
from analyzer.extract.yaml.scalars import Reading, read_scalar
from analyzer.extract.yaml.scopes import references_in, script_lines
from analyzer.extract.yaml.texts import text_references
from analyzer.extract.yaml.variables import INVENTORY, variable
from analyzer.model import Clue, Evidence, HostRef, Roster
from analyzer.yamltree import Mapping, Node, Scalar, Sequence

_LISTS = frozenset({"tasks", "pre_tasks", "post_tasks", "handlers", "block", "rescue", "always"})
_PLAY = frozenset({"tasks", "roles", "vars", "vars_files", "gather_facts", "become", "pre_tasks", "remote_user"})
_TASK = frozenset(
    {"when", "register", "notify", "become", "with_items", "loop", "tags", "delegate_to", "changed_when", "block"}
    | {"failed_when", "include_tasks", "import_tasks", "include_role", "import_role", "set_fact", "ignore_errors"}
    | {"run_once", "no_log", "include_vars", "listen", "with_dict", "become_user", "until", "import_playbook"}
)
_MODULES = WRITERS | {"shell", "apt", "yum", "dnf", "package", "service", "systemd", "file", "user", "git"}
_PATH = re.compile(r"(?:.*/)?(?:tasks|handlers|playbooks)/[^/]*\.ya?ml")
_COLLECTION = re.compile(r"[a-z_]{2,30}\.[a-z_]{2,30}\.[a-z0-9_]{2,60}")
_ARGUMENT = re.compile(r"(?<![^\s])([a-z_]{2,40})=(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s\"'][^\s]{0,2000}))")
_FED = Evidence(Clue.PLACE, "environment set by Ansible")
_LOOP = re.compile(r"\b(?:loop|with_items|with_list):[ \t]{0,8}[\"']?\{\{[ \t]{0,8}([A-Za-z_]\w{0,127})[ \t]{0,8}\}\}")
_LOOPED = Evidence(Clue.OPERATION, "servers that a task takes one by one")
_REMOVED = Evidence(Clue.OPERATION, "what a task removes")
_TEXTS = ("content", "block", "line", "replace")


def is_ansible(root: Node, path: str) -> bool:
    """Whether a document is a list of plays or tasks."""
    if not isinstance(root, Sequence) or not root.items or not all(isinstance(item, Mapping) for item in root.items):
        return False
    if _PATH.fullmatch(path):
        return True
    keys = [{key_text(key) for key, _ in item.pairs} for item in root.items[:50] if isinstance(item, Mapping)]
    plays = any("hosts" in own and own & _PLAY for own in keys)
    tasks = any((own & _TASK and len(own) > 1) or ("name" in own and own & _MODULES) for own in keys)
    return plays or tasks or any(_COLLECTION.fullmatch(key) for own in keys for key in own)


def ansible_references(root: Node, document: Document) -> Iterator[Found]:
    """The references of a playbook or a list of tasks."""
    reader = _Plays(document.source.text)
    nature = infrastructure_file(document.source.path)
    place = Place(replace(document, special=reader.special, inside=_inside))
    found = list(references_in(root, place.saying(nature) if nature else place))
    yield from found
    yield from reader.table.references([item for item in found if isinstance(item, HostRef)])
    if nature:
        yield region(root, nature)


def _inside(node: Mapping, place: Place) -> Place:
    """What a play on database servers says about all in it."""
    servers = child_text(node, "hosts") if not place.path else ""
    if servers and (server_group(servers) or server_name(servers)):
        return place.saying(Evidence(Clue.INFRASTRUCTURE, "play on database servers"))
    return place


class _Plays:
    """How the keys of one playbook are read."""

    def __init__(self, text: str) -> None:
        self.table = HostTable()
        self._looped = frozenset(_LOOP.findall(text))

    def special(self, key: str, node: Node, place: Place) -> Iterator[Found] | None:
        """What a key means in a playbook; None where it means what it says."""
        if key == "hosts" and len(place.path) == 1:
            return iter((region(node, INVENTORY),))
        if key in ENVIRONMENT - {"vars", "variables"} and isinstance(node, Mapping):
            return references_in(node, replace(place, path=("environment",)).saying(_FED))
        if key == "etc_hosts":
            here = place.saying(Evidence(Clue.PLACE, "hosts of a container"))
            self.table.add(host_entries(node, here), here)
            return iter(())
        if isinstance(node, Sequence) and key in self._looped and not _holds_url(node, place):
            return iter((region(node, _LOOPED),))
        if key == "definition" and isinstance(node, Mapping):
            return _definition(node, place.document)
        if key == "argv" and isinstance(node, Sequence):
            return command_references(script_lines(node, place), place)
        return _module(key, node, place) if _names_module(key, place) else variable(key, node, place)


def _holds_url(node: Node, place: Place) -> bool:
    """Whether something below a node is a URL: what a task then takes one by one are connections, not servers."""
    return b"://" in place.document.source.data[node.start : node.end]


def _names_module(key: str, place: Place) -> bool:
    """Whether a key is the module of a task, or the defaults of one."""
    above = place.path[-2] if len(place.path) > 1 else ""
    return len(place.path) == 1 or above in _LISTS or above == "module_defaults" or bool(_COLLECTION.fullmatch(key))


def _module(key: str, node: Node, place: Place) -> Iterator[Found] | None:
    why = administration(key)
    if why is not None:
        return iter((region(node, why),))
    if child_text(node, "state") == "absent":
        return iter((region(node, _REMOVED),))
    name = short_name(key)
    if name in WRITERS:
        return _written(node, place)
    if name == "ini_file":
        return _option(node, place)
    if name in RUNNERS and isinstance(node, Scalar):
        return script_references([read_scalar(node)], place)
    return None


def _written(node: Node, place: Place) -> Iterator[Found]:
    """A file that a module writes, or lines of it."""
    given = dict(_arguments(node, place))
    destination = next((given[key].text for key in ("dest", "path", "name", "destfile") if key in given), "")
    nature = own_file(destination)
    if nature is not None:
        yield region(node, nature)
        yield from (found for key in _TEXTS if key in given for found in _rosters(given[key], place))
        return
    name = destination.rsplit("/", 1)[-1].removesuffix(".j2")
    for key in _TEXTS:
        if (reading := given.get(key)) is not None:
            yield from text_references(name, reading, place)
    if (
        isinstance(node, Mapping)
        and (content := child(node, "content")) is not None
        and not isinstance(content, Scalar)
    ):
        yield from references_in(content, replace(place, path=()))


def _rosters(reading: Reading, place: Place) -> Iterator[Found]:
    """What a file of the infrastructure tells of clusters; nothing else of it is of interest."""
    return (found for found in text_references("", reading, place) if isinstance(found, Roster))


def _option(node: Node, place: Place) -> Iterator[Found]:
    """`ini_file`: an option of a section, each an argument of its own."""
    given = dict(_arguments(node, place))
    option, value = given.get("option"), given.get("value")
    nature = own_file(given["path"].text) if "path" in given else None
    if nature is not None:
        yield region(node, nature)
    elif option is not None and value is not None:
        section = (given["section"].text,) if "section" in given else ()
        row = Row(Binding(option.text, value.value), value.whole.span)
        yield from bound([row], replace(place, path=section), "=")


def _arguments(node: Node, place: Place) -> Iterator[tuple[str, Reading]]:
    """A module's arguments, as a map or as one text of `name=value`."""
    if isinstance(node, Mapping):
        for key, value in node.pairs:
            target = place.document.resolved(value)
            if isinstance(target, Scalar):
                yield key_text(key), read_scalar(target)
    elif isinstance(node, Scalar):
        reading = read_scalar(node)
        for found in _ARGUMENT.finditer(reading.text):
            group = next(group for group in (2, 3, 4) if found[group] is not None)
            yield found[1], reading.part(*found.span(group))


def _definition(node: Mapping, document: Document) -> Iterator[Found]:
    """An object or a Compose file that a module is given."""
    if is_object(node):
        yield from object_references(node, document)
    elif is_compose(node, ""):
        yield from compose_references(node, document)
    else:
        yield from references_in(node, Place(document))
