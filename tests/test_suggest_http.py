"""The client against servers that misbehave: the token goes nowhere else, and nothing of an answer is repeated."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from analyzer.forge.http import Client, ForgeError

TOKEN = "made-up-token-77aa"


@contextlib.contextmanager
def server(answers):
    """A server that gives these answers by path (status, headers, body); its address, and the headers it was sent."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_arguments):
            """Nothing is printed."""

        def do_GET(self):
            seen.append((self.path, self.headers.get("Authorization")))
            status, headers, body = answers[self.path]
            self.send_response(status)
            for name, text in headers.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}", seen
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")


def client(address, pause=lambda _seconds: None):
    return Client(address, {"Authorization": f"Bearer {TOKEN}"}, pause=pause)


def told(call):
    with pytest.raises(ForgeError) as caught:
        call()
    assert TOKEN not in caught.value.said
    assert caught.value.__cause__ is None
    return caught.value


def test_a_redirect_to_another_host_is_not_followed():
    with (
        server({"/x": (200, {}, b"{}")}) as (other, heard),
        server({"/a": (302, {"Location": f"{other}/x"}, b"")}) as (address, _seen),
    ):
        assert told(lambda: client(address).get("/a", dict)).status == 302
        assert heard == []


def test_a_redirect_of_the_same_host_is_followed_when_something_is_read():
    with server({"/a": (301, {"Location": "/b"}, b""), "/b": (200, {}, b'{"x": 1}')}) as (address, seen):
        assert client(address).get("/a", dict) == {"x": 1}
        assert seen == [("/a", f"Bearer {TOKEN}"), ("/b", f"Bearer {TOKEN}")]
        assert told(lambda: client(address).post("/a", {})).status == 301


def test_a_next_page_of_another_host_is_not_read():
    with (
        server({"/x": (200, {}, b"[2]")}) as (other, heard),
        server({"/a": (200, {"Link": f'<{other}/x>; rel="next"'}, b"[1]")}) as (address, _seen),
    ):
        assert "another host" in told(lambda: list(client(address).pages("/a", int))).said
        assert heard == []


def test_pages_without_an_end_are_left():
    with server({"/a": (200, {"Link": '</a>; rel="next"'}, b"[1]")}) as (address, seen):
        assert "pages" in told(lambda: list(client(address).pages("/a", int))).said
        assert len(seen) == 200


@pytest.mark.parametrize("body", [b"", b"<html>secret</html>", b'{"x": ', b"[" * 100_000, b'["x"]', b"\xff"])
def test_an_answer_of_another_kind_is_told_without_its_words(body):
    with server({"/a": (200, {}, body)}) as (address, _seen):
        assert told(lambda: client(address).get("/a", list[int])).said == (
            "an answer that is not what its documentation says"
        )


def test_a_status_is_told_without_the_answer():
    with server({"/a": (500, {}, TOKEN.encode())}) as (address, _seen):
        error = told(lambda: client(address).get("/a", dict))
        assert (error.status, error.said) == (500, "HTTP status 500")


def test_a_refusal_for_good_is_not_repeated_and_one_for_too_many_is():
    waits = []
    answers = {"/a": (403, {}, b""), "/b": (429, {"Retry-After": "50"}, b""), "/c": (429, {}, b"")}
    with server(answers) as (address, seen):
        assert told(lambda: client(address, waits.append).get("/a", dict)).status == 403
        assert (waits, len(seen)) == ([], 1)
        assert told(lambda: client(address, waits.append).get("/b", dict)).status == 429
        assert (waits, len(seen)) == ([50, 50], 4)
        assert told(lambda: client(address, waits.append).get("/c", dict)).status == 429
        assert waits == [50, 50, 60, 60]


def test_nobody_there_is_no_answer():
    with server({}) as (address, _seen):
        pass
    assert told(lambda: client(address).get("/a", dict)).said == "no answer (ConnectionRefusedError)"


def test_half_an_answer_is_none():
    with server({"/a": (200, {"Content-Length": "100"}, b"[1")}) as (address, _seen):
        told(lambda: client(address).get("/a", list))


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x", "data:,x"])
def test_what_is_not_http_is_not_opened(address):
    assert "token" in told(lambda: client(address).get("", dict)).said


def test_a_fault_is_said_before_anything_is_asked():
    with server({}) as (address, seen):
        assert told(lambda: Client(address, {}, "no token").get("/a", dict)).said == "no token"
        assert seen == []
