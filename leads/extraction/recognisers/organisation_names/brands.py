"""Cyrillic names without quotation marks beside a noun for companies."""

from collections.abc import Iterator

from leads.extraction.document import Document
from leads.extraction.recognisers.organisation_names import CYRILLIC, LEAST_ALONE, Named
from leads.extraction.spans import SpanIndex

_CLOSING = frozenset('»”“"')
_MOST_WORDS = 3


def brands(document: Document, places: SpanIndex, people: SpanIndex) -> Iterator[Named]:
    """Yield capitalised words right behind a noun ("завод Казцинк"), or right before it ("Хевел компаниясы")."""
    words = document.words
    for hit in document.hits("organisations", "company"):
        noun = words[hit.first].text
        if not CYRILLIC.match(noun) or not noun[0].islower():
            continue
        named = document.text[max(0, hit.start - 2) : hit.start].strip() in _CLOSING
        first, last = hit.last, hit.last
        while not named and last - first < _MOST_WORDS and _is_brand(document, last, places, people):
            last += 1
        if first == last:
            first = last = hit.first
            follows = first > 0 and document.text[words[first - 1].end : hit.start] == " "
            while (
                follows and last - first < _MOST_WORDS and first > 0 and _is_brand(document, first - 1, places, people)
            ):
                first -= 1
            first += first < last and document.sentence_at(words[first].start).first == first
        if first < last:
            span = words[first].start, words[last - 1].end
            yield Named(document.text[slice(*span)], "company", (span,))


def _is_brand(document: Document, index: int, places: SpanIndex, people: SpanIndex) -> bool:
    """Return whether a word may be a company's name: a capital and small letters beside its neighbour, no place."""
    words = document.words
    if not 0 < index < len(words):
        return False
    word = words[index]
    if len(word.text) < LEAST_ALONE or not word.text[0].isupper() or not word.text[1:].islower():
        return False
    beside = document.text[words[index - 1].end : word.start] == " "
    known = document.lexicon("organisations").at(words, index)
    titles = document.lexicon("people", "title", "not_a_name").at(words, index)
    return beside and not known and not titles and not (places.touches(*word.span) or people.touches(*word.span))
