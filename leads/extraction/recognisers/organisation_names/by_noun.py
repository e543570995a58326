"""Cyrillic names made with a noun of organisations."""

import re
from collections.abc import Iterator

from leads.extraction.document import Document
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.organisation_names import CYRILLIC, Named, first_form_of
from leads.extraction.spans import SpanIndex

_KINDS = ("academic", "association", "bank", "industrial_zone", "other", "state_body", "works")
_JOINING = frozenset({"и", "г", "имени", "және", "мен"})
_MOST_MODIFIERS, _MOST_BEHIND, _LEAST_LETTERS = 4, 6, 3
_NUMBER = re.compile(r"[ \u00a0]№[ \u00a0]?\d+")
_AFTER_WHOM = re.compile(r"(?:\.?[ \u00a0]?[^\W\d_a-zа-яёәғқңөұүһі](?:[\w-]+|\.)){1,4}")


def names_by_noun(document: Document, people: SpanIndex, places: SpanIndex) -> Iterator[Named]:
    """Yield Cyrillic names made with a noun: with capitals before it, or a capitalised noun with what follows it."""
    finder = _Finder(document, people, places)
    for hit in document.lexicon("organisations", *_KINDS).find(document.words):
        if CYRILLIC.match(document.words[hit.first].text):
            named = finder.at(hit)
            if named is not None:
                yield named


