"""Reads reports that people upload: from bytes nobody vouches for to plain text.

`check_upload` says what can be said at once; `read_document` reads. Modules of this folder import each other relatively
and nothing else of the project, since the child process loads the folder alone (see `sandbox.py`).
"""

from .checks import check_upload
from .document import DocumentText, LeftOut, MediaType
from .errors import ReaderFailed, Reason, UnreadableDocument
from .reading import read_document

__all__ = [
    "DocumentText",
    "LeftOut",
    "MediaType",
    "ReaderFailed",
    "Reason",
    "UnreadableDocument",
    "check_upload",
    "read_document",
]
