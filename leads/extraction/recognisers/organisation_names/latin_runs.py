"""Runs of capitalised Latin words, cut down to what may be one organisation's name."""

import re
from collections.abc import Iterator

from leads.extraction import codes
from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.lexicon import Lexicon
from leads.extraction.recognisers.organisation_names import form_after, form_at_end, form_at_start, swapped
from leads.extraction.recognisers.person_names import Candidate
from leads.extraction.recognisers.places import Mention
from leads.extraction.recognisers.titles import is_office
from leads.extraction.spans import Positions

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢİĪĮĶĹĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽƏ"
_CAPITAL = rf"[{_UPPER}][\w&-]*(?:\.(?=[A-ZŞ]))?"
_SMALL = r"&|of|and|for|the|ve|de|del|della|di|du|et|und|y"
_RUN = re.compile(rf"(?<![\w«“\"@.]){_CAPITAL}(?:[ \u00a0](?:(?:{_SMALL})[ \u00a0])*(?:{_CAPITAL}|[0-9]+(?![\w.,%])))*")
_JOINT = re.compile(r"[ \u00a0](?:and|ve|ile)[ \u00a0](?:the[ \u00a0])?")
_OPENING = ("delegation", "event", "meeting")
_INNER = frozenset({"of", "for", "the", "and", "ve", "at", "in", "de", "di", "ile"})


def pieces(document: Document, places: dict[int, Mention], people: Positions[Candidate]) -> Iterator[tuple[Span, bool]]:
    """Yield what may be names, and whether they have a legal form: runs of capitalised words.

    Runs are parted by people's names and at "and"; titles and adjectives of places are cut off.
    """
    for match in _RUN.finditer(document.text):
        for begin, stop in _without_people(match.span(), people):
            for start, end in _parted(document, begin, stop):
                found = _piece(document, start, end, places)
                if found is not None:
                    yield found


def _piece(document: Document, start: int, end: int, places: dict[int, Mention]) -> tuple[Span, bool] | None:
    words = document.words
    span, form = _with_form(document.text, start, end)
    first, last = document.word_at(start), document.word_at(end)
    first, last = _trimmed(document, first, last, places, form)
    if first >= last:
        return None
    cut = last < document.word_at(end)
    return (words[first].start, words[last - 1].end if cut else span[1]), form and not cut


def _with_form(text: str, start: int, end: int) -> tuple[Span, bool]:
    """Return a run with the legal form that follows or ends it, and whether it has one."""
    form = form_after().match(text, max(start, text.rfind(" ", start, end))) or form_after().match(text, end)
    if form:
        return (start, form.end()), True
    if form_at_start().match(text, start, end):
        return (start, end), True
    if text[end : end + 1] == "." and form_at_end().search(text, start, end + 1):
        return (start, end + 1), True
    return (start, end), form_at_end().search(text, start, end) is not None


def _without_people(span: Span, people: Positions[Candidate]) -> Iterator[Span]:
    begin = span[0]
    for one in people.between(*span):
        yield begin, one.start
        begin = max(begin, one.end)
    yield begin, span[1]


def _parted(document: Document, begin: int, stop: int) -> Iterator[Span]:
    """Yield the parts of a run between its "and"s, where what follows one is no more of the same name."""
    nouns = document.lexicon("organisations", *codes.ORGANISATION_KINDS)
    tail = document.lexicon("organisations", "tail")
    for joint in _JOINT.finditer(document.text, begin, stop):
        first, last = document.word_at(joint.end()), document.word_at(stop)
        if first >= last:
            continue
        before = document.word_at(joint.start()) - document.word_at(begin)
        if not tail.at(document.words, first) and (last - first > 1 or before > 1):
            yield from _cut_at_cases(document, begin, joint.start(), nouns)
            begin = joint.end()
    yield from _cut_at_cases(document, begin, stop, nouns)


