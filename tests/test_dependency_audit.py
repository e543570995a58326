"""The audit of the pinned packages: it finds, it accepts with a reason, and it never hangs on the network."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[1]
AUDIT = ROOT / "requirements" / "audit.py"
PINS = "holey[extra]==1.0 \\\n    --hash=sha256:abc\nwhole==2.0 ; sys_platform != 'win32'\n    # via holey\n"


@contextmanager
def database(answer: bytes, status: int = 200) -> Iterator[tuple[str, list[dict]]]:
    """A database of advisories that gives ``answer`` to everything; what it was asked."""
    questions: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            questions.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", questions
        server.shutdown()


def audit(tmp_path: Path, url: str, accepted: str = "") -> subprocess.CompletedProcess[str]:
    """Run a copy of the script beside the pins and what is accepted."""
    copy = tmp_path / "audit.py"
    copy.write_text(AUDIT.read_text("utf-8"))
    (tmp_path / "base.txt").write_text(PINS)
    (tmp_path / "advisories.txt").write_text(accepted)
    environment = os.environ | {"OSV_URL": url}
    return subprocess.run([sys.executable, copy], env=environment, capture_output=True, text=True, check=False)


FOUND = json.dumps({"results": [{"vulns": [{"id": "GHSA-1234-abcd-5678"}]}, {}]}).encode()


def test_every_pinned_version_is_asked_about_and_a_hole_ends_it(tmp_path: Path) -> None:
    with database(FOUND) as (url, questions):
        done = audit(tmp_path, url)
    assert done.returncode == 1
    assert "holey 1.0: GHSA-1234-abcd-5678 (not accepted)" in done.stdout
    asked = [(query["package"]["name"], query["version"]) for query in questions[0]["queries"]]
    assert asked == [("holey", "1.0"), ("whole", "2.0")]


def test_an_accepted_advisory_is_named_with_its_reason(tmp_path: Path) -> None:
    with database(FOUND) as (url, _questions):
        done = audit(tmp_path, url, accepted="GHSA-1234-abcd-5678 only its command line, which we do not call\n")
    assert done.returncode == 0
    assert "only its command line" in done.stdout


def test_without_a_database_it_says_so_and_goes_on(tmp_path: Path) -> None:
    for url in ("http://127.0.0.1:9", "ftp://nowhere"):
        done = audit(tmp_path, url)
        assert done.returncode == 0
        assert done.stdout.startswith("NOT CHECKED")


def test_an_answer_that_is_none_is_no_all_clear(tmp_path: Path) -> None:
    for answer, status in ((b"<html>", 200), (b"[]", 200), (b"{}", 500)):
        with database(answer, status) as (url, _questions):
            assert "NOT CHECKED" in audit(tmp_path, url).stdout


def test_our_own_pins_are_read() -> None:
    environment = os.environ | {"OSV_URL": "http://127.0.0.1:9"}
    done = subprocess.run([sys.executable, AUDIT], env=environment, capture_output=True, text=True, check=False)
    assert int(done.stdout.rpartition(" packages")[0].split()[-1]) > 80
