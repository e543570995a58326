"""Latin names whose noun stands in small letters: "Ertis social corporation", "the akimat of Abai region"."""

from collections.abc import Iterator

from leads.extraction.document import Document
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.organisation_names import CYRILLIC, Named
from leads.extraction.recognisers.places import Mention
from leads.extraction.spans import SpanIndex

_KINDS = ("academic", "association", "bank", "industrial_zone", "state_body", "works")
_MOST_MODIFIERS, _MOST_CAPITALS = 4, 4


def described_names(document: Document, places: tuple[Mention, ...], people: SpanIndex) -> Iterator[Named]:
    """Yield capitals that lower-case words and a noun describe, and offices of a place that sign something."""
    words = document.words
    seats = {mention.start: mention for mention in places}
    for hit in document.lexicon("organisations", *_KINDS).find(words):
        if CYRILLIC.match(words[hit.first].text) or not words[hit.first].text.islower():
            continue
        last = _seat(document, hit, seats) if hit.code == "state_body" else hit.last
        first = _capitals(document, hit.first, people) if hit.code != "state_body" else hit.first
        if hit.first == first and last == hit.last:
            continue
        if hit.code not in ("industrial_zone", "state_body") and _is_of_a_place(document, first, hit.first, seats):
            continue
        span = words[first].start, words[last - 1].end
        yield Named(document.text[slice(*span)], "company" if hit.code == "works" else hit.code, (span,))


def _is_of_a_place(document: Document, first: int, noun: int, seats: dict[int, Mention]) -> bool:
    """Return whether the capitals only say where somebody is from ("a Dutch bank"), or open the sentence."""
    words = document.words
    capitals = [word for word in words[first:noun] if word.text[0].isupper()]
    opens = len(capitals) == 1 and document.sentence_at(words[first].start).first == first
    return opens or all(word.start in seats for word in capitals)


def _capitals(document: Document, noun: int, people: SpanIndex) -> int:
    """Return where the capitals before a noun and its lower-case modifiers begin; the noun itself without any."""
    words, text = document.words, document.text
    modifiers = document.lexicon("organisations", "modifier")
    titles = document.lexicon("people", "title", "not_a_name")
    first = noun
    while first > 0 and noun - first < _MOST_MODIFIERS and text[words[first - 1].end : words[first].start] == " ":
        if not (words[first - 1].text.islower() and modifiers.at(words, first - 1)):
            break
        first -= 1
    begin = first
    while begin > 0 and first - begin < _MOST_CAPITALS and text[words[begin - 1].end : words[begin].start] == " ":
        word = words[begin - 1]
        small = word.plain in document.language.function_words or bool(titles.at(words, begin - 1))
        if not word.text[0].isupper() or small or people.touches(*word.span):
            break
        begin -= 1
    return begin if begin < first else noun


def _seat(document: Document, hit: Hit, seats: dict[int, Mention]) -> int:
    """Return where "of Abai region" behind an office ends, in a sentence that tells of signing; else the noun's end."""
    words, last = document.words, hit.last
    sentence = document.sentence_at(hit.start)
    if not document.lexicon("kinds", "agreement", "memorandum").finds(words, sentence.first, sentence.last):
        return hit.last
    if last + 1 >= len(words) or words[last].plain != "of":
        return hit.last
    index = last + 1 + (words[last + 1].plain == "the")
    seat = seats.get(words[index].start) if index < len(words) else None
    if seat is None:
        return hit.last
    tails = document.lexicon("organisations", "tail")
    return seat.last + bool(seat.last < len(words) and tails.at(words, seat.last))
