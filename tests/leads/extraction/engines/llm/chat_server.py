"""A local OpenAI-compatible server that answers as it is told, misbehaviour included."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

type Answer = Callable[[BaseHTTPRequestHandler], None]

EMPTY: dict[str, Any] = {
    "direction": None,
    "start_date": None,
    "end_date": None,
    "countries": [],
    "cities": [],
    "head": None,
    "organisations": [],
    "people": [],
    "leads": [],
    "participant_sectors": [],
    "practices": [],
    "commitments": [],
}


class ChatServer:
    """Answers each question with the next of its answers, the last one again and again; keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.questions: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""

    def will(self, *answers: Answer) -> None:
        """Set what is answered from now on, in turn."""
        self.answers, self.questions = list(answers), []

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Keep the question and give the answer that is due."""
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        self.questions.append(json.loads(body))
        self.headers.append(dict(handler.headers))
        self.answers[min(len(self.questions), len(self.answers)) - 1](handler)


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    """Run a server on a free port of this machine."""
    server = ChatServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with suppress(BrokenPipeError, ConnectionResetError):  # the client may have had enough
                server.answer(self)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    server.url = f"http://127.0.0.1:{listening.server_port}/v1"
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


def claims(**fields: Any) -> Answer:
    """A proper answer that claims these fields and nothing else."""
    return words(json.dumps(EMPTY | fields, ensure_ascii=False))


def words(content: str | None, **message: Any) -> Answer:
    """A completion with these words in its first choice."""
    choice = {"finish_reason": message.pop("finish_reason", "stop"), "message": {"content": content, **message}}
    return body(json.dumps({"choices": [choice]}).encode())


def body(content: bytes, status: int = 200, **headers: str) -> Answer:
    """Any bytes with any status."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def silence(seconds: float) -> Answer:
    """Nothing at all, and the connection stays open."""
    return lambda handler: time.sleep(seconds)


def dripping(every: float, times: int) -> Answer:
    """One byte now and then: never silent for long, never done."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(times):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(every)

    return answer


def flood(size: int) -> Answer:
    """More bytes than an answer can have."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(size // 65536):
            handler.wfile.write(b"x" * 65536)

    return answer


def cut_off(handler: BaseHTTPRequestHandler) -> None:
    """Promise much, and close the connection after a few bytes."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True
