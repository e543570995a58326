"""Why a file cannot be read, as codes: whoever shows them to a person words them."""

from enum import StrEnum


class Reason(StrEnum):
    """The reasons a file is refused. The values are stable: they are stored with the report."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    UNKNOWN_TYPE = "unknown_type"
    UNKNOWN_ENCODING = "unknown_encoding"
    OLD_WORD_FORMAT = "old_word_format"
    CARRIES_MACROS = "carries_macros"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NO_TEXT_LAYER = "no_text_layer"
    TOO_MANY_PAGES = "too_many_pages"
    ZIP_BOMB = "zip_bomb"
    TOOK_TOO_LONG = "took_too_long"
    TOOK_TOO_MUCH_MEMORY = "took_too_much_memory"
    TEXT_TOO_LONG = "text_too_long"
    NO_TEXT = "no_text"


class UnreadableDocument(Exception):
    """A file that is refused.

    `reason` is for people (translated by the caller); `detail` is for the log: English, may quote a library's
    message, never shown.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail


class ReaderFailed(RuntimeError):
    """The reading process itself is broken (a missing library, a fault of ours). Nothing is said about the file."""
