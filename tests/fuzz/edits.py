"""Random edits: forms x scalar styles x nesting x line ends, each fixed byte-exactly.

    python -m tests.fuzz.edits [--examples 10000] [--seed 0]

A case writes the same random text twice, with a node and with its endpoint. The fix of the first must give the second,
byte for byte, and a second fix must find nothing. Prints the failures by kind and ends with 1 where there are any.
"""

import argparse
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analyzer import policy
from analyzer.engine.judging import Bench, judge_file
from analyzer.extract import format_of
from analyzer.resolve import Resolver
from analyzer.rewrite import apply, merge
from analyzer.source import SourceFile
from tests.fuzz.forms import FORMS, Form
from tests.fuzz.styles import DISGUISES, STYLES, carries, configmap

NODES = ("10.0.0.120", "10.0.0.121", "db-postgres-02.corp.internal")
ENDPOINT, PORT = "pg-lb.corp.internal", 6432
POLICY = b"""version: 1
clusters:
  - name: orders
    engine: postgresql
    nodes: [10.0.0.120-10.0.0.122, db-postgres-02.corp.internal]
    ports: {database: [5432]}
    endpoints: {write: {host: pg-lb.corp.internal, port: 6432}}
"""


@dataclass(frozen=True)
class Case:
    kind: str
    path: str
    before: bytes
    after: bytes


def bench() -> Bench:
    declared = policy.load(Path("db-endpoints.yaml"), POLICY)
    return Bench(declared, Resolver(declared), date(2026, 1, 1))


def case(seed: int) -> Case:
    """The case of a seed."""
    dice = random.Random(seed)
    form, level = dice.choice(FORMS), dice.choice((0, 0, 1, 1, 1, 2))
    node, disguise = dice.choice(NODES), dice.choice(sorted(DISGUISES))
    styles = tuple(dice.choice(STYLES) for _ in range(level))
    texts = [
        _text(form, styles, random.Random(seed + 1), host, port) for host, port in ((node, 5432), (ENDPOINT, PORT))
    ]
    path = "k8s/settings.yaml" if level else form.path
    before, after = (DISGUISES[disguise](text) for text in texts)
    return Case(" in ".join((form.name, *styles, disguise)), path, before, after)


def _text(form: Form, styles: tuple[str, ...], dice: random.Random, host: str, port: int) -> str:
    text, name, encoded = form.write(dice, host, port), form.path, False
    for style in styles:
        # Base64 inside base64 is reported and never written.
        fitting = style if carries(text, style) and not (encoded and style == "base64") else "double"
        text, name, encoded = configmap(dice, name, text, fitting), "inner.yaml", fitting == "base64"
    return text


def trouble(made: Case, judge: Bench) -> str:
    """What is wrong with the fix of a case, or nothing."""
    new = _fixed(made.path, made.before, judge)
    if new == made.before:
        return "nothing was fixed"
    if new != made.after:
        return "other bytes than expected"
    return "" if _fixed(made.path, new, judge) == new else "a second fix changes it again"


def _fixed(path: str, data: bytes, judge: Bench) -> bytes:
    source = SourceFile(path, data)
    found = judge_file(source, format_of(path, data[:256]).load()(source), judge, path).findings
    return apply(data, merge([f.fix for f in found if f.fix is not None and f.fix.edits]).edits)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    judge, start = bench(), time.monotonic()
    failures: Counter[str] = Counter()
    for seed in range(options.seed, options.seed + options.examples):
        made = case(seed)
        if why := trouble(made, judge):
            failures[made.kind] += 1
            if failures[made.kind] == 1:
                sys.stderr.write(f"{why}: {made.kind}, seed {seed}\n")
    seconds = time.monotonic() - start
    exact = options.examples - failures.total()
    print(f"{exact} of {options.examples} fixes are exact, {len(failures)} kinds fail; {seconds:.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
