"""Trees of carriers with passwords, under a policy that knows their hosts."""

from collections.abc import Iterable
from pathlib import Path

from tests.carriers import CARRIERS, Carrier
from tests.passwords import PASSWORDS, TAME, Watch

POLICY = """\
version: 1
clusters:
  - {name: pg, engine: postgresql, nodes: [10.0.0.120-10.0.0.122], endpoints: {write: {host: 10.0.0.10, port: 5432}}}
  - {name: my, engine: mysql, nodes: [10.0.1.121], endpoints: {write: {host: 10.0.1.10, port: 3306}}}
  - {name: ora, engine: oracle, nodes: [10.0.2.121], endpoints: {write: {host: 10.0.2.10, port: 1521}}}
  - {name: red, engine: redis, nodes: [10.0.3.121], endpoints: {write: {host: 10.0.3.10, port: 6379}}}
  - {name: mon, engine: mongodb, nodes: [10.0.4.121, 10.0.4.122], endpoints: {write: {host: 10.0.4.10, port: 27017}}}
"""
ALL = tuple(PASSWORDS)


def plant(folder: Path, rows: dict[Carrier, tuple[str, ...]]) -> Watch:
    """A tree of carriers with these passwords and a policy; answers with the watch on their markers."""
    markers = {}
    for carrier, names in rows.items():
        (folder / carrier.path).write_bytes(carrier.text(names).encode())
        for _name, made, _text in carrier.entries(names):
            markers |= made.markers
    (folder / "db-endpoints.yaml").write_text(POLICY)
    return Watch(markers)


def few(carriers: Iterable[Carrier] = CARRIERS) -> dict[Carrier, tuple[str, ...]]:
    """Two tame passwords and a few wild ones for each carrier, other ones for each."""
    wild = [name for name in ALL if name not in TAME]
    return {
        carrier: ("plain", "char-7e", *(wild[(5 * at + i) % len(wild)] for i in range(5)))
        for at, carrier in enumerate(carriers)
    }


def without_javascript(folder: Path) -> Watch:
    """Every second carrier of the rest; Semgrep costs more than all else."""
    return plant(folder, few([c for c in CARRIERS if not c.path.endswith((".js", ".ts"))][::2]))
