"""GitHub's line fingerprint, `primaryLocationLineHash`, exactly as upload-sarif computes it.

Algorithm: github/codeql-action, src/fingerprints.ts. A rolling 64-bit hash over the UTF-16 code units of the file,
blanks and tabs left out, CR and CR LF read as LF; the value of a line is the hash of the 100 units from its first one.
"""

from collections import Counter
from collections.abc import Collection, Iterator

_WINDOW = 100
_MOD = 37
_MASK = (1 << 64) - 1
_LAST = pow(_MOD, _WINDOW, 1 << 64)
_END = 65535


def line_hashes(data: bytes, lines: Collection[int]) -> dict[int, str]:
    """Fingerprints of some lines (1-based) of a file, by line: lower-case hex, a colon, the ordinal of that hash."""
    wanted = set(lines)
    if not wanted:
        return {}
    found: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for line, value in _all_hashes(data):
        digits = f"{value:x}"
        seen[digits] += 1
        if line in wanted:
            found[line] = f"{digits}:{seen[digits]}"
    return found


def _all_hashes(data: bytes) -> Iterator[tuple[int, int]]:
    """Line and hash, in the order of lines: the hash of a line is known `_WINDOW` units after its start."""
    window, pending = [0] * _WINDOW, [0] * _WINDOW
    value, index, line, starts = 0, 0, 0, True
    for unit in _units(data):
        if pending[index]:
            yield pending[index], value
            pending[index] = 0
        if starts:
            starts, line = False, line + 1
            pending[index] = line
        if unit == 10:
            starts = True
        leaving, window[index] = window[index], unit
        value = (_MOD * value + unit - _LAST * leaving) & _MASK
        index = (index + 1) % _WINDOW
    for _ in range(_WINDOW):
        if pending[index]:
            yield pending[index], value
            pending[index] = 0
        leaving, window[index] = window[index], 0
        value = (_MOD * value - _LAST * leaving) & _MASK
        index = (index + 1) % _WINDOW


def _units(data: bytes) -> Iterator[int]:
    after_cr = False
    raw = data.decode("utf-8", "replace").encode("utf-16-le", "surrogatepass")
    for at in range(0, len(raw), 2):
        unit = raw[at] | raw[at + 1] << 8
        skip = unit in {9, 32} or (after_cr and unit == 10)
        after_cr = unit == 13
        if not skip:
            yield 10 if unit == 13 else unit
    yield _END
