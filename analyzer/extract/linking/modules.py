"""Which file an import means, by the paths of the project. Nothing is read."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath

_ENDINGS = {
    "python": (".py",),
    "javascript": (".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"),
    "go": (".go",),
    "java": (".java",),
    "kotlin": (".kt", ".kts"),
    "scala": (".scala",),
    "csharp": (".cs",),
    "ruby": (".rb",),
    "php": (".php", ".inc"),
    "rust": (".rs",),
}
_PACKAGED = ("go", "kotlin", "scala")


@dataclass(frozen=True)
class Project:
    """The paths of a scan, POSIX and relative to its root, asked which of them an import means."""

    paths: frozenset[str]

    def files(self, module: str, user: str, language: str) -> Sequence[str]:
        """The files that `module` means where it is imported in `user`: one, or those of a Go package, or none."""
        family = "javascript" if language == "typescript" else language
        return [path for path in _FINDERS[family](self, module, user) if path != user]

    def first(self, candidates: Iterable[str]) -> list[str]:
        """The first candidate that exists."""
        return next(([path] for path in candidates if path in self.paths), [])

    @cached_property
    def names(self) -> frozenset[str]:
        """What folders and Python's files are called: an import that begins with another name leads nowhere."""
        return frozenset(part for path in self.paths for part in path.removesuffix(".py").split("/"))

    @cached_property
    def by_stem(self) -> dict[tuple[str, str], list[str]]:
        """Paths of code by language and name without ending; `config/mod.rs` is called `config`."""
        languages = {ending: language for language, endings in _ENDINGS.items() for ending in endings}
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for path in sorted(self.paths):
            folder, _, name = path.rpartition("/")
            stem, dot, ending = name.rpartition(".")
            language = languages.get(dot + ending)
            if language is not None:
                found[language, folder.rpartition("/")[2] if name == "mod.rs" else stem].append(path)
        return found

    @cached_property
    def packages(self) -> dict[str, dict[str, list[str]]]:
        """The files of each folder by language, for those whose packages are folders; Go's tests are left out."""
        found: dict[str, dict[str, list[str]]] = {language: defaultdict(list) for language in _PACKAGED}
        for path in sorted(self.paths):
            for language in _PACKAGED:
                if path.endswith(_ENDINGS[language]) and not path.endswith("_test.go"):
                    found[language][dirname(path)].append(path)
        return found


def _above(user: str) -> Iterator[str]:
    """The folder of a file and those above it; the root of the scan is an empty string."""
    folder = dirname(user)
    while folder:
        yield folder
        folder = dirname(folder)
    yield ""


def _python(project: Project, module: str, user: str) -> list[str]:
    name = module.lstrip(".")
    if name.partition(".")[0] not in project.names:
        return []
    inner = name.replace(".", "/")
    level = len(module) - len(name)
    if level:
        folder = normpath(join(dirname(user) or ".", *[".."] * (level - 1)))
        roots: list[str] = [] if folder.startswith("..") else ["" if folder == "." else folder]
    else:
        roots = [root for above in _above(user) for root in (above, f"{above}/src" if above else "src")]
    paths = [f"{root}/{inner}" if root else inner for root in roots]
    return project.first(each for path in paths for each in (f"{path}.py", f"{path}/__init__.py"))


def _javascript(project: Project, module: str, user: str) -> list[str]:
    path = normpath(join(dirname(user), module))
    stems = (path, path.removesuffix(".js"), path.removesuffix(".mjs"))
    endings = ("", *_ENDINGS["javascript"])
    inner = (join(path, f"index{ending}") for ending in _ENDINGS["javascript"])
    return project.first((*(stem + ending for stem in stems for ending in endings), *inner))


def _packaged(language: str) -> Callable[[Project, str, str], list[str]]:
    """Languages in which a package is a folder: `.` is the user's own, `com/acme/config` ends the path of another."""

    def find(project: Project, module: str, user: str) -> list[str]:
        folders = project.packages[language]
        if module == ".":
            return folders.get(dirname(user), [])
        parts = re.split(r"[./]" if language != "go" else "/", module)
        for start in range(len(parts)):
            inner = "/".join(parts[start:])
            folder = next((join(root, inner) for root in _above(user) if join(root, inner) in folders), None)
            if folder is not None:
                return folders[folder]
        return []

    return find


def _packaged_or_owner(language: str) -> Callable[[Project, str, str], list[str]]:
    """A class by its file's name, or what a package holds outside of classes."""
    package, owner = _packaged(language), _owner(language)
    return lambda project, module, user: (owner if module[:1].isupper() else package)(project, module, user)


def _php(project: Project, module: str, user: str) -> list[str]:
    if "." not in module:
        return _owner("php")(project, module, user)
    inner = module.lstrip("/").removeprefix("./")
    return project.first(normpath(join(root, inner)) for root in _above(user))


def _owner(language: str) -> Callable[[Project, str, str], list[str]]:
    def find(project: Project, module: str, user: str) -> list[str]:
        found = project.by_stem.get((language, module), [])
        near = [path for path in found if dirname(path) == dirname(user)]
        return near if len(near) == 1 else found if len(found) == 1 else []

    return find


def _ruby(project: Project, module: str, user: str) -> list[str]:
    """Ruby names the file of `DbConfig` db_config.rb."""
    snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in module).lstrip("_")
    return _owner("ruby")(project, snake, user)


_FINDERS: dict[str, Callable[[Project, str, str], list[str]]] = {
    "python": _python,
    "javascript": _javascript,
    "go": _packaged("go"),
    "php": _php,
    "ruby": _ruby,
    **{language: _owner(language) for language in ("java", "csharp", "rust")},
    **{language: _packaged_or_owner(language) for language in ("kotlin", "scala")},
}
