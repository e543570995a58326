"""Plain text and Markdown. Read in the calling process: decoding neither hangs nor grows, and no parser is used."""

import re

from .document import DocumentText, MediaType, checked_text, clean_text
from .encoding import decode_text
from .errors import Reason, UnreadableDocument
from .limits import MAX_TEXT_CHARACTERS
from .wrapping import unwrap

_LONGEST_CHARACTER = 4  # bytes, in UTF-8, UTF-16 and UTF-32 alike
# Bounded, so that no line, however long, makes them slow.
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)([^\n]{0,300}?\S)\1(?!\w)")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,1000}\)")
_TABLE_RULE = frozenset("|:- \t")
_LONGEST_HEADING = 300


def read(data: bytes) -> DocumentText:
    """The text as it stands, so that offsets into the file hold; only lines broken at a fixed width are joined."""
    text = checked_text(unwrap(clean_text(_decoded(data))))
    return DocumentText(text, MediaType.TEXT)


def read_markdown(data: bytes) -> DocumentText:
    """The text without its Markdown marks; the first heading is the title."""
    title = None
    lines = []
    for line in clean_text(_decoded(data)).split("\n"):
        heading = _heading(line)
        if heading is not None:
            title = title or heading
            lines.append(heading)
        elif not _is_table_rule(line):
            lines.append(_without_marks(line))
    return DocumentText(checked_text(unwrap("\n".join(lines))), MediaType.MARKDOWN, title=title)


def _heading(line: str) -> str | None:
    marks, _, words = line.lstrip(" ").partition(" ")
    if not 1 <= len(marks) <= 6 or set(marks) != {"#"} or len(words) > _LONGEST_HEADING:
        return None
    return _without_marks(words.strip().rstrip("#").rstrip()) or None


def _is_table_rule(line: str) -> bool:
    return "---" in line and _TABLE_RULE.issuperset(line)


def _without_marks(line: str) -> str:
    """The line without links' addresses and without emphasis, which may be doubled (bold and italic)."""
    return _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", line)))


def _decoded(data: bytes) -> str:
    if len(data) > MAX_TEXT_CHARACTERS * _LONGEST_CHARACTER:
        raise UnreadableDocument(Reason.TEXT_TOO_LONG, f"{len(data)} bytes of text")
    return decode_text(data)
