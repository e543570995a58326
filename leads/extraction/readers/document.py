"""The text of a document, and the few changes every text goes through."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .errors import Reason, UnreadableDocument
from .limits import MAX_TEXT_CHARACTERS


class MediaType(StrEnum):
    """The kinds of file that are read."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    MAIL = "message/rfc822"
    PDF = "application/pdf"
    WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An attachment of a letter that was not read, and why."""

    name: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What a file says.

    `text` is NFC with `\\n` line ends, one paragraph a line; `published` is the date the document itself states;
    `left_out` names the attachments of a letter that could not be read.
    """

    text: str
    media_type: MediaType
    published: date | None = None
    title: str | None = None
    left_out: tuple[LeftOut, ...] = ()


_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
# Marks with no width: they hide inside words and numbers, and the direction marks can make a reviewer read something
# other than what is stored.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile("[^\\S\n]+")
# Typesetting joins f with its neighbours; the compatibility form gives the letters back.
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_BLANK_LINES = re.compile("\n{3,}")


def clean_text(text: str) -> str:
    """The text as it is stored: NFC, `\\n` line ends, nothing a database refuses.

    Apart from composing letters and `\\r\\n`, one character stays one character, so that offsets into a plain file
    keep their meaning. Lone surrogates become U+FFFD, control characters spaces.
    """
    if any("\ud800" <= character <= "\udfff" for character in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", _CONTROLS.sub(" ", _LINE_ENDS.sub("\n", text)))


def tidy_text(text: str) -> str:
    """Clean text taken out of a formatted document, where white space means nothing: single spaces, no invisible
    marks or ligatures, at most one empty line in a row, none at the ends."""
    text = _SPACES.sub(" ", _INVISIBLE.sub("", clean_text(text).translate(_LIGATURES)))
    text = "\n".join(line.strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def checked_text(text: str) -> str:
    """The text itself if it holds anything and is not too long; raises `UnreadableDocument` otherwise."""
    if not any(character.isalnum() for character in text):
        raise UnreadableDocument(Reason.NO_TEXT)
    if len(text) > MAX_TEXT_CHARACTERS:
        raise UnreadableDocument(Reason.TEXT_TOO_LONG, f"{len(text)} characters")
    return text


def title_if_said(title: str | None, text: str) -> str | None:
    """A title a file claims for itself, believed only if the text says it too (templates leave stale ones)."""
    title = tidy_text(title or "").replace("\n", " ")
    return title if title and title in text else None
