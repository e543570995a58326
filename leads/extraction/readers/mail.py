"""Letters saved as .eml, with what is attached to them."""

from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

from . import plain_text
from .checks import recognised_type
from .document import DocumentText, LeftOut, MediaType, checked_text, clean_text, tidy_text
from .encoding import decode_text
from .errors import Reason, UnreadableDocument
from .wrapping import unwrap

_MAX_ATTACHMENTS = 20
# What the standard library's parser of header fields raises on broken ones.
_HEADER_ERRORS = (ValueError, AttributeError, TypeError, IndexError, OverflowError)


def read(data: bytes) -> DocumentText:
    """Subject, body (plain if there is one, else HTML) and the text of every attachment of a known kind, in that order.

    Attachments are held to the same limits as files, share this process's memory and time, and are read once: what
    hangs on an attached letter is not followed. Those that cannot be read are named in `left_out`.
    """
    letter = message_from_bytes(_without_mailbox_line(data), policy=policy.default)
    if not isinstance(letter, EmailMessage):  # the policy makes it one
        raise TypeError(type(letter))
    subject = tidy_text(str(letter["subject"] or "")).replace("\n", " ")
    attached, left_out = _attachments(letter)
    body = _body(letter)
    if left_out and not attached and not body.strip():
        raise UnreadableDocument(left_out[0].reason, f"the only content is {left_out[0].name}")
    text = "\n\n".join(part for part in (subject, body, *attached) if part)
    return DocumentText(checked_text(text), MediaType.MAIL, _sent(letter), subject or None, tuple(left_out))


def read_body(data: bytes) -> DocumentText:
    """An attached letter: its subject and body alone."""
    letter = message_from_bytes(data, policy=policy.default)
    subject = tidy_text(str(letter["subject"] or "")).replace("\n", " ")
    body = _body(letter) if isinstance(letter, EmailMessage) else ""
    return DocumentText(checked_text(f"{subject}\n\n{body}".strip()), MediaType.MAIL)


def _without_mailbox_line(data: bytes) -> bytes:
    return data.partition(b"\n")[2] if data.startswith(b"From ") else data


def _sent(letter: EmailMessage) -> date | None:
    """The day in the sender's own time zone."""
    try:
        sent = letter["date"].datetime if letter["date"] else None
    except _HEADER_ERRORS:  # a date nobody can read is no date
        return None
    return sent.date() if sent else None


def _body(letter: EmailMessage) -> str:
    part = letter.get_body(("plain", "html"))
    if part is None:
        return ""
    text = _characters(part)
    if part.get_content_subtype() == "html":
        from .web_page import read_html  # most letters need no HTML parser

        return read_html(text).text
    if str(part.get_param("format", "")).lower() == "flowed":
        text = text.replace(" \r\n", " ").replace(" \n", " ")
    return tidy_text(unwrap(clean_text(text)))


def _characters(part: MIMEPart) -> str:
    """The characters of a text part: what it declares if that fits, otherwise guessed."""
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    declared = part.get_content_charset()
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass  # wrongly declared, which is common: guessed below
    return decode_text(data, declared=declared)


def _attachments(letter: EmailMessage) -> tuple[list[str], list[LeftOut]]:
    texts: list[str] = []
    left_out: list[LeftOut] = []
    for number, part in enumerate(letter.iter_attachments()):
        name = tidy_text(part.get_filename() or part.get_content_type()).replace("\n", " ")
        try:
            if number >= _MAX_ATTACHMENTS:
                raise UnreadableDocument(Reason.TOO_LARGE, "too many attachments")
            texts.append(_attachment_text(part, name))
        except UnreadableDocument as refused:
            # Logos and the like in the body are not what the letter is about.
            if part.get_content_disposition() == "attachment" or refused.reason is not Reason.UNKNOWN_TYPE:
                left_out.append(LeftOut(name, refused.reason))
    return texts, left_out


def _attachment_text(part: EmailMessage, name: str) -> str:
    if part.get_content_type() == "message/rfc822":
        return read_body(part.get_content().as_bytes()).text
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    media_type = recognised_type(data, name)
    if media_type is MediaType.MAIL:
        return read_body(data).text
    return _parsed(data, media_type)


def _parsed(data: bytes, media_type: MediaType) -> str:
    """As the child process reads a file of its own; what a parser cannot cope with is left out like any other."""
    from .child import parser_of

    if media_type is MediaType.TEXT:
        return plain_text.read(data).text
    if media_type is MediaType.MARKDOWN:
        return plain_text.read_markdown(data).text
    try:
        return parser_of(media_type)(data).text
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as error:
        raise UnreadableDocument(Reason.DAMAGED, f"{type(error).__name__}: {error}") from error
