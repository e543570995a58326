"""Reads the scene of a report: which places count, what they are to the visit, and what each sentence weighs."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from leads.extraction.codes import CURRENCIES
from leads.extraction.document import Context, Document, Sentence
from leads.extraction.draft import Span
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.organisations import Named
from leads.extraction.recognisers.places import Mention
from leads.extraction.recognisers.visit.scene import Line, Scene
from leads.extraction.spans import SpanIndex

_CUES = (
    "attended", "delegation", "event", "fair", "guest_at", "guest_of", "inbound", "local", "meeting", "moved", "ours",
    "outbound", "received", "returned", "side", "talked", "venue", "visitors", "we_host", "we_travel",
)  # fmt: skip
# Sentences count by their place: headings and the head of a letter are many and short.
_OPENING, _OPENING_WORDS = 4, 90
_EARLY, _EARLY_WORDS = 9, 220
_OPENS, _FOLLOWS, _LATER = 2.0, 1.0, 0.6
# What is only planned, or was refused, says little of this visit.
_PLANNED = 0.25
# What somebody says in so many words, in quotation marks, puts nobody anywhere.
_SPEECH = re.compile(r"«[^«»\n]{25,}»|“[^“”\n]{25,}”|\"[^\"\n]{25,}\"")
_OFFICE_REACH, _RETURN_REACH = 3, 5


def scene_of(
    document: Document,
    context: Context,
    places: tuple[Mention, ...],
    people: list[Span],
    organisations: Iterable[Named],
) -> Scene:
    """Return the scene of a report. A place in a person's name is none, one in a company's puts nobody there."""
    names = SpanIndex(span for one in organisations for span in one.spans)
    companies = SpanIndex(span for one in organisations if one.kind == "company" for span in one.spans)
    cues: dict[int, list[Hit]] = defaultdict(list)
    for hit in _cues(document):
        cues[document.sentence_number(hit.start)].append(hit)
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in _counted(document, places, SpanIndex(people), names):
        number = document.sentence_number(mention.start)
        by_sentence[number].append(_returned_from(mention, cues[number]))
    lines = tuple(
        _line(document, number, tuple(by_sentence[number]), tuple(cues[number]))
        for number in sorted({*by_sentence, *cues})
    )
    return Scene(document, context, lines, names, companies, _business(document))


def _cues(document: Document) -> Iterator[Hit]:
    """Yield the words that tell of a visit; who "came together" met, and came nowhere."""
    meetings_end = 0
    for hit in document.lexicon("visit", *_CUES).find_each(document.words):
        if hit.code == "meeting":
            meetings_end = max(meetings_end, hit.last)
        if hit.code != "moved" or hit.last > meetings_end:
            yield hit


def _counted(document: Document, places: tuple[Mention, ...], people: SpanIndex, names: SpanIndex) -> Iterator[Mention]:
    """Yield the places that count, without a role where a name or somebody's speech holds them."""
    speech = SpanIndex(match.span() for match in _SPEECH.finditer(document.text))
    office = document.lexicon("visit", "office")
    for mention in places:
        inside = people.touches(mention.start, mention.end)
        if (inside and not (mention.at or mention.origin)) or _is_of_money(document, mention):
            continue
        if _is_of_name(document, mention) or (mention.kind in ("city", "country") and _is_of_route(document, mention)):
            continue
        sentence = document.sentence_at(mention.start)
        low = max(sentence.first, mention.first - _OFFICE_REACH)
        high = min(sentence.last, mention.last + _OFFICE_REACH)
        told = speech.touches(mention.start, mention.end) or names.touches(mention.start, mention.end)
        if told or office.finds(document.words, low, high):
            mention = replace(mention, at=False, origin=False, seen=False)
        yield mention


def _returned_from(mention: Mention, cues: list[Hit]) -> Mention:
    """Return where somebody returned from as where they were: "Сеулден оралды", "back from Seoul"."""
    if not mention.origin or mention.kind == "people":
        return mention
    near = [
        (min(abs(hit.first - mention.last), abs(mention.first - hit.last)), hit.code)
        for hit in cues
        if hit.code in ("returned", "moved", "delegation", "visitors")
    ]
    distance, code = min(near, key=lambda one: (one[0], one[1] != "returned"), default=(_RETURN_REACH + 1, ""))
    if code != "returned" or distance > _RETURN_REACH:
        return mention
    return replace(mention, origin=False, at=True)


def _line(document: Document, number: int, places: tuple[Mention, ...], hits: tuple[Hit, ...]) -> Line:
    sentence = document.sentences[number]
    past = sentence.background or _says(document, sentence, "visit", "earlier")
    opens = number < _OPENING or sentence.first < _OPENING_WORDS
    early = number < _EARLY or sentence.first < _EARLY_WORDS
    planned = (number > 0 and _says(document, sentence, "dates", "planned")) or _says(
        document, sentence, "kinds", "refusal"
    )
    planned = planned or _says(document, sentence, "visit", "absent")
    weight = 0.0 if past else _OPENS if opens else _FOLLOWS if early else _LATER
    return Line(
        number, opens, sentence, weight * (_PLANNED if planned else 1.0), planned, places, hits,
        frozenset(hit.code for hit in hits),
    )  # fmt: skip


def _says(document: Document, sentence: Sentence, table: str, code: str) -> bool:
    return document.lexicon(table, code).finds(document.words, sentence.first, sentence.last)


def _business(document: Document) -> dict[int, tuple[int, ...]]:
    """Return where plans, goods and undertakings are spoken of, as words by sentence."""
    found: dict[int, list[int]] = defaultdict(list)
    hits = document.hits("kinds", "delivery", "investment_project", "joint_venture", "plan")
    for hit in [*hits, *document.hits("dates", "planned")]:
        found[document.sentence_number(hit.start)].append(hit.first)
    return {number: tuple(words) for number, words in found.items()}


def _is_of_route(document: Document, mention: Mention) -> bool:
    """Return whether a place stands in a row with another, joined by a dash without spaces: "Poti-Baku-Aktau"."""
    text = document.text
    before, after = text[max(0, mention.start - 2) : mention.start], text[mention.end : mention.end + 2]
    return bool(re.fullmatch(r"\w[-–—]", before) or re.fullmatch(r"[-–—][^\W\d_a-zа-яёәғқңөұүһі]", after))


def _is_of_name(document: Document, mention: Mention) -> bool:
    """Return whether a place in Latin among Cyrillic goes on in Latin: a word of a name ("Mekong Tours")."""
    if not document.language.is_cyrillic or mention.kind == "people" or not _is_latin(document.text[mention.start]):
        return False
    words = document.words
    beside = (*words[max(0, mention.first - 1) : mention.first], *words[mention.last : mention.last + 1])
    return any(
        _is_latin(word.text[0])
        and word.text[0].isupper()
        and min(abs(word.end - mention.start), abs(word.start - mention.end)) <= 1
        for word in beside
    )


def _is_latin(letter: str) -> bool:
    return "A" <= letter <= "ɏ"


def _is_of_money(document: Document, mention: Mention) -> bool:
    """Return whether a place says whose money it is: the "US" of US dollars, the "США" of "долл. США"."""
    words, money = document.words, document.lexicon("amounts", *sorted(CURRENCIES))
    beside = (*range(max(0, mention.first - 1), mention.first), *range(mention.last, min(mention.last + 1, len(words))))
    if any(money.at(words, index) for index in beside):
        return True
    before = [hit for index in range(max(0, mention.first - 2), mention.first) for hit in money.at(words, index)]
    return any(hit.last >= mention.first for hit in before) or any(
        hit.first <= mention.first < hit.last for hit in before
    )
