"""What a person is: the title that stands beside the name."""

import re
from dataclasses import dataclass

from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.folding import legal_forms
from leads.extraction.gazetteers import people
from leads.extraction.lexicon import Hit
from leads.extraction.spans import Positions

_REACH, _REACH_BEHIND, _REACH_IN_A_ROLL = 6, 4, 10
_LONGEST, _MOST_WORDS = 90, 8
_LONGEST_JOINT = 4
_FORMS = frozenset(legal_forms())
_INSIDE = re.compile(r"[ \u00a0]|[-’']")
# Somebody else's name between: "the director Anna Weber and Ivan Petrov" makes both known, and one a director.
_NAME = re.compile(r"\b[^\W\d_a-zа-яәғқңөұүһі]\w+ [^\W\d_a-zа-яәғқңөұүһі]\w+")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it stands, its leading noun in lower case (what tells the case of the name after it), its place.

    The text is empty where a title makes a name a person's without being theirs.
    """

    text: str
    noun: str = ""
    span: Span | None = None


def all_titles(document: Document) -> list[Hit]:
    """Return the titles of a text: no offices and trades named after them ("министрлік", "инженерный")."""
    return [hit for hit in document.hits("people", "title") if not is_office(document, hit)]


def is_office(document: Document, hit: Hit) -> bool:
    """Return whether what stands there is made from a title and is none: the office, the trade, an adjective."""
    stem = re.split(r"[\s'’-]", hit.phrase)[-1]
    return document.language.makes_an_office(document.words[hit.last - 1].plain[len(stem.rstrip("!")) :])


def title_of(document: Document, span: Span, titles: Positions[Hit]) -> Title | None:
    """Return the title right before a name, or after it and a comma or a dash; None where there is none.

    What only addresses somebody ("Mr") gives way to what the person is.
    """
    before = _before(document, span, titles)
    if before is None or (before.span is not None and _only_addresses(document, before.span)):
        return _after(document, span, titles) or before
    return before


def _only_addresses(document: Document, span: Span) -> bool:
    first, last = document.word_at(span[0]), document.word_at(span[1])
    hits = document.lexicon("people", "honorific").find(document.words, first, last)
    return sum(hit.last - hit.first for hit in hits) >= last - first


def _before(document: Document, span: Span, titles: Positions[Hit]) -> Title | None:
    first, text = document.word_at(span[0]), document.text
    sentence = document.sentence_at(span[0])
    hits = [hit for hit in titles.between(sentence.start, span[0]) if first - _REACH <= hit.first and hit.last <= first]
    stops = re.findall(r"[,;:.!?–]\s", text[hits[-1].end : span[0]]) if hits else []
    set_off = stops == [", "] and text[span[0] - 2 : span[0]] == ", " and text[span[1] : span[1] + 1] == ","
    if not hits or (stops and not set_off):
        return None
    if _NAME.search(text, hits[-1].end, span[0]):
        return Title("")
    if _only_joins(document, hits[-1].last, first):
        return None
    leading = _leading(document, hits)
    start, end = _start(document, leading, sentence.first), _end(document, leading, hits, span[0])
    words = document.quote((start, end)).strip(" –—-,:")
    return Title(words, document.words[leading.first].plain, (start, end)) if words else None


def _only_joins(document: Document, first: int, last: int) -> bool:
    """Return whether nothing but small words stands between a title and a name: the "CEO of" somebody is another."""
    small = document.language.function_words
    words = [word.plain for word in document.words[first:last]]
    return bool(words) and all(len(word) <= _LONGEST_JOINT and word in small for word in words)


def _leading(document: Document, hits: list[Hit]) -> Hit:
    """Return the first noun of the title that ends with the last one: no verb and no other name stands between."""
    told = document.lexicon("visit", "meeting", "moved", "received", "head", "head_role")
    leading = hits[-1]
    for hit in reversed(hits[:-1]):
        between = document.words[hit.last : leading.first]
        if any(word.text[0].isupper() for word in between) or told.finds(document.words, hit.last, leading.first):
            break
        if re.search(r"[,;:–—(]", document.text[hit.end : leading.start]):
            break
        leading = hit
    return leading


def _end(document: Document, leading: Hit, hits: list[Hit], end: int) -> int:
    """Return where a title ends: before a last word that only addresses the person ("директор господин …")."""
    honorific = document.lexicon("people", "honorific")
    last = hits[-1]
    if last is not leading and honorific.at(document.words, last.first):
        return last.start
    return end


def _start(document: Document, title: Hit, least: int) -> int:
    """Return where a title begins: at what describes its noun.

    In a language whose nouns stand last these are all the words before it ("облыс әкімінің орынбасары") up to one that
    `title_stops` ends; in the others its adjectives ("первый заместитель", "Deputy Governor").
    """
    words, first = document.words, title.first
    noun_last = bool(document.language.phrases("language", "title_stops"))
    while first > least and title.first - first < _MOST_WORDS and _describes(document, first, least, noun_last):
        first -= 1
    while first < title.first and document.text[words[first].start - 1 : words[first].start] in ("-", "'", "’"):
        first += 1  # the ending of a name before it: «Дала»-ның директоры
    return words[first].start


def _describes(document: Document, first: int, least: int, noun_last: bool) -> bool:
    words, language = document.words, document.language
    word = words[first - 1]
    if _INSIDE.fullmatch(document.text[word.end : words[first].start]) is None:
        return False
    if word.text in _FORMS or _ends_a_person(document, first - 1):
        return False
    if document.lexicon("people", "title_modifier").at(words, first - 1):
        return True
    capital = word.text[0].isupper() and first - 1 > least
    if noun_last:
        told = document.lexicon("visit", "head", "meeting", "moved", "received").at(words, first - 1)
        return capital or not (told or word.plain in language.function_words or language.stops_a_title(word.plain))
    if language.is_cyrillic:
        return word.text.islower() and language.is_adjective(word.plain)
    return capital and word.plain not in language.function_words


def _ends_a_person(document: Document, index: int) -> bool:
    """Return whether a word is somebody's family name: "Бурса мэрі Роберт Браун | облыс әкімі"."""
    words = document.words
    capitals = index > 0 and words[index].text[0].isupper() and words[index - 1].text[0].isupper()
    return capitals and people.is_given(words[index - 1].key)


def _after(document: Document, span: Span, titles: Positions[Hit]) -> Title | None:
    last, text = document.word_at(span[1]), document.text
    sentence = document.sentence_at(span[0])
    mark = re.match(r"\s*[,–—(-]\s*", text[span[1] : span[1] + 6])
    if not mark:
        return None
    reach = _REACH_IN_A_ROLL if mark[0].strip() in ("–", "—", "-") else _REACH_BEHIND
    hits = [hit for hit in titles.between(span[1], sentence.end) if last <= hit.first < last + reach]
    begin = span[1] + mark.end()
    if not hits or re.search(r"[;\n]|, ", text[begin : hits[0].start]):
        return None
    stop = re.search(r"[,;.()\n]", text[hits[0].end : sentence.end])
    end = hits[0].end + stop.start() if stop else sentence.end
    words = document.quote((begin, min(end, begin + _LONGEST)))
    return Title(words, "", (begin, min(end, begin + _LONGEST))) if words else None
