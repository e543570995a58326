"""Asks ClamAV's daemon about a file, over its own protocol: ``tcp://host:3310`` or ``unix:///run/clamd.sock``."""

import socket
import struct
from urllib.parse import unquote, urlsplit

#: Seconds for each step: connecting, sending a piece, waiting for the answer.
PATIENCE = 30
PIECE = 1 << 16
LONGEST_ANSWER = 4096


class ScannerFailed(Exception):
    """The daemon could not be reached, or answered with an error: nothing is known of the file."""


def scan(data: bytes, *, url: str) -> str:
    """Return the name of what clamd finds in ``data``, "" where it finds nothing. Raises ``ScannerFailed``."""
    try:
        with _connected(url) as connection:
            _send(connection, data)
            answer = _answer(connection)
    except OSError as error:
        raise ScannerFailed(str(error)) from error
    subject, _colon, verdict = answer.partition(": ")
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    raise ScannerFailed(verdict or subject or "no answer")


def _connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(PATIENCE)
        try:
            connection.connect(unquote(parts.path))
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 3310), timeout=PATIENCE)


def _send(connection: socket.socket, data: bytes) -> None:
    """The INSTREAM command: pieces, each behind its length, and a length of zero at the end."""
    try:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            connection.sendall(struct.pack("!I", len(piece)) + piece)
        connection.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        # It refuses what is larger than it may be and says so before it hangs up: the answer is read.
        return


def _answer(connection: socket.socket) -> str:
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        piece = connection.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()
