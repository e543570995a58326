"""Word files as archives: what can be told from the directory, and that the directory does not lie."""

import re
import struct
import zipfile
import zlib
from io import BytesIO

from .errors import Reason, UnreadableDocument
from .limits import MAX_ARCHIVE_MEMBERS, MAX_MEMBER_RATIO, MAX_UNPACKED_BYTES, RATIO_MATTERS_FROM_BYTES

_CONTENT_TYPES = "[Content_Types].xml"
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = re.compile(rb"application/vnd\.ms-(word|excel|powerpoint)\.[a-z.]*macroEnabled", re.IGNORECASE)
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED_FLAG = 0x1
_LONGEST_TYPE_LIST = 1 << 20
_CHUNK = 1 << 16
# What the standard library raises on broken archives; RuntimeError for a password, also as NotImplementedError.
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, EOFError, OSError, OverflowError, RuntimeError)


def check_word_archive(data: bytes) -> None:
    """Refuse an archive that is no plain Word file, looking at its directory and its list of content types alone.

    Fast whatever the bytes are: nothing is unpacked but the list of types, and that only up to its stated size.
    """
    # Counted before the directory is parsed: a crafted one costs hundreds of megabytes.
    if data.count(_DIRECTORY_ENTRY) > MAX_ARCHIVE_MEMBERS:
        raise UnreadableDocument(Reason.ZIP_BOMB, "too many members")
    with _opened(data) as archive:
        members = archive.infolist()
        _refuse_bomb(members)
        if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
            raise UnreadableDocument(Reason.ENCRYPTED, "encrypted members")
        names = {member.filename for member in members}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise UnreadableDocument(Reason.CARRIES_MACROS, "vbaProject.bin")
        if _CONTENT_TYPES not in names:
            raise UnreadableDocument(Reason.UNKNOWN_TYPE, "an archive, but no Word file")
        content_types = _unpacked(archive, archive.getinfo(_CONTENT_TYPES), _LONGEST_TYPE_LIST)
    if _MACROS.search(content_types):
        raise UnreadableDocument(Reason.CARRIES_MACROS, "macro-enabled content type")
    if _WORD not in content_types:
        raise UnreadableDocument(Reason.UNKNOWN_TYPE, "an Office file, but no Word document")


def check_members(data: bytes) -> None:
    """Unpack every member once, counting, before a parser that does not count may.

    Refuses what holds more than its directory states and XML that declares a document type: Word writes none, and it
    is the way in for entity bombs and for reading other files.
    """
    left = MAX_UNPACKED_BYTES
    with _opened(data) as archive:
        for member in archive.infolist():
            content = _unpacked(archive, member, left)
            left -= len(content)
            if member.filename.lower().endswith((".xml", ".rels")) and _declares_document_type(content):
                raise UnreadableDocument(Reason.DAMAGED, f"document type declared in {member.filename}")


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(data))
    except _ZIP_ERRORS as error:
        raise UnreadableDocument(Reason.DAMAGED, str(error)) from error


def _refuse_bomb(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_ARCHIVE_MEMBERS:
        raise UnreadableDocument(Reason.ZIP_BOMB, f"{len(members)} members")
    total = sum(member.file_size for member in members)
    if total > MAX_UNPACKED_BYTES:
        raise UnreadableDocument(Reason.ZIP_BOMB, f"unpacks to {total} bytes")
    for member in members:
        if member.file_size < RATIO_MATTERS_FROM_BYTES:
            continue
        if member.file_size > MAX_MEMBER_RATIO * max(member.compress_size, 1):
            raise UnreadableDocument(Reason.ZIP_BOMB, f"{member.filename} is packed too tightly")


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    content = bytearray()
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                content += chunk
                if len(content) > limit:
                    raise UnreadableDocument(Reason.ZIP_BOMB, f"{member.filename} unpacks beyond the limit")
    except _ZIP_ERRORS as error:
        raise UnreadableDocument(Reason.DAMAGED, f"{member.filename}: {error}") from error
    return bytes(content)


def _declares_document_type(content: bytes) -> bool:
    """Looks through UTF-16 too: every character of `<!DOCTYPE` is ASCII, so without the zero bytes both read alike."""
    return b"<!DOCTYPE" in content[:4096].replace(b"\0", b"") or b"<!ENTITY" in content.replace(b"\0", b"")
