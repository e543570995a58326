"""Finds a model's quotes in the report: letter by letter, but for space, case, and the forms of quotes and dashes."""

import re
import unicodedata

from leads.extraction.draft import Span

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("«»„“”‟″＂", '"'),
        **dict.fromkeys("‘’‚‛ʼʻ`´′", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "İ": "i",
    }
)
_OUTER = " \t\n\r\"'.,;:…"
_WORD = re.compile(r"\w")


def _letters(text: str) -> str:
    return text.translate(_ALIKE).casefold()


class Quotable:
    """A text to look quotes up in."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        letters: list[str] = []
        origins: list[int] = []
        for offset, character in enumerate(text):
            plain = " " if character.isspace() else _letters(character)
            if plain == " " and letters and letters[-1] == " ":
                continue
            letters += plain
            origins += [offset] * len(plain)
        self._text, self._origins = "".join(letters), origins

    def find(self, quote: str) -> Span | None:
        """Return where a quote first stands, whole words of the text; None where it does not, or holds no word."""
        wanted = " ".join(_letters(unicodedata.normalize("NFC", quote)).split()).strip(_OUTER)
        if not _WORD.search(wanted):
            return None
        start = self._text.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            if not self._cuts_a_word(start) and not self._cuts_a_word(end):
                return self._origins[start], self._origins[end - 1] + 1
            start = self._text.find(wanted, start + 1)
        return None

    def _cuts_a_word(self, at: int) -> bool:
        return 0 < at < len(self._text) and self._text[at - 1].isalnum() and self._text[at].isalnum()
