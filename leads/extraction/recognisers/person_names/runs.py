"""Runs of capitalised words and names with initials: all that may be a person's name."""

import re
from collections.abc import Iterator
from dataclasses import replace

from leads.extraction.document import Document
from leads.extraction.folding import legal_forms
from leads.extraction.gazetteers import people
from leads.extraction.lexicon import Lexicon, Word
from leads.extraction.recognisers.organisation_names import form_after
from leads.extraction.recognisers.person_names import LIKELY, SURE, Candidate
from leads.extraction.recognisers.person_names.strength import is_given, is_surname, strength_of
from leads.extraction.recognisers.places import Mention
from leads.extraction.recognisers.titles import is_office
from leads.extraction.spans import SpanIndex

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢİĪĮĶĹĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽА-ЯЁӘҒҚҢӨҰҮҺІƏ"
_INITIAL = rf"(?:[{_UPPER}]|Дж|Dzh|Zh|Sh|Ch|Kh)\.\s?"
_INITIALS = re.compile(
    rf"(?<!\w)(?:{_INITIAL}){{1,3}}[{_UPPER}][\w’-]{{1,40}}"
    rf"|(?<!\w)[{_UPPER}][\w’-]{{2,40}}[ \u00a0][{_UPPER}]\.(?:[ \u00a0]?[{_UPPER}]\.)?(?![ \u00a0]?[{_UPPER}]\w)"
)
_GAP = re.compile(r"[ \u00a0]|[-’']")
_HYPHEN = "-"
_FEWEST, _LONGEST_NAME, _LONGEST_WITH_PARTICLES = 2, 4, 7
_LONGEST_ENDING, _LONGEST_SYLLABLE = 5, 6
_FORMS = frozenset(legal_forms())
_PLACES = ("country", "province", "region")


def candidates(document: Document, places: tuple[Mention, ...]) -> tuple[Candidate, ...]:
    """Return what may be people's names, in order; no countries and regions."""
    found = list(_with_initials(document))
    taken = SpanIndex([one.span for one in found])
    found += _Finder(document, places, taken).between(0, len(document.words))
    return tuple(sorted(found, key=lambda one: one.start))


def without(
    document: Document, places: tuple[Mention, ...], found: tuple[Candidate, ...], barred: SpanIndex
) -> tuple[Candidate, ...]:
    """Return candidates that are nothing of what is `barred`; of one that is in part, what is left of it."""
    left: list[Candidate] = []
    finder = _Finder(document, places, barred)
    for one in found:
        if not barred.touches(one.start, one.end):
            left.append(one)
        elif not one.initials:
            left += finder.between(one.first, one.last)
    return tuple(left)


def _with_initials(document: Document) -> Iterator[Candidate]:
    not_names = _not_names(document)
    for match in _INITIALS.finditer(document.text):
        start, end = match.start(), match.start() + len(match[0].rstrip())
        first, last = document.word_at(start), document.word_at(end)
        longest = max(range(first, last), key=lambda index: len(document.words[index].text), default=first)
        if last > first and not _is_firm(document, match) and not is_no_name(document, longest, not_names):
            yield Candidate(start, end, first, last, SURE, initials=True)


def _is_firm(document: Document, match: re.Match[str]) -> bool:
    """Return whether what looks like initials behind a family name is a legal form ("Toros A.Ş.")."""
    gap = document.text.find(" ", match.start(), match.end())
    return gap >= 0 and form_after().match(document.text, gap) is not None


def _not_names(document: Document) -> Lexicon:
    return document.lexicon("people", "named_after", "not_a_name", "title")


def is_no_name(document: Document, index: int, not_names: Lexicon) -> bool:
    """Return whether a word is a title or no name at all; names may begin like one ("Мырзахметов", "Мэри")."""
    word = document.words[index]
    hit = next(iter(not_names.at(document.words, index)), None)
    if hit is None:
        return False
    if hit.last > index + 1 or hit.phrase.endswith("!"):
        return True
    if hit.code == "title" and is_office(document, hit):
        return False
    return len(word.plain) - len(hit.phrase) <= _LONGEST_ENDING and not is_given(word, document.language)


