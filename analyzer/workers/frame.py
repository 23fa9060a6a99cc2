"""The wire between supervisor and worker: a length, a JSON head, a body.

A frame is two big-endian 32-bit lengths, the head (UTF-8 JSON) and the body (raw bytes). Nothing is pickled: a
process that parsed hostile input is not trusted.
"""

import struct
from typing import IO

_LENGTHS = struct.Struct(">II")
LIMIT = 256 * 1024 * 1024


def write(stream: IO[bytes], head: bytes, body: bytes = b"") -> None:
    """Write one frame and flush. Raises OSError when the other side is gone."""
    stream.write(_LENGTHS.pack(len(head), len(body)))
    stream.write(head)
    stream.write(body)
    stream.flush()


def read(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Read one frame; None at the end of the stream, after a torn frame, or beyond `LIMIT` bytes."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    size_of_head, size_of_body = _LENGTHS.unpack(lengths)
    if size_of_head > LIMIT or size_of_body > LIMIT:
        return None
    head, body = stream.read(size_of_head), stream.read(size_of_body)
    if len(head) < size_of_head or len(body) < size_of_body:
        return None
    return head, body
