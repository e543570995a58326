"""A virus scanner for tests: the real clamd with one signature of ours where it is installed, else its protocol."""

import contextlib
import shutil
import socket
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

#: What the signature finds.
INFECTED = b"sapar-test-signature-of-something-bad"
FOUND = "Sapar.Test.Bad"
#: Larger streams are refused, with an answer and then by hanging up.
LONGEST_STREAM = 2 * 1024 * 1024
CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")


@contextlib.contextmanager
def real_clamd(folder: Path) -> Iterator[str]:
    """Run the installed clamd on a socket in ``folder``; yield its URL."""
    assert CLAMD is not None
    (folder / "signatures").mkdir()
    (folder / "signatures" / "test.ndb").write_text(f"{FOUND}:0:*:{INFECTED.hex()}\n")
    socket_path, settings = folder / "clamd.sock", folder / "clamd.conf"
    settings.write_text(
        f"LocalSocket {socket_path}\nDatabaseDirectory {folder / 'signatures'}\nForeground yes\n"
        f"LogFile {folder / 'clamd.log'}\nStreamMaxLength {LONGEST_STREAM}\nExitOnOOM yes\nMaxThreads 2\n"
    )
    running = subprocess.Popen([CLAMD, "--config-file", str(settings)], stdout=subprocess.DEVNULL)
    try:
        _wait_for(socket_path, running)
        yield f"unix://{socket_path}"
    finally:
        running.terminate()
        running.wait(timeout=20)


def _wait_for(socket_path: Path, running: "subprocess.Popen[bytes]") -> None:
    for _attempt in range(200):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(socket_path))
            connection.sendall(b"zPING\0")
            if connection.recv(16) == b"PONG\0":
                return
        if running.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError((socket_path.parent / "clamd.log").read_text(errors="replace"))


class _Scanner(socketserver.StreamRequestHandler):
    """Speaks INSTREAM as clamd does."""

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        assert command == b"zINSTREAM\0"
        data = b""
        while (length := struct.unpack("!I", self.rfile.read(4))[0]) > 0:
            data += self.rfile.read(length)
            if len(data) > LONGEST_STREAM:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.wfile.write(f"stream: {FOUND} FOUND\0".encode() if INFECTED in data else b"stream: OK\0")


@contextlib.contextmanager
def spoken_clamd() -> Iterator[str]:
    """Serve the protocol on a port of this machine; yield its URL."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Scanner) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
