"""What a file is, told from its content: a name proves nothing."""

import re

from .document import MediaType
from .encoding import decode_text
from .errors import Reason, UnreadableDocument

_HEAD_BYTES = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
_KNOWN_STRANGERS = (
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
)
_HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(!doctype\s+html|html|head|body|meta|title|article|main|section)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_PIECE = re.compile(r"\s*<(div|p|h[1-6]|table|ul|ol)\b[^>]*>", re.IGNORECASE)
_MAIL_HEADER = re.compile(r"([!-9;-~]+):[ \t\n]")
_ADDED_BY_PROGRAMS = frozenset({"received", "message-id", "mime-version", "return-path", "content-type"})


def media_type_of(data: bytes, name: str) -> MediaType:
    """The kind of file; raises `UnreadableDocument` for a kind that is not read.

    The name decides only what no byte tells: plain text or Markdown, a letter or a text that quotes one's head.
    """
    if data.startswith(_OLE):
        raise _refusal_of_ole(data)
    if data.startswith(_ARCHIVE):
        return MediaType.WORD
    if b"%PDF-" in data[:1024]:
        return MediaType.PDF
    if data.startswith(_KNOWN_STRANGERS):
        raise UnreadableDocument(Reason.UNKNOWN_TYPE, f"begins with {data[:8]!r}")
    head = _head_as_text(data)
    if _looks_like_mail(head, name):
        return MediaType.MAIL
    if _looks_like_html(head, data):
        return MediaType.HTML
    return MediaType.MARKDOWN if name.lower().endswith((".md", ".markdown")) else MediaType.TEXT


def _refusal_of_ole(data: bytes) -> UnreadableDocument:
    """Word locks a .docx by wrapping it in the container of the old .doc."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableDocument(Reason.ENCRYPTED, "Office file locked with a password")
    if "WordDocument".encode("utf-16-le") in data:
        return UnreadableDocument(Reason.OLD_WORD_FORMAT)
    # Excel, Outlook and installers use the container as well; a bare header says nothing more.
    known = ("Workbook", "__substg1.0_", "PowerPoint Document")
    if any(stream.encode("utf-16-le") in data for stream in known):
        return UnreadableDocument(Reason.UNKNOWN_TYPE, "an old Office container without a Word document")
    return UnreadableDocument(Reason.OLD_WORD_FORMAT)


def _head_as_text(data: bytes) -> str:
    head = data[:_HEAD_BYTES]
    while head and len(data) > _HEAD_BYTES and head[-1] >= 0x80:  # never cut inside a letter
        head = head[:-1]
    if len(data) > _HEAD_BYTES and len(head) % 2:
        head = head[:-1]
    try:
        return decode_text(head).replace("\r\n", "\n").lstrip("\ufeff")
    except UnreadableDocument as refused:
        if refused.reason is Reason.UNKNOWN_ENCODING:
            return head.decode("latin-1")
        raise


def _looks_like_html(head: str, data: bytes) -> bool:
    if _HTML.match(head) or "<html" in head.lower():
        return True
    return bool(_HTML_PIECE.match(head)) and data.rstrip().endswith(b">")


def _looks_like_mail(head: str, name: str) -> bool:
    """A block of headers to the first empty line, with a sender and one of the fields that only programs write: people
    paste letters into text files, with sender, date and subject."""
    if head.startswith("From "):  # mailbox files put this line before the headers
        head = head.partition("\n")[2]
    lines = head.partition("\n\n")[0].split("\n")
    if "\n\n" not in head:
        lines = lines[:-1]  # the last one is cut off, or there is no body at all
    names = set()
    for line in lines:
        if line[:1] in {" ", "\t"}:
            continue
        header = _MAIL_HEADER.match(line + "\n")
        if header is None:
            return False
        names.add(header[1].lower())
    return "from" in names and (bool(names & _ADDED_BY_PROGRAMS) or name.lower().endswith(".eml"))
