"""Every limit is tried on a real child that goes over it."""

import os
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from leads.extraction.readers import MediaType, ReaderFailed, Reason, UnreadableDocument, read_document
from leads.extraction.readers import sandbox as sandbox_module
from leads.extraction.readers.sandbox import read_in_child, run_child
from tests.factories.files import pdf_file, word_file

FOLDER = str(Path(sandbox_module.__file__).parents[1])
LIMITED = "import sys; sys.path.append(sys.argv[1]); from readers.child import answer_of, limit_myself; "
ANSWER = "import json; json.dump(answer_of(parse, sys.stdin.buffer.read(), 'x'), sys.stdout)"


def reason_of(code: str, *, seconds: float = 20) -> Reason:
    try:
        return Reason(run_child([code, FOLDER], b"data", seconds=seconds)["refused"])
    except UnreadableDocument as refused:
        return refused.reason


def test_a_parser_that_sleeps_is_killed_by_the_clock():
    started = time.monotonic()
    assert reason_of("import time; time.sleep(60)", seconds=0.5) is Reason.TOOK_TOO_LONG
    assert time.monotonic() - started < 15


def test_a_parser_that_spins_is_ended_by_its_own_limit():
    started = time.monotonic()
    assert reason_of(f"{LIMITED} limit_myself(seconds=1)\nwhile True: pass") is Reason.TOOK_TOO_LONG
    assert time.monotonic() - started < 15


def test_a_child_whose_parent_is_gone_ends_itself():
    """The alarm alone: nobody waits for this child, and it uses no processor time."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", f"{LIMITED} limit_myself(seconds=1); import time; time.sleep(60)", FOLDER]
    )
    assert child.wait(timeout=10) < 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not enforce a limit on address space")
def test_a_parser_that_eats_memory_is_stopped():
    code = f"{LIMITED} limit_myself()\ndef parse(data): return bytes(2_000_000_000)\n{ANSWER}"
    assert reason_of(code) is Reason.TOOK_TOO_MUCH_MEMORY


def test_a_crash_in_native_code_is_the_files_fault():
    assert reason_of("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)") is Reason.DAMAGED


def test_being_killed_by_the_system_means_memory():
    assert reason_of("import os, signal; os.kill(os.getpid(), signal.SIGKILL)") is Reason.TOOK_TOO_MUCH_MEMORY


@pytest.mark.parametrize("error", ["KeyError('/Root')", "RecursionError()", "ValueError('x')"])
def test_any_error_of_a_parser_is_the_files_fault(error: str):
    assert reason_of(f"{LIMITED}\ndef parse(data): raise {error}\n{ANSWER}") is Reason.DAMAGED


def test_a_child_cannot_write_files(tmp_path: Path):
    target = tmp_path / "written"
    code = f"{LIMITED} limit_myself(); open({str(target)!r}, 'w').write('x' * 100_000)"
    with pytest.raises((ReaderFailed, UnreadableDocument)):
        run_child([code, FOLDER], b"")
    assert target.stat().st_size == 0


def test_a_broken_installation_is_not_blamed_on_the_file():
    with pytest.raises(ReaderFailed, match="no_such_library"):
        run_child(["import no_such_library"], b"")


def test_neither_the_working_directory_nor_the_environment_matters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "json.py").write_text("raise RuntimeError('imported from the working directory')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert read_document(word_file(["Мәтін"]), "a.docx").text == "Мәтін"


def test_nothing_else_of_the_project_is_loaded_in_the_child():
    code = (
        "import sys, json; sys.path.append(sys.argv[1]); from readers import child\n"
        "for kind in child.MediaType:\n  if kind not in ('text/plain', 'text/markdown'): child.parser_of(kind)\n"
        "json.dump([name for name in sys.modules if name.partition('.')[0] in ('leads', 'crm', 'django')], sys.stdout)"
    )
    assert run_child([code, FOLDER], b"") == []


def test_threads_read_at_the_same_time():
    files = [word_file([f"Мәтін {n}"]) for n in range(4)]
    with ThreadPoolExecutor(4) as threads:
        texts = [document.text for document in threads.map(lambda data: read_document(data, "a.docx"), files)]
    assert texts == [f"Мәтін {n}" for n in range(4)]


def test_a_daemonic_worker_may_read():
    """Celery's prefork workers are daemonic processes, which may have no multiprocessing children of their own."""
    root = str(Path(FOLDER).parents[1])
    script = (
        f"import multiprocessing, sys; sys.path.insert(0, {root!r})\n"
        "from leads.extraction.readers import read_document\n"
        "def work(data, queue): queue.put(read_document(data, 'a.pdf').text)\n"
        "context = multiprocessing.get_context('fork'); queue = context.Queue()\n"
        "worker = context.Process(target=work, args=(sys.stdin.buffer.read(), queue), daemon=True)\n"
        "worker.start(); print(queue.get(timeout=30)); worker.join()"
    )
    data = pdf_file(["Twenty letters and some more of them here."])
    done = subprocess.run(
        [sys.executable, "-c", script], input=data, capture_output=True, check=True, env={**os.environ}
    )
    assert done.stdout.decode().strip() == "Twenty letters and some more of them here."


@pytest.mark.parametrize(
    ("data", "media_type"), [(word_file(["Мәтін"]), MediaType.WORD), (pdf_file(["Мәтін " * 9]), MediaType.PDF)]
)
def test_reading_leaves_room_in_two_seconds(data: bytes, media_type: MediaType):
    """Counted in processor time of the child, so that a busy machine does not matter."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    read_in_child(data, media_type)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.5
