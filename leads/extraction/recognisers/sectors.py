"""Branches of the economy: which ones a stretch of text speaks of, and which ones travelled."""

from leads.extraction.document import Document, Sentence
from leads.extraction.draft import Span
from leads.extraction.lexicon import Hit
from leads.extraction.spans import SpanIndex

# A sentence that says who came without naming the delegation, or the other way round, must list this many sectors.
_LEAST_UNSAID = 2


def participants(document: Document, names: SpanIndex) -> list[tuple[str, Span]]:
    """Return the sectors of those who took part, each with its words: from the sentences that say who came."""
    members, delegation = document.lexicon("visit", "members"), document.lexicon("visit", "delegation")
    kinds = document.lexicon("kinds", "memorandum", "agreement", "supply", "negotiation", "investment_project")
    found: dict[str, Span] = {}
    for sentence in document.sentences:
        told = members.finds(document.words, sentence.first, sentence.last)
        named = delegation.finds(document.words, sentence.first, sentence.last)
        if sentence.background or not (told or named):
            continue
        hits = in_sentence(document, sentence, names)
        if len({hit.code for hit in hits}) < (1 if told and named else _LEAST_UNSAID):
            continue
        if kinds.finds(document.words, sentence.first, sentence.last):
            continue
        for hit in hits:
            found.setdefault(hit.code, hit.span)
    return list(found.items())


def in_sentence(document: Document, sentence: Sentence, names: SpanIndex) -> list[Hit]:
    """Return the sectors one sentence names, outside organisations' names."""
    hits = document.hits("sectors", within=sentence)
    return [hit for hit in hits if not names.touches(hit.start, hit.end)]
