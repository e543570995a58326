"""The inside of the child process: sets its own limits, reads one file from its input, prints what it found as JSON."""

import json
import math
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any

from .document import DocumentText, MediaType
from .errors import Reason, UnreadableDocument
from .limits import CHILD_MEMORY_BYTES, CHILD_SECONDS


def main(media_type: str) -> None:
    """Read the bytes on standard input as `media_type` and print the answer.

    Errors while parsing are the file's; errors before it (a missing library) are ours and end the process with 1.
    """
    limit_myself()
    kind = MediaType(media_type)
    parse = parser_of(kind)
    json.dump(answer_of(parse, sys.stdin.buffer.read(), kind), sys.stdout)


def limit_myself(*, memory: int = CHILD_MEMORY_BYTES, seconds: float = CHILD_SECONDS) -> None:
    """Cap this process: address space in bytes, processor and wall-clock time in seconds, no files written.

    The alarm also ends a child whose parent was killed and cannot end it any more.
    """
    if sys.platform == "linux":  # elsewhere the call is refused or without effect; time limits hold everywhere
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    whole = math.ceil(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.alarm(whole + 1)


def parser_of(kind: MediaType) -> Callable[[bytes], DocumentText]:
    """The reader of one kind of file; its library is loaded now, and no other's."""
    module = {MediaType.WORD: "word", MediaType.PDF: "pdf", MediaType.HTML: "web_page", MediaType.MAIL: "mail"}[kind]
    read: Callable[[bytes], DocumentText] = import_module(f".{module}", __package__).read
    return read


def answer_of(parse: Callable[[bytes], DocumentText], data: bytes, kind: MediaType) -> dict[str, Any]:
    """What the parent is told: the document, or why there is none.

    Any exception of a parser means a file it cannot cope with (libraries raise everything from KeyError to
    RecursionError on broken input), so all are reported, with their traceback for the log.
    """
    try:
        document = parse(data)
    except UnreadableDocument as refused:
        return {"refused": refused.reason, "detail": refused.detail}
    except MemoryError:
        return {"refused": Reason.TOOK_TOO_MUCH_MEMORY, "detail": f"{kind} in {CHILD_MEMORY_BYTES} bytes"}
    except Exception:  # noqa: BLE001
        return {"refused": Reason.DAMAGED, "detail": traceback.format_exc()[-2000:]}
    return {
        "text": document.text,
        "media_type": document.media_type,
        "published": document.published.isoformat() if document.published else None,
        "title": document.title,
        "left_out": [(left.name, left.reason) for left in document.left_out],
    }