def _cut_at_cases(document: Document, begin: int, stop: int, nouns: Lexicon) -> Iterator[Span]:
    """Yield the parts of a run that nouns with a case ending close ("Serbest Bölgesinde Kazak Türk Derneği")."""
    cases = document.language.swaps("nominative_last")
    for hit in nouns.find(document.words, document.word_at(begin), document.word_at(stop)) if cases else ():
        word = document.words[hit.last - 1]
        if swapped(word.text, cases) != word.text and word.end < stop:
            yield begin, word.end
            begin = word.end + 1
    yield begin, stop


def _trimmed(document: Document, first: int, last: int, places: dict[int, Mention], form: bool) -> tuple[int, int]:
    """Return the words of a run without what only opens it and without the title of who speaks for it."""
    while first < last:
        after = _opened(document, first, last, places, form)
        if after <= first:
            break
        first = after
    last = _before_title(document, first, last, form)
    last = _without_seat(document, first, last, places)
    while first < last and document.words[last - 1].plain in _INNER:
        last -= 1
    return first, last


def _before_title(document: Document, first: int, last: int, form: bool) -> int:
    """Return where a run ends before somebody's title, or before another word than the noun of its name."""
    titles, nouns = document.lexicon("people", "title"), document.lexicon("organisations", *codes.ORGANISATION_KINDS)
    others = document.lexicon("organisations", "not_a_name")
    for index in range(first, last):
        inner = index > first and document.words[index - 1].plain in _INNER
        hit = None if inner else next(iter(titles.at(document.words, index)), None)
        if hit is not None and not is_office(document, hit):
            return index if index > first else (first if hit.last >= last else last)
        if (
            index > first
            and not form
            and others.at(document.words, index)
            and nouns.finds(document.words, first, index)
        ):
            return index
    return last


def _opened(document: Document, first: int, last: int, places: dict[int, Mention], form: bool) -> int:
    """Return where a run goes on behind its first words, if they are no part of a name; else where it begins."""
    words, word = document.words, document.words[first]
    if word.plain in document.language.function_words or word.plain in _INNER or word.text[0].isdigit():
        return first + 1
    for table, chosen in (("organisations", ("before_name",)), ("dates", ())):
        for hit in document.lexicon(table, *chosen).at(words, first):
            if hit.last < last or table == "dates":
                return hit.last
    opens = document.sentence_at(word.start).first == first and first + 1 < last
    if opens and document.lexicon("visit", *_OPENING).at(words, first):
        return first + 1
    for hit in document.lexicon("people", "title").at(words, first):
        if hit.last < last and words[hit.last].plain in _INNER and not is_office(document, hit):
            return hit.last + 1
    return _behind_adjective(document, first, last, places, form)


def _behind_adjective(document: Document, first: int, last: int, places: dict[int, Mention], form: bool) -> int:
    """Return where a name begins behind an adjective of a place ("Ankaralı Ulubat İnşaat"), or "in Parma"."""
    place = places.get(document.words[first].start)
    if place is None or place.last >= last:
        return first
    key = document.words[place.last - 1].key
    adjective = (place.kind == "people" and form) or document.language.is_from(key)
    put = place.kind == "city" and place.at and form and last - place.last > 1
    if not adjective and not (put and _is_put_before(document, first)):
        return first
    nouns = document.lexicon("organisations", *codes.ORGANISATION_KINDS, "tail")
    generic = all(nouns.at(document.words, index) for index in range(place.last, last))
    return first if generic else place.last


def _is_put_before(document: Document, first: int) -> bool:
    """Return whether a preposition puts something at the place: the name begins behind it ("in Parma Ertis Tomato")."""
    at_words = document.lexicon("language", "at_words").find(document.words, max(0, first - 1), first)
    return bool(at_words) and document.words[first - 1].plain in _INNER


def _without_seat(document: Document, first: int, last: int, places: dict[int, Mention]) -> int:
    """Return where a name ends before "of" and its seat ("Konkan Foods of Mumbai"); nouns keep theirs."""
    words = document.words
    nouns = document.lexicon("organisations", *codes.ORGANISATION_KINDS)
    for index in range(first + 2, last - 1):
        if words[index].plain == "of" and words[index + 1].start in places:
            hit = nouns.at(words, index - 1)
            if not hit or hit[0].code == "company":
                return index
    return last
