"""The day a report was published, as the text itself bears it."""

import re
from datetime import date

from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.recognisers.dates import DateMention

_HEADER = 120
# A line that bears the day holds little else: a paper's name, a town, who wrote it.
_LONGEST_LINE = 90
_TOLD = ("delegation", "inbound", "meeting", "moved", "outbound", "received")


def published(document: Document, dates: tuple[DateMention, ...]) -> tuple[date, Span] | None:
    """Return the day of publication that the text itself gives: alone on its line, or in a short first or last line."""
    text = document.text
    label = document.lexicon("dates", "published")
    for mention in dates:
        if mention.year is None or mention.is_range:
            continue
        line_start, line_end = document.line_around(mention.span)
        rest = text[line_start : mention.start] + text[mention.end : line_end]
        words = document.words[document.word_at(line_start) : document.word_at(mention.start)]
        if document.lexicon("dates", "visit_day").finds(words):
            continue
        alone = len(re.sub(r"\W", "", rest)) <= 12
        opens = mention.start < _HEADER and text[: mention.start].strip() in ("", "date")
        bears = mention.start < 4 * _HEADER or not text[line_end : line_end + _HEADER].strip()
        bears = bears and line_end - line_start <= _LONGEST_LINE
        if alone or label.finds(words) or ((opens or bears) and not _tells_of_visit(document, mention)):
            days = mention.days(None)
            if days is not None:
                return days[0], mention.span
    return None


def own_days(document: Document, dates: tuple[DateMention, ...], day: date | None) -> frozenset[Span]:
    """Return where the text bears its day of publication: in a line of its own that tells nothing of the visit."""
    found = []
    for mention in dates:
        days = mention.days(day)
        if day is None or days is None or days != (day, day) or mention.relative:
            continue
        line_start, line_end = document.line_around(mention.span)
        if line_end - line_start <= _LONGEST_LINE or not _tells_of_visit(document, mention):
            found.append(mention.span)
    return frozenset(found)


def _tells_of_visit(document: Document, mention: DateMention) -> bool:
    """Return whether the sentence of a date tells who went where or received whom: it is no dateline then."""
    sentence = document.sentence_at(mention.start)
    return document.lexicon("visit", *_TOLD).finds(document.words, sentence.first, sentence.last)
