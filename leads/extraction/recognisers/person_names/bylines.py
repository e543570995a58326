"""Names of people who took no part: who wrote, photographed, signed, is written to, or gave a thing its name."""

import re

from leads.extraction.document import Document
from leads.extraction.recognisers.person_names import Candidate

_LONGEST_BYLINE, _LONGEST_LABEL, _SHORT_LINE = 160, 60, 80
_LAST_LINES = 220
_ONLY_NAMES = re.compile(r"\s*(?:[^\W\da-zа-я][\w’-]*[ ,]+)*")
_SIGNATURE_GAP = re.compile(r"(?: {3,}|\t+)$")


def is_byline(document: Document, one: Candidate, *, titled: bool) -> bool:
    """Return whether the name stands alone on its line, behind a label, in a byline's line or under a text."""
    text = document.text
    line_start, line_end = document.line_around(one.span)
    before, after = text[line_start : one.start], text[one.end : line_end]
    if len(re.sub(r"\W", "", before + after)) <= 2 or _is_labelled(document, one, line_start):
        return True
    if not after.strip(" .,") and _SIGNATURE_GAP.search(before):
        return True
    if not titled and line_end - line_start < _SHORT_LINE and after.startswith(",") and _ONLY_NAMES.fullmatch(before):
        return len(text) - line_end < _LAST_LINES
    if line_end - line_start >= _LONGEST_BYLINE:
        return False
    sentence = document.sentence_at(one.start)
    first = max(sentence.first, document.word_at(line_start))
    last = min(sentence.last, document.word_at(line_end))
    return document.lexicon("people", "byline").finds(document.words, first, last)


def _is_labelled(document: Document, one: Candidate, line_start: int) -> bool:
    """Return whether the line opens with a label ("From:", "Фото") and goes on with this name."""
    first = document.word_at(line_start)
    labels = document.lexicon("people", "label").at(document.words, first) if first < one.first else []
    for hit in labels:
        between = document.text[hit.end : one.start]
        if hit.last == one.first and re.fullmatch(r"\s*[:.–—-]?\s*", between):
            return document.words[hit.first].text[0].isupper()
        if between.lstrip().startswith(":") and len(between) <= _LONGEST_LABEL:
            return True
    return False


def is_named_after(document: Document, one: Candidate) -> bool:
    """Return whether something is called after the person: a street, a university, a prize."""
    words, phrases = document.words, document.lexicon("people", "named_after")
    if one.last < len(words) and phrases.at(words, one.last):
        return words[one.last].start - one.end <= 2
    before = phrases.find(words, max(0, one.first - 2), one.first)
    return any(hit.last == one.first and one.start - hit.end <= 2 for hit in before)
