"""Code beside the product, told by its path: tests and their data, benchmarks, examples, vendored and generated files.

What is wrong there breaks no application, so it weighs less; it is still told. Content is not looked at.
"""

import re
from dataclasses import dataclass

from analyzer.model import Clue, Evidence


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind: `folders` are whole names in lower case; `folder` and `file` match a name as it is written."""

    text: str
    folders: frozenset[str]
    folder: re.Pattern[str] | None = None
    file: re.Pattern[str] | None = None


def _kind(text: str, folders: str, folder: str = "", *files: str) -> _Kind:
    file = re.compile("|".join(files)) if files else None
    return _Kind(text, frozenset(folders.split()), re.compile(folder) if folder else None, file)


_SOURCES = "go|py|rb|rs|exs?|dart|c|cc|cpp|clj|erl|jl|sh|php|[jt]s|lua|rego"

# The first that fits. Capitals mean what they mean in Java, Kotlin, Scala, C#, PHP and Swift: `contest` is no test.
_KINDS = (
    _kind(
        "test data",
        "fixture fixtures __fixtures__ testdata test-data test_data test-fixtures test_fixtures testfixtures cassettes "
        "__snapshots__",
        "",
        r"(?i:.*\.snap)\Z",
    ),
    _kind(
        "test code",
        "testing spec specs e2e __tests__ __mocks__ mocks cypress testutil testutils test-utils test_utils testsuite "
        "testsuites testcases test-resources test_resources test-helpers test_helpers unittest unittests "
        "integrationtest integrationtests functionaltest functionaltests",
        r"(?i:(?:.*[._-])?tests?)\Z|.*[a-z0-9](?:Tests?|Specs)\Z",
        r"(?i:test_.*|tests?\.(?:py|rb|rs|go|php|[jt]s|sh)|conftest\.py|(?:spec|test|rails)_helper\.rb)\Z",
        rf"(?i:.*_tests?\.(?:{_SOURCES})|.*_spec\.(?:rb|lua|cr|[jt]s)|.*_unittest\.(?:py|cc))\Z",
        r"(?i:.*[.-](?:test|spec|cy)\.[cm]?[jt]sx?|.*\.(?:bats|phpt|t)|phpunit\.xml(?:\.dist)?)\Z",
        r"(?i:(?:jest|vitest|playwright|cypress)\.(?:config|setup)\.[cm]?[jt]s)\Z",
        r".*(?:Tests?|TestCase|TestBase|Specs?|IT|ITCase)\.(?:java|kt|scala|groovy|cs|fs|vb|php|swift)\Z",
    ),
    _kind("a benchmark", "benchmark benchmarks benches jmh", "", r".*_bench\.(?:rs|py|rb|exs)\Z"),
    _kind(
        "an example",
        "example examples sample samples demo demos docs doc documentation tutorial tutorials",
        r"(?i:.*[._-]examples?)\Z",
    ),
    _kind(
        "vendored code",
        "vendor _vendor vendored third_party third-party node_modules bower_components site-packages venv .venv pods",
    ),
    _kind(
        "a generated file",
        "dist generated __generated__ .ipynb_checkpoints",
        "",
        r"(?i:.*(?:\.min\.js|\.pb\.go|_pb2(?:_grpc)?\.py|\.generated\.\w+|package-lock\.json|yarn\.lock))\Z",
    ),
)
# What stands right below one of these is named for where it runs: `overlays/test`, `environments/demo`.
_ENVIRONMENTS = frozenset(
    {"overlays", "environments", "environment", "envs", "env", "inventories", "inventory", "clusters", "stages"}
)


def side_code(path: str) -> Evidence | None:
    """Why a file counts as code beside the product, or None; `path` is POSIX and relative to what is scanned."""
    *above, name = path.split("/")
    parents = ["", *(folder.lower() for folder in above)]
    pairs = [pair for pair in zip(above, parents, strict=False) if pair[1] not in _ENVIRONMENTS]
    # `src/it` of Maven and sbt; elsewhere it may be Italian
    if any(folder == "it" and parent in ("", "src") for folder, parent in pairs):
        return Evidence(Clue.TEST, "test code")
    kind = next((kind for kind in _KINDS if _fits(kind, [folder for folder, _ in pairs], name)), None)
    return Evidence(Clue.TEST, kind.text) if kind is not None else None


def _fits(kind: _Kind, folders: list[str], name: str) -> bool:
    if kind.file is not None and kind.file.match(name):
        return True
    pattern = kind.folder
    return any(f.lower() in kind.folders or (pattern is not None and pattern.match(f)) for f in folders)
