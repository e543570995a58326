"""Which runs of capitalised Latin words are organisations."""

import re
from collections import Counter
from collections.abc import Iterator

from leads.extraction import codes
from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.recognisers.organisation_names import (
    CYRILLIC,
    LEAST_ALONE,
    MOST_WORDS,
    Named,
    first_form_of,
    form_at_end,
    is_home_form,
)
from leads.extraction.recognisers.organisation_names.latin_runs import pieces
from leads.extraction.recognisers.organisation_names.quoted import short_quotes
from leads.extraction.recognisers.person_names import Candidate
from leads.extraction.recognisers.places import Mention
from leads.extraction.spans import Positions

_ROMAN = re.compile(r"[IVXLC]+")
_CAMEL = re.compile(r"[^\W\d_]*[a-zçğıöşü][A-ZÇĞİÖŞÜ][^\W\d_]*")
_ITEM = re.compile(r"(?:^|\n)[ \t]*(?:[–—•*-]|\d{1,2}[.)])[ \t]*$")
_APOSTROPHES, _SPACE = ("'", "’"), (" ", "\u00a0")
_LEAST_LETTERS = 3
_SAMPLE = 5000
# A title this many words before makes a name a person's ("Governor of Turkistan region Nurlybek Aitbayev").
_TITLE_REACH = 5


def latin_names(document: Document, places: tuple[Mention, ...], people: Positions[Candidate]) -> Iterator[Named]:
    """Yield runs of capitalised Latin words: most in a Cyrillic text, those with a noun or a form in a Latin one."""
    text = document.text
    sample = text[:_SAMPLE]
    cyrillic = len(CYRILLIC.findall(sample)) * 2 > len(sample) / 2
    where = {mention.start: mention for mention in places}
    quotes = short_quotes(document)
    spans = list(pieces(document, where, people))
    again = Counter(text[start:end] for (start, end), _ in spans)
    for span, form in spans:
        if span[1] - span[0] < _LEAST_LETTERS or quotes.touches(*span) or _is_alias(text, span):
            continue
        if _in_address(text, span) or _is_headline(text, span):
            continue
        kinds = _kinds(document, span, form)
        if kinds is None:
            continue
        if cyrillic:
            wanted = _stands_alone(text[span[0] : span[1]], kinds, form, where.get(span[0]), _is_called(document, span))
        else:
            wanted = _is_named(document, span, kinds, form, where, often=again[text[span[0] : span[1]]] > 1)
        if wanted and len(text[span[0] : span[1]].split()) <= MOST_WORDS:
            kind = next((code for code in reversed(kinds) if code != "company"), "company")
            ending = form_at_end().search(text, *span) if form else None
            home = is_home_form(ending[0] if ending else None)
            name = text[span[0] : span[1]] if form else first_form_of(document, text[span[0] : span[1]])
            yield Named(name, kind, (span,), home_form=home)


def _is_alias(text: str, span: Span) -> bool:
    """Return whether a run is an abbreviation in brackets after the name it is short for."""
    name = text[span[0] : span[1]]
    return name.isupper() and text[max(0, span[0] - 1) : span[0]] == "(" and text[span[1] : span[1] + 1] == ")"


def _in_address(text: str, span: Span) -> bool:
    return re.search(r"@|www\.|\.kz\b|\.com\b", text[max(0, span[0] - 1) : span[1] + 4]) is not None


def _is_headline(text: str, span: Span) -> bool:
    """Return whether the run is part of a line in capitals."""
    if not text[span[0] : span[1]].isupper():
        return False
    begin, end = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1])
    line = text[max(begin, span[0] - 200) : min(end if end >= 0 else len(text), span[1] + 200)]
    return line.isupper()


def _kinds(document: Document, span: Span, form: bool) -> list[str] | None:
    """Return the kinds that words of the run or beside it name; None where a word says it is no organisation."""
    words = document.words
    first, last = document.word_at(span[0]), document.word_at(span[1])
    if document.lexicon("organisations", "media").finds(words, first, last):
        return None
    others = document.lexicon("organisations", "not_a_name").find(words, first, last)
    if not form and any(hit.last == last or words[hit.last].plain == "of" for hit in others):
        return None
    nouns = document.lexicon("organisations", *codes.ORGANISATION_KINDS)
    beside = [hit for hit in nouns.find(words, last, min(last + 3, len(words))) if hit.first == last]
    beside += [hit for hit in nouns.find(words, max(0, first - 2), first) if hit.last == first]
    return [hit.code for hit in (*beside, *nouns.find(words, first, last))]


def _is_called(document: Document, span: Span) -> bool:
    """Return whether a person's title stands after a run and a dash ("Wang Lei — инвестор")."""
    words, last = document.words, document.word_at(span[1])
    dash = re.match(r"\s*[–—-]\s*", document.text[span[1] : span[1] + 5])
    return bool(dash) and document.lexicon("people", "title").finds(words, last, min(last + 2, len(words)))