class _Finder:
    """Looks for a run at one word."""

    def __init__(self, document: Document, places: tuple[Mention, ...], barred: SpanIndex) -> None:
        self._document, self._barred = document, barred
        self._no_names = SpanIndex([one.span for one in places if one.kind in _PLACES])
        self._cities = SpanIndex([one.span for one in places if one.kind == "city"])
        self._not_names = _not_names(document)
        self._joints = document.lexicon("people", "joint", "particle")
        self._particles = document.lexicon("people", "particle")
        self._small = document.language.function_words

    def between(self, first: int, last: int) -> Iterator[Candidate]:
        """Yield the runs that begin in `first` to before `last`."""
        while first < last:
            one = self.at(first)
            if one is not None:
                yield replace(one, doubtful=one.doubtful or self._is_of_cities(one))
            first = first + 1 if one is None else one.last

    def _is_of_cities(self, one: Candidate) -> bool:
        """Return whether words of a run name cities and no other makes it a person's: "Seoul Incheon"."""
        placed = [self._cities.touches(*word.span) for word in self._document.words[one.first : one.last]]
        return all(placed) or (any(placed) and one.strength < SURE)

    def at(self, first: int) -> Candidate | None:
        """Return the run of two capitalised names or more that begins here."""
        words, text = self._document.words, self._document.text
        if not words[first].text[0].isupper() or not self._is_name(first, first):
            return None
        last, names, particles, joined = first + 1, 1, False, False
        while last < len(words) and last - first < _LONGEST_WITH_PARTICLES and self._follows(last):
            if self._is_joint(last):
                particles, joined = particles or bool(self._particles.at(words, last)), True
            elif not self._is_name(last, first) or (names >= _LONGEST_NAME and not joined):
                break
            elif words[last].text[0].isupper():
                names += text[words[last - 1].end] not in "-’'" or joined
            last += 1
            if self._document.language.ends_a_name(words[last - 1].plain):
                break
        if names < _FEWEST:
            return None
        return self._judged(Candidate(words[first].start, words[last - 1].end, first, last), particles=particles)

    def _judged(self, one: Candidate, *, particles: bool) -> Candidate | None:
        """Return a run with its strength, without a word that only opens the sentence; None for a headline.

        A one-letter first word must be a family name of the East.
        """
        document, language = self._document, self._document.language
        words = document.words[one.first : one.last]
        strength = strength_of(words, language, particles=particles)
        if len(words[0].text) == 1 and (strength < LIKELY or any(is_given(word, language) for word in words)):
            return None
        capitals = all(word.text.isupper() for word in words)
        doubtful = capitals and document.text[slice(*document.line_around(one.span))].isupper()
        first = self._opening(one, words)
        if first:
            words = words[first:]
            one = replace(one, start=words[0].start, first=one.first + first)
            strength = strength_of(words, language, particles=particles)
        return replace(one, strength=strength, doubtful=doubtful)

    def _opening(self, one: Candidate, words: tuple[Word, ...]) -> int:
        """Return how many words at the beginning of a run are no name: what opens the sentence, or ends a title.

        "Heyet Mustafa Kemal" is Mustafa Kemal, "Minister of Economy Jussi Saarinen" is Jussi Saarinen.
        """
        language = self._document.language
        count = sum(1 for word in words if word.text[0].isupper())
        if count <= _FEWEST or self._may_begin(words[0]) or any(language.is_patronymic(word.plain) for word in words):
            return 0
        return 1 if is_given(words[1], language) or people.is_family_first(words[1].key) else 0

    def _may_begin(self, word: Word) -> bool:
        language = self._document.language
        return is_given(word, language) or is_surname(word, language) or people.is_family_first(word.key)

    def _follows(self, index: int) -> bool:
        words = self._document.words
        return _GAP.fullmatch(self._document.text[words[index - 1].end : words[index].start]) is not None

    def _is_name(self, index: int, first: int) -> bool:
        word, text = self._document.words[index], self._document.text
        glued = index > first and text[word.start - 1] in "-’'"
        if self._no_names.touches(*word.span) or (self._barred.touches(*word.span)):
            return False
        eastern = people.is_family_first(self._document.words[first].key)
        if not word.text[0].isalpha() or word.text in _FORMS or (word.plain in self._small and not eastern):
            return False
        if is_no_name(self._document, index, self._not_names):
            return False
        if word.text[0].isupper():
            return len(word.text) > 1 or (index == first and people.is_family_first(word.key))
        return glued and self._is_syllable(index)

    def _is_syllable(self, index: int) -> bool:
        """Return whether a word in small letters goes on with an Eastern given name ("Ji-hoon"): no case ending."""
        before, word = self._document.words[index - 1], self._document.words[index]
        hyphen = self._document.text[word.start - 1] == _HYPHEN
        alike = before.text[0].isascii() and word.text.isascii()
        return hyphen and alike and before.text[0].isupper() and 1 < len(word.text) <= _LONGEST_SYLLABLE

    def _is_joint(self, index: int) -> bool:
        """Return whether a small word joins names here: a capital follows it, or it ends a name ("Ахмед оглы")."""
        words = self._document.words
        hit = next(iter(self._joints.at(words, index)), None)
        if hit is None or words[index].text[0].isupper():
            return False
        if self._document.language.is_patronymic(words[index].plain):
            return True
        step = index + 1
        while step < len(words) and step - index < 3 and self._follows(step):
            if words[step].text[0].isupper():
                return not is_no_name(self._document, step, self._not_names)
            step += 1
        return False
