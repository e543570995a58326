"""Whether what stands beside a run makes it a person's name without a title: a verb of saying, "headed by", a roll."""

import re

from leads.extraction.document import Document
from leads.extraction.recognisers.person_names import Candidate

_BEFORE, _BEHIND = 3, 3
_BREAKS = re.compile(r"[.;:\n]")


def is_introduced(document: Document, one: Candidate) -> bool:
    """Return whether the run is said to lead, to speak, or stands in brackets with initials."""
    if _beside(document, one, "visit", "head") or _beside(document, one, "people", "said"):
        return True
    text = document.text
    in_brackets = re.fullmatch(r"\([^)]*", text[max(0, one.start - 1) : one.start])
    return bool(in_brackets) and one.initials and text[one.end : one.end + 1] in ("", ")", ",")


def _beside(document: Document, one: Candidate, table: str, code: str) -> bool:
    words, text = document.words, document.text
    phrases = document.lexicon(table, code)
    if (
        one.last < len(words)
        and phrases.at(words, one.last)
        and _BREAKS.search(text[one.end : words[one.last].start]) is None
    ):
        return True
    hits = phrases.find(words, max(0, one.first - _BEFORE), one.first)
    return any(hit.last == one.first and _BREAKS.search(text[hit.end : one.start]) is None for hit in hits)
