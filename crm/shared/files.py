"""Files that people hand in and take out. Nothing that a file or its name says of itself is trusted.

A file is known by its content, gets a name of ours in private storage, and leaves only through a view that has checked
who asks, as an attachment that no browser opens by itself.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from crm.shared import antivirus
from crm.shared.errors import DomainError
from leads.extraction.readers import MediaType, UnreadableDocument, check_upload

#: What browsers are told of a file they are to save and never to show.
DOWNLOAD_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
LONGEST_NAME = 200
#: Letters that turn the reading direction or are not seen: `act‮fdp.exe` must not look like `actexe.pdf`.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class FileRefused(DomainError):
    """A file that is not kept: too large, empty, of a kind that is not taken, or with malware in it."""

    code = "file_refused"

    def __init__(self, message: Any) -> None:
        super().__init__(message, fields={"file": message})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its media type, the ending of our name for it, and whether content is of it."""

    media_type: str
    ending: str
    matches: Callable[[bytes], bool]


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(marks)


def _read_as(*wanted: MediaType) -> Callable[[bytes], bool]:
    def matches(data: bytes) -> bool:
        try:
            return check_upload(data, "") in wanted
        except UnreadableDocument:
            return False

    return matches


#: What papers come as, in the order in which they are tried: scans first, which a byte or two tells.
PAPERS = (
    Kind("image/png", ".png", _begins(b"\x89PNG\r\n\x1a\n")),
    Kind("image/jpeg", ".jpg", _begins(b"\xff\xd8\xff")),
    Kind("image/tiff", ".tif", _begins(b"II*\x00", b"MM\x00*")),
    Kind("application/pdf", ".pdf", lambda data: b"%PDF-" in data[:1024]),
    Kind(MediaType.WORD.value, ".docx", _read_as(MediaType.WORD)),
    Kind("text/plain", ".txt", _read_as(MediaType.TEXT, MediaType.MARKDOWN)),
)


def check_paper(data: bytes) -> Kind:
    """Return the kind of a paper (a scan, PDF, Word or text), as its content tells.

    Raises ``FileRefused`` for what is too large, empty, or of another kind: macros, web pages and programs are.
    """
    if len(data) > settings.UPLOAD_MAX_BYTES:
        raise FileRefused(_("The file is larger than 10 MB."))
    if not data:
        raise FileRefused(_("The file is empty."))
    kind = next((kind for kind in PAPERS if kind.matches(data)), None)
    if kind is None:
        raise FileRefused(_("This kind of file is not kept. Give a scan (PDF, JPEG, PNG, TIFF), Word (.docx) or text."))
    return kind


def refuse_malware(data: bytes) -> None:
    """Raise ``FileRefused`` where a virus scanner is set up and finds something, or does not answer.

    A file that could not be looked at is not taken: an office that has set a scanner up relies on it.
    """
    if not settings.CLAMD_URL:
        return
    try:
        found = antivirus.scan(data, url=settings.CLAMD_URL)
    except antivirus.ScannerFailed as error:
        raise FileRefused(_("The virus scanner does not answer, so no file is taken. Try again later.")) from error
    if found:
        raise FileRefused(_("The virus scanner found something in this file: %(name)s.") % {"name": found})


def plain_name(name: str, *, otherwise: str = "file") -> str:
    """Return the last part of a file's name without control and invisible characters, 200 characters at most."""
    bare = UNSEEN.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    return bare[-LONGEST_NAME:] or otherwise


def name_of_ours(ending: str) -> str:
    """Return a name that nobody can guess and nobody has chosen."""
    return f"{uuid4().hex}{ending}"


def keep_file(data: bytes, path: str) -> str:
    """Write ``data`` into private storage under ``path``, and return the name it got there."""
    return default_storage.save(path, ContentFile(data))


def attachment(source: IO[bytes], *, name: str) -> FileResponse:
    """Return a response that hands out ``source`` as a file to be saved, never to be shown by the browser itself."""
    given = plain_name(name)
    response = FileResponse(source, as_attachment=True, filename=given, content_type="application/octet-stream")
    for header, value in DOWNLOAD_HEADERS.items():
        response.headers[header] = value
    return response