def _stands_alone(name: str, kinds: list[str], form: bool, place: Mention | None, called: bool) -> bool:
    """Return whether a Latin run in a Cyrillic text is a name: several words, a form, long capitals; no mere place."""
    if form or (" " in name and (place is None or len(name.split()) > place.last - place.first)):
        return form or bool(kinds) or not called
    if _ROMAN.fullmatch(name) or place is not None:
        return False
    return (
        bool(kinds) or (name.isupper() and len(name) >= LEAST_ALONE) or (len(name) > LEAST_ALONE and not name.isupper())
    )


def _is_named(
    document: Document, span: Span, kinds: list[str], form: bool, where: dict[int, Mention], *, often: bool
) -> bool:
    """Return whether a run in a Latin text names an organisation: by its form, its noun or what stands beside it."""
    if form:
        return not _is_form_alone(document, span)
    beside = (_is_introduced(document, span, where) or "&" in document.text[slice(*span)]) and not _is_generic(
        document, span
    )
    if " " in document.text[span[0] : span[1]]:
        return (bool(kinds) and not _is_generic(document, span)) or _is_partner(document, span, where, beside or often)
    return beside or _is_abbreviation(document, span, where) or _is_camel(document, span, where)


def _is_form_alone(document: Document, span: Span) -> bool:
    """Return whether there is nothing but a legal form."""
    return form_at_end().fullmatch(document.text, *span) is not None


def _is_camel(document: Document, span: Span, where: dict[int, Mention]) -> bool:
    """Return whether one word has a capital inside ("KazAgro"): a company's."""
    return span[0] not in where and any(
        _CAMEL.fullmatch(part) for part in document.text[span[0] : span[1]].split("-") if len(part) > LEAST_ALONE
    )


def _is_abbreviation(document: Document, span: Span, where: dict[int, Mention]) -> bool:
    """Return whether one word stands in capitals among words that do not ("ADNOC")."""
    name = document.text[span[0] : span[1]]
    if not (name.isupper() and name.isalpha() and len(name) >= LEAST_ALONE) or span[0] in where:
        return False
    first = document.word_at(span[0])
    beside = document.words[max(0, first - 1) : first] + document.words[first + 1 : first + 2]
    return len(beside) == 2 and all(word.text.islower() for word in beside)


def _is_introduced(document: Document, span: Span, where: dict[int, Mention]) -> bool:
    """Return whether a run is called a company beside it ("the Finnish company Metso", "Metso's owner")."""
    words, first, last = document.words, document.word_at(span[0]), document.word_at(span[1])
    if span[0] in where and where[span[0]].last >= last:
        return False
    text = document.text
    nouns = document.lexicon("organisations", "company", "bank")
    if text[span[0] - 1 : span[0]] in _SPACE:
        before = nouns.find(words, max(0, first - 1), first)
        leading = document.lexicon("organisations", "before_name").find(words, max(0, first - 3), first)
        if (before and words[before[0].first].text.islower()) or any(hit.last == first for hit in leading):
            return True
    owned = text[span[1] : span[1] + 1] in _APOSTROPHES
    last += owned
    following = document.lexicon("organisations", "after_name" if owned else "follows_name")
    return last < len(words) and bool(following.at(words, last)) and words[last].start - words[last - 1].end == 1


def _is_generic(document: Document, span: Span) -> bool:
    """Return whether a run is nothing but nouns, written large: an unnamed zone is no organisation."""
    first, last = document.word_at(span[0]), document.word_at(span[1])
    nouns = document.lexicon("organisations", *codes.ORGANISATION_KINDS).find(document.words, first, last)
    if any(hit.code == "international" for hit in nouns):
        return False
    covered = sum(hit.last - hit.first for hit in nouns)
    return covered >= sum(1 for word in document.words[first:last] if word.text[0].isupper())


def _is_partner(document: Document, span: Span, where: dict[int, Mention], told: bool) -> bool:
    """Return whether a run without a noun is an organisation: told so beside it, in a list, or doing business."""
    words = document.words
    first, last = document.word_at(span[0]), document.word_at(span[1])
    if not 2 <= last - first <= 5 or _is_placed(document, first, last, where):
        return False
    if document.text[span[0] : span[1]].isupper() or document.lexicon("people", "not_a_name").finds(words, first, last):
        return False
    titles = document.lexicon("people", "title")
    if titles.finds(words, first, last):
        return False
    if told or _ITEM.search(document.text, max(0, span[0] - 20), span[0]):
        return True
    if titles.finds(words, max(0, first - _TITLE_REACH), min(last + 3, len(words))):
        return False
    sentence = document.sentence_at(span[0])
    return document.lexicon("kinds").finds(words, sentence.first, sentence.last)


def _is_placed(document: Document, first: int, last: int, where: dict[int, Mention]) -> bool:
    """Return whether all words of a run name places, or its last one does ("Upper Silesia")."""
    covered = {
        index for start in range(first, last) if document.words[start].start in where
        for index in range(start, where[document.words[start].start].last)
    }  # fmt: skip
    return last - 1 in covered or len(covered) >= last - first
