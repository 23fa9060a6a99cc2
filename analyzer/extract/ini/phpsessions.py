"""PHP's sessions in Redis: `session.save_handler = redis` makes `session.save_path` a connection.

https://github.com/phpredis/phpredis#php-session-handler
"""

from collections.abc import Iterator, Sequence

from analyzer import hosts
from analyzer.extract.keyed.bindings import Binding
from analyzer.extract.keyed.values import Seen, expanded, host_references
from analyzer.model import Clue, Engine, Evidence, HostRef

_WHY = (Evidence(Clue.KEY, "session.save_path of Redis"),)


def session_references(bindings: Sequence[Binding]) -> Iterator[HostRef]:
    """The Redis servers that keep the sessions, as the settings of one section say."""
    if not any(
        "session.save_handler" in each.key and each.value and each.value.text.startswith("redis") for each in bindings
    ):
        return
    for binding in bindings:
        value = expanded(binding.value) if binding.value and "session.save_path" in binding.key else None
        parsed = hosts.parse(value.text, engine=Engine.REDIS) if value else None
        if parsed and value:
            yield from host_references(parsed, value, Seen(_WHY, "session.save_path=", Engine.REDIS))
