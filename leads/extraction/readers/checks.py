"""What can be said against a file at once, while the person who uploads it waits."""

import re

from .archive import check_word_archive
from .document import MediaType
from .errors import Reason, UnreadableDocument
from .limits import MAX_FILE_BYTES
from .sandbox import read_in_child
from .sniffing import media_type_of

# An encrypted PDF says so in its trailer, which is never itself packed or encrypted.
_PDF_ENCRYPTION = re.compile(rb"/Encrypt\s*(<<|\d+\s+\d+\s+R)")


def check_upload(data: bytes, name: str) -> MediaType:
    """The kind of an uploaded file; raises `UnreadableDocument` for what can be refused without reading it.

    Refused here: too large, empty, an unknown kind, the old .doc, macros, a password, an archive that unpacks to too
    much. What only reading shows (a scan, damage, too many pages) `read_document` says. Milliseconds, except for a
    PDF with an encryption entry: whether it opens without a password only a reader can tell, so a child process tries.
    """
    media_type = recognised_type(data, name)
    if media_type is MediaType.PDF and _PDF_ENCRYPTION.search(data):
        _refuse_locked_pdf(data)
    return media_type


def recognised_type(data: bytes, name: str) -> MediaType:
    """As `check_upload`, without the child process."""
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableDocument(Reason.TOO_LARGE, f"{len(data)} bytes")
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise UnreadableDocument(Reason.EMPTY)
    media_type = media_type_of(data, name)
    if media_type is MediaType.WORD:
        check_word_archive(data)
    return media_type


def _refuse_locked_pdf(data: bytes) -> None:
    try:
        read_in_child(data, MediaType.PDF)
    except UnreadableDocument as refused:
        if refused.reason is Reason.ENCRYPTED:
            raise