class _Finder:
    """Looks for the name that a noun belongs to."""

    def __init__(self, document: Document, people: SpanIndex, places: SpanIndex) -> None:
        self._document, self._people, self._places = document, people, places
        self._modifiers = document.lexicon("organisations", "modifier")
        self._tails = document.lexicon("organisations", "tail")
        self._after = document.lexicon("people", "named_after")
        self._nouns = document.lexicon("organisations", *_KINDS)
        self._signed = document.lexicon("kinds", "agreement", "memorandum")
        self._others = document.lexicon("organisations", "not_a_name")
        self._genitives = bool(document.language.phrases("language", "genitives"))

    def at(self, hit: Hit) -> Named | None:
        """Return the organisation named at a noun; None where the noun is nobody's name."""
        document, words, text = self._document, self._document.words, self._document.text
        first = self._beginning(hit)
        last = self._end(hit)
        if self._names_itself(last) or self._others.finds(words, first, last):
            return None
        if hit.code == "works" and not self._is_works(hit, first):
            return None
        if hit.code == "industrial_zone" and document.language.ends_a_name(words[hit.first - 1].plain):
            return None  # «Қостанайдың индустриялық аймағы» is unnamed
        start, end = words[first].start, words[last - 1].end
        number = _NUMBER.match(text, end)
        end = number.end() if number else end
        before = first < hit.first and words[first].text[0].isupper()
        opens = document.sentence_at(start).first == first and self._says_nothing(hit, first)
        behind = number is not None or any(word.text[0].isupper() for word in words[hit.last : last])
        behind = behind and hit.code != "industrial_zone"
        capital = words[hit.first].text[0].isupper() and last > hit.last
        if (before and not (opens and last == hit.last)) or behind or (capital and not (opens and last == hit.last)):
            kind = "company" if hit.code == "works" else hit.code
            return Named(first_form_of(document, text[start : hit.end]) + text[hit.end : end], kind, ((start, end),))
        return None

    def _says_nothing(self, hit: Hit, first: int) -> bool:
        """Return whether a capital that opens the sentence makes no name: it only describes, or is an office's."""
        words = self._document.words
        if self._modifiers.at(words, first) or self._tails.at(words, first):
            return True
        return hit.code not in ("academic", "bank") and not self._places.touches(*words[first].span)

    def _is_works(self, hit: Hit, first: int) -> bool:
        """Return whether a noun of companies has an adjective of its own: "Уральский арматурный завод"."""
        words = self._document.words
        return first < hit.first and self._document.language.is_adjective(words[first].plain)

    def _beginning(self, hit: Hit) -> int:
        """Return where a name begins: at its adjectives and capitals, at whom it is called after."""
        words = self._document.words
        first = hit.first
        while first > 0 and hit.first - first < 3 and (step := self._belonging(first)):
            first -= step
        if first == hit.first:
            described = self._described(first)
            first = described if hit.code != "state_body" or self._is_party(described) else first
        if first > 1 and self._after.at(words, first - 1) and words[first - 1].end + 1 == words[first].start:
            begin = first - 1
            while begin > 0 and first - begin < 4 and words[begin - 1].text[0].isupper() and self._touches(begin):
                begin -= 1
            first = begin if begin < first - 1 else first
        return first

    def _is_party(self, first: int) -> bool:
        """Return whether an office of a place signs something: other offices are nobody's partner."""
        word = self._document.words[first]
        sentence = self._document.sentence_at(word.start)
        signs = self._signed.finds(self._document.words, sentence.first, sentence.last)
        return signs and self._places.touches(*word.span)

    def _belonging(self, first: int) -> int:
        """Return how many words before a name are its capitalised adjective: 1, 2 of "Торгово-промышленная", or 0."""
        words, text = self._document.words, self._document.text
        word = words[first - 1]
        if text[word.end : words[first].start] not in (" ", "-", "\u00a0") or self._people.touches(*word.span):
            return 0
        if word.text[0].isupper():
            return int(len(word.text) > _LEAST_LETTERS and not self._is_clause_opening(first - 1))
        compound = first > 1 and text[words[first - 2].end : word.start] == "-" and words[first - 2].text[0].isupper()
        return 2 * compound

    def _is_clause_opening(self, index: int) -> bool:
        """Return whether a capital says nothing: a small word that opens the sentence."""
        word = self._document.words[index]
        return (
            word.plain in self._document.language.function_words
            and self._document.sentence_at(word.start).first == index
        )

    def _described(self, first: int) -> int:
        """Return where a name begins whose noun is described in small letters: "Варшава техникалық университеті"."""
        words, begin = self._document.words, first
        language = self._document.language
        while begin > 0 and first - begin < _MOST_MODIFIERS and words[begin - 1].text[0].islower():
            if not (self._modifiers.at(words, begin - 1) or language.is_adjective(words[begin - 1].plain)):
                break
            begin -= 1
        while begin < first and words[begin].text in _JOINING:
            begin += 1
        if begin == 0 or not self._touches(begin) or begin == first:
            return first
        word = words[begin - 1]
        fits = word.text[0].isupper() and len(word.text) > _LEAST_LETTERS - 1 and not self._people.touches(*word.span)
        if fits and language.phrases("language", "adjectives") and not language.is_adjective(word.plain):
            return first
        return begin - 1 if fits else first

    def _touches(self, index: int) -> bool:
        """Return whether nothing but one space stands before a word."""
        words, text = self._document.words, self._document.text
        return text[words[index - 1].end : words[index].start] in (" ", "\u00a0", ". ", ".")

    def _end(self, hit: Hit) -> int:
        """Return where a name ends: behind its genitives, the last of them a capital or a word that closes names."""
        words, last, closed = self._document.words, hit.last, hit.last
        while last < len(words) and last - hit.last < _MOST_BEHIND and words[last].start == words[last - 1].end + 1:
            word = words[last]
            if self._people.touches(*word.span) or (words[last - 1].text in _JOINING and self._nouns.at(words, last)):
                break
            if self._after.at(words, last):
                return self._behind_whom(last, closed)
            tail = bool(self._tails.at(words, last))
            genitive = self._genitives and (
                self._document.language.is_genitive(word.plain) or self._places.touches(*word.span)
            )
            capital = word.text[0].isupper() and (genitive or word.text.isupper() or self._has_tail(last + 1))
            if not (tail or capital or (genitive and word.plain not in self._document.language.function_words)):
                break
            last += 1
            closed = last if (tail or capital) and word.text not in _JOINING else closed
        return closed

    def _has_tail(self, index: int) -> bool:
        return index < len(self._document.words) and bool(self._tails.at(self._document.words, index))

    def _behind_whom(self, index: int, closed: int) -> int:
        """Return where a name ends that goes on with whom it is called after ("имени Жангир хана")."""
        words = self._document.words
        match = _AFTER_WHOM.match(self._document.text, words[index].end)
        return max(closed, self._document.word_at(match.end())) if match else closed

    def _names_itself(self, last: int) -> bool:
        """Return whether a Latin name follows: "Корейское агентство KOTRA" is named by it, not by its noun."""
        words = self._document.words
        if last >= len(words) or words[last].start != words[last - 1].end + 1:
            return False
        return words[last].text[0].isupper() and words[last].text.isascii()
