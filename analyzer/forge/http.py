"""HTTP with the REST interface of a forge: JSON in, JSON out. The only module that opens connections.

A token goes to the host that it was given for and to no other: redirects and next pages elsewhere are refused. Nothing
of an answer is repeated but its status.
"""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from email.message import Message
from http.client import HTTPException, HTTPMessage
from typing import IO, TypeVar
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import msgspec

T = TypeVar("T")

_TIMEOUT = 30.0  # seconds
_PATIENCE = 120.0  # seconds that a run waits in all where it is asked to
_ASKED = 60.0  # seconds, where a forge says "too many" and not how long (GitHub: at least a minute)
_LARGEST = 32 * 1024 * 1024
_MOST_PAGES = 200
_NEXT = re.compile(r'<([^<>]{1,4000})>;[^,<>]{0,100}?rel="next"')


class ForgeError(Exception):
    """A request that did not succeed: what happened, in our own words; `status` is 0 where nothing was answered."""

    def __init__(self, said: str, status: int = 0) -> None:
        super().__init__(said)
        self.said = said
        self.status = status


class Client:
    """Requests below one address, with these headers; `fault`, where there is one, is said instead of asking.

    Waits where the forge says that there were too many requests, but for two minutes at most in all.
    """

    def __init__(
        self, base: str, headers: Mapping[str, str], fault: str = "", pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._base = base.rstrip("/")
        self._headers = {"Accept": "application/json", "User-Agent": "analyzer", **headers}
        self._fault = fault
        self._pause = pause
        self._patience = _PATIENCE
        self._opener = build_opener(_Staying)

    def get(self, path: str, kind: type[T]) -> T:
        """The answer at `path`, of this kind. Raises ForgeError."""
        return _decoded(self._send("GET", self._base + path)[1], kind)

    def pages(self, path: str, kind: type[T]) -> Iterator[T]:
        """The items of a list, page after page as the Link header leads. Raises ForgeError."""
        address = self._base + path
        for _page in range(_MOST_PAGES):
            headers, data = self._send("GET", address)
            yield from (_decoded(item, kind) for item in _decoded(data, list[msgspec.Raw]))
            following = _NEXT.search(headers.get("Link", ""))
            if following is None:
                return
            address = urljoin(address, following[1])
        raise ForgeError(f"a list of more than {_MOST_PAGES} pages")

    def post(self, path: str, body: Mapping[str, object]) -> None:
        """Send an object to `path`. Raises ForgeError."""
        self._send("POST", self._base + path, json.dumps(body, allow_nan=False).encode("ascii"))

    def _send(self, method: str, address: str, data: bytes | None = None) -> tuple[Message, bytes]:
        if self._fault:
            raise ForgeError(self._fault)
        if _origin(address) != _origin(self._base) or urlsplit(address).scheme not in {"http", "https"}:
            raise ForgeError("an address of another host, to which the token does not go")
        content = {"Content-Type": "application/json"} if data is not None else {}
        request = Request(address, data, {**self._headers, **content}, method=method)  # noqa: S310  checked above
        while True:
            try:
                with self._opener.open(request, timeout=_TIMEOUT) as answer:
                    return answer.headers, _read(answer)
            except HTTPError as error:
                error.close()
                self._wait(error)
            except (OSError, HTTPException) as error:
                raise ForgeError(f"no answer ({type(getattr(error, 'reason', error)).__name__})") from None

    def _wait(self, error: HTTPError) -> None:
        """Wait where that is what the forge asks for. Raises ForgeError where it is not, or would take too long."""
        seconds = _asked(error.code, error.headers)
        if seconds is None or seconds > self._patience:
            raise ForgeError(f"HTTP status {error.code}", error.code) from None
        self._patience -= seconds
        self._pause(seconds)


class _Staying(HTTPRedirectHandler):
    """Follows a redirect to the same host when something is only read."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if req.get_method() != "GET" or _origin(newurl) != _origin(req.full_url):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _asked(status: int, headers: Message) -> float | None:
    """Seconds to wait before the request is made again; None where it was not refused for being one too many."""
    spent = headers.get("X-RateLimit-Remaining") == "0"
    told = headers.get("Retry-After", "")
    if status != 429 and not (status == 403 and (spent or told)):
        return None
    if told.isascii() and told.isdecimal():
        return max(float(told), 1.0)
    reset = headers.get("X-RateLimit-Reset") or headers.get("RateLimit-Reset") or ""
    return max(float(reset) - time.time(), 1.0) if reset.isascii() and reset.isdecimal() else _ASKED


def _read(answer: IO[bytes]) -> bytes:
    data = answer.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ForgeError("an answer of more than 32 MiB")
    return data


def _decoded(data: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, RecursionError):
        raise ForgeError("an answer that is not what its documentation says") from None


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc
