"""A unified diff as bytes that `git apply` and `patch -p1` both accept. Knows nothing of fixes; reads no file.

Lines end at LF only, so that CR, form feed, NEL and U+2028 stay inside their line; names are written as git writes
them. There is neither an `index` nor a mode line, so the mode of the file stays.

Files of any bytes and any name can be expressed. A name with a control character, a quote, a backslash, a byte beyond
ASCII or a blank at its end is quoted, which git reads, and GNU patch from version 2.7.
"""

import os
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_CONTEXT = 3
_SMALL = 1_000  # lines on either side up to which difflib may look for the shortest difference
_ESCAPES = {7: b"a", 8: b"b", 9: b"t", 10: b"n", 11: b"v", 12: b"f", 13: b"r", 34: b'"', 92: b"\\"}


class _Block(NamedTuple):
    """Lines `start` to `end` of the old file that lines `new_start` to `new_end` of the new one replace (0-based)."""

    start: int
    end: int
    new_start: int
    new_end: int


def unified_diff(path: str, old: bytes, new: bytes) -> bytes:
    """The patch that makes `new` of `old`, empty where they are equal; `path` is POSIX and may hold lone surrogates."""
    if old == new:
        return b""
    before, after = _lines(old), _lines(new)
    hunks = [_hunk(group, before, after) for group in _groups(_blocks(before, after))]
    return b"".join((_header(os.fsencode(path)), *hunks))


def _lines(data: bytes) -> list[bytes]:
    *whole, rest = data.split(b"\n")
    return [line + b"\n" for line in whole] + ([rest] if rest else [])


def _header(path: bytes) -> bytes:
    old, new = _name(b"a/" + path), _name(b"b/" + path)
    # Without the TAB both programs would take the part after a blank for a time stamp.
    end = b"\t\n" if b" " in path and not old.startswith(b'"') else b"\n"
    return b"diff --git " + old + b" " + new + b"\n--- " + old + end + b"+++ " + new + end


def _name(name: bytes) -> bytes:
    """As git's quote_c_style does it; a blank at the end is quoted as well, because GNU patch would drop it."""
    plain = all(0x20 <= byte < 0x7F and byte not in _ESCAPES for byte in name) and not name.endswith(b" ")
    return name if plain else b'"' + b"".join(map(_escape, name)) + b'"'


def _escape(byte: int) -> bytes:
    if byte in _ESCAPES:
        return b"\\" + _ESCAPES[byte]
    return bytes((byte,)) if 0x20 <= byte < 0x7F else b"\\%03o" % byte


def _blocks(before: Sequence[bytes], after: Sequence[bytes]) -> list[_Block]:
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    return [_Block(a + head, b + head, c + head, d + head) for a, b, c, d in _changes(old, new)]


def _common(before: Sequence[bytes], after: Sequence[bytes]) -> int:
    pairs = zip(before, after, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))


def _changes(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[tuple[int, int, int, int]]:
    """Linear where the lines pair up, as they do after edits inside lines; difflib is for small parts only."""
    if len(old) == len(new):
        yield from (
            (at, at + 1, at, at + 1) for at, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]
        )
    elif max(len(old), len(new)) > _SMALL:
        yield 0, len(old), 0, len(new)
    else:
        opcodes = SequenceMatcher(None, old, new).get_opcodes()
        yield from ((a, b, c, d) for tag, a, b, c, d in opcodes if tag != "equal")


def _groups(blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    """Blocks whose context lines would touch, together."""
    group: list[_Block] = []
    for block in blocks:
        if group and block.start - group[-1].end > 2 * _CONTEXT:
            yield group
            group = []
        group.append(block)
    yield group


def _hunk(group: Sequence[_Block], before: Sequence[bytes], after: Sequence[bytes]) -> bytes:
    first, last = group[0], group[-1]
    lead = min(_CONTEXT, first.start)
    trail = min(_CONTEXT, len(before) - last.end)
    old = _range(first.start - lead, last.end + trail)
    new = _range(first.new_start - lead, last.new_end + trail)
    out = [b"@@ -" + old + b" +" + new + b" @@\n"]
    at = first.start - lead
    for block in group:
        out += (_line(b" ", line) for line in before[at : block.start])
        out += (_line(b"-", line) for line in before[block.start : block.end])
        out += (_line(b"+", line) for line in after[block.new_start : block.new_end])
        at = block.end
    out += (_line(b" ", line) for line in before[at : last.end + trail])
    return b"".join(out)


def _range(start: int, end: int) -> bytes:
    # An empty range is named by the line before it.
    return b"%d,%d" % (start + (end > start), end - start)


def _line(mark: bytes, line: bytes) -> bytes:
    return mark + line + (b"" if line.endswith(b"\n") else b"\n\\ No newline at end of file\n")
