"""Runs the parsers where they can do no harm: in a child process with limits on memory and time.

`subprocess`, not `multiprocessing`: Celery's workers are daemons, which may not have children of that kind, and the web
server has threads, which do not survive a fork. The child limits itself (`child.py`) before it touches the file.
"""

import json
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from .document import DocumentText, LeftOut, MediaType
from .errors import ReaderFailed, Reason, UnreadableDocument
from .limits import CHILD_SECONDS

# The folder is loaded as a package of its own, named `readers`: the rest of the extraction, with its word lists, would
# take longer to load than most files take to read. Appended, so that no neighbour hides a module of Python's own.
_START = "import sys; sys.path.append(sys.argv[1]); from readers.child import main; main(sys.argv[2])"
_PARENT_FOLDER = str(Path(__file__).resolve().parents[1])
_OUT_OF_TIME = {signal.SIGXCPU, signal.SIGALRM}
_TAIL = 2_000


def read_in_child(data: bytes, media_type: MediaType) -> DocumentText:
    """The text of a file, parsed in a child process.

    Raises `UnreadableDocument` for what is wrong with the file, also when the parser hung, ate its memory or crashed;
    `ReaderFailed` when the child could not work at all.
    """
    answer = run_child([_START, _PARENT_FOLDER, media_type.value], data)
    if "refused" in answer:
        raise UnreadableDocument(Reason(answer["refused"]), answer["detail"])
    return DocumentText(
        text=answer["text"],
        media_type=MediaType(answer["media_type"]),
        published=date.fromisoformat(answer["published"]) if answer["published"] else None,
        title=answer["title"],
        left_out=tuple(LeftOut(name, Reason(reason)) for name, reason in answer["left_out"]),
    )


def run_child(code: list[str], data: bytes, *, seconds: float = CHILD_SECONDS) -> dict[str, Any]:
    """Run `python -I -c CODE…` with `data` as its input and return the JSON object it prints.

    Isolated (-I): neither the working directory nor the environment decides what is imported.
    """
    try:
        # The program is this Python and the code ours; of the upload, only its bytes get in, as input.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-c", *code], input=data, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(Reason.TOOK_TOO_LONG, f"killed after {seconds} s") from error
    errors = done.stderr.decode("utf-8", "replace")[-_TAIL:]
    if done.returncode < 0:
        raise _killed_by(signal.Signals(-done.returncode), errors)
    if done.returncode > 0:
        raise ReaderFailed(f"the reading process ended with {done.returncode}: {errors}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _killed_by(number: signal.Signals, errors: str) -> UnreadableDocument:
    if number in _OUT_OF_TIME:
        return UnreadableDocument(Reason.TOOK_TOO_LONG, f"ended by {number.name}")
    if number is signal.SIGKILL:  # the system's own answer to a lack of memory
        return UnreadableDocument(Reason.TOOK_TOO_MUCH_MEMORY, f"ended by {number.name}")
    return UnreadableDocument(Reason.DAMAGED, f"the parser crashed ({number.name}): {errors}")
