"""Keys of one scope that describe servers and tell no client where to connect: rows, members, machines.

What each form looks like stands in `serverrows`; here they are asked in turn about one host.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.extract.keyed.keys import KeyClue
from analyzer.extract.keyed.serverrows import (
    Members,
    clusters,
    describes,
    lists_machines,
    member_row,
    role_row,
    server_row,
)
from analyzer.extract.keyed.siblings import Siblings
from analyzer.model import Clue, Evidence


@dataclass(frozen=True, slots=True)
class Listing:
    """What a scope says about servers.

    `server`: it is a row of a list, `described`: with traits of a machine. `members`: the clusters whose leader and
    followers it tells apart. `homeless`: a database's user or name stands in it whose host may be any. `counted`: it
    counts servers. `machines`: its lists of hosts are of machines that are set up. `matrix`: its lists are worked
    through, one value a run.
    """

    server: Evidence | None
    described: bool
    members: Members
    homeless: bool
    counted: bool
    machines: bool
    matrix: bool

    def of(self, key: KeyClue, text: str, shown: str, *, sibling: bool, item: bool, fed: bool) -> Evidence | None:
        """Why the host `text` under a key is a server's; `sibling`: a key beside tells its engine.

        `shown` is the key as it may be told, `fed`: an application gets what stands in the scope.
        """
        if not key.stem and self.server and (not sibling or self.described):
            return self.server
        if self.matrix and item:
            return Evidence(Clue.TEXT, f"{shown}, by turns with others")
        if self.machines and item and lists_machines(key):
            return Evidence(Clue.TEXT, f"servers by {shown}")
        if key.machine and not self.homeless and (self.counted or not (fed and key.database)):
            return Evidence(Clue.TEXT, f"the machine of a role by {shown}")
        numbered = key.words[-1][-1:].isdecimal()
        if self.counted and numbered and not self.homeless and key.stem == key.words and not key.database:
            return Evidence(Clue.TEXT, f"a server among others by {shown}")
        return role_row(key, text, fed=fed) or member_row(key, self.members)


def listing(
    texts: Sequence[tuple[str, str]],
    keys: Sequence[tuple[str, KeyClue | None]],
    siblings: Siblings,
    parents: tuple[str, ...],
    *,
    machines: bool,
) -> Listing:
    """What the (key, text) pairs of a scope, and all of its keys, say about servers."""
    clues = [clue for _, clue in keys if clue is not None]
    hosts = [clue.stem for clue in clues if clue.role != "port" and not clue.machine]
    return Listing(
        server_row(texts, parents),
        describes(texts),
        clusters(key for key, _ in keys),
        siblings.homeless(hosts),
        any(clue.inventory for clue in clues),
        machines,
        "matrix" in parents[-1:],
    )
