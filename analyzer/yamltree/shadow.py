"""The ASCII twin of a YAML file: as many bytes, each that is not printable ASCII replaced by a letter.

The parser's marks count characters, so on the twin they are byte offsets; and bytes that YAML forbids (control
characters, broken UTF-8, the surrogate escapes of JSON) no longer cost the whole file.
"""

import re

BOM = b"\xef\xbb\xbf"
FILLER = ord("x")
_KEPT = {0x09, 0x0A, 0x0D, *range(0x20, 0x7F)}
_TABLE = bytes(byte if byte in _KEPT else FILLER for byte in range(256))
# `\ud83d` after an even number of backslashes: half a character, which JSON allows and libyaml refuses.
_SURROGATE = re.compile(rb"(?<!\\)((?>(?:\\\\)*))\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def shadow_of(data: bytes) -> bytes:
    """`data` with every byte that is neither printable ASCII nor a tab or line end replaced by a letter."""
    shadow = data.translate(_TABLE)
    if b"\\ud" not in shadow.lower():
        return shadow
    return _SURROGATE.sub(_filled, shadow)


def _filled(found: re.Match[bytes]) -> bytes:
    return found[1] + bytes([FILLER]) * (len(found[0]) - len(found[1]))


def wide(data: bytes) -> bool:
    """Whether the bytes are UTF-16 or UTF-32, by the byte order mark or by the zero bytes of the first character."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or b"\x00" in data[:2]
