"""Experience shown or shared: topics of practice in the sentences that tell what was shown."""

from leads.extraction.document import Document
from leads.extraction.draft import Practice, Span
from leads.extraction.spans import SpanIndex

# A sentence goes on about a zone for this many sentences after its name: with words of experience, and in a list.
_NEAR, _FAR = 3, 8
_CLAUSE_ENDS = ",;—–:.()\n"


def recognise(document: Document, names: SpanIndex) -> tuple[Practice, ...]:
    """Return one practice for each topic, with the clauses that speak of it.

    A topic counts in a sentence of experience ("танысты", "explained"), or in a list of incentives near a zone.
    """
    shown = document.lexicon("practices", "shown")
    experience = document.lexicon("practices", "experience")
    topics = document.lexicon("practices", *_topics())
    zone = document.lexicon("visit", "zone_word")
    business = document.lexicon("kinds", "memorandum", "agreement", "supply", "joint_venture")
    found: dict[str, list[Span]] = {}
    near_zone = last_shown = -_FAR - 1
    for index, sentence in enumerate(document.sentences):
        first, last = sentence.first, sentence.last
        if zone.finds(document.words, first, last):
            near_zone = index
        hits = [hit for hit in topics.find(document.words, first, last) if not names.touches(hit.start, hit.end)]
        several = len({hit.code for hit in hits}) > 1
        told = shown.finds(document.words, first, last) and (several or index - near_zone <= _NEAR)
        listed = index - near_zone <= _NEAR and (several or zone.finds(document.words, first, last))
        told = told or experience.finds(document.words, first, last)
        going_on = index - last_shown <= 1 and index - near_zone <= _FAR
        if sentence.background or business.finds(document.words, first, last) or not (told or listed or going_on):
            continue
        last_shown = index if hits else last_shown
        for hit in hits:
            found.setdefault(hit.code, []).append(_clause(document, hit.start, hit.end, sentence.start, sentence.end))
    return tuple(
        Practice(topic=topic, summary=document.quote(spans[0]), evidence=tuple(dict.fromkeys(spans)))
        for topic, spans in found.items()
    )


def _topics() -> tuple[str, ...]:
    return (
        "infrastructure",
        "other",
        "simpler_procedures",
        "state_support",
        "tariff",
        "tax_incentive",
        "workforce",
        "zone_management",
    )


def _clause(document: Document, start: int, end: int, least: int, most: int) -> Span:
    while start > least and document.text[start - 1] not in _CLAUSE_ENDS:
        start -= 1
    while end < most and document.text[end] not in _CLAUSE_ENDS:
        end += 1
    return document.trimmed(start, end)
