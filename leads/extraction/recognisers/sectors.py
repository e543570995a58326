"""Branches of the economy: which ones a stretch of text speaks of, and which ones travelled."""

from leads.extraction.document import Document, Sentence
from leads.extraction.draft import Span
from leads.extraction.lexicon import Hit
from leads.extraction.spans import SpanIndex


def participants(document: Document, names: SpanIndex) -> list[tuple[str, Span]]:
    """Return the sectors of those who took part, each with its words: from the sentences that say who came."""
    members, kinds = (
        document.lexicon("visit", "members"),
        document.lexicon("kinds", "memorandum", "agreement", "supply"),
    )
    found: dict[str, Span] = {}
    for sentence in document.sentences:
        if sentence.background or not members.finds(document.words, sentence.first, sentence.last):
            continue
        if kinds.finds(document.words, sentence.first, sentence.last):
            continue
        for hit in in_sentence(document, sentence, names):
            found.setdefault(hit.code, hit.span)
    return list(found.items())


def in_sentence(document: Document, sentence: Sentence, names: SpanIndex) -> list[Hit]:
    """Return the sectors one sentence names, outside organisations' names."""
    hits = document.hits("sectors", within=sentence)
    return [hit for hit in hits if not names.touches(hit.start, hit.end)]
