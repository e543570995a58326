"""Sectors of those who travelled, from the sentences and lists that say who came: their business members only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from leads.extraction.document import Document, Sentence
from leads.extraction.draft import Span
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.offices import belongs
from leads.extraction.recognisers.sectors import EQUIPMENT
from leads.extraction.spans import SpanIndex

# A sentence that says who came without naming the delegation, or the other way round, must list this many sectors.
_LEAST_UNSAID = 2
# Whom we received is told among the first words.
_OPENING_WORDS = 60
_LONGEST_HEADING, _SIDE_WITHIN = 16, 5
_BRACKET = re.compile(r"\(([^()\n]{2,120})\)")
_ITEM = re.compile(r"\s*(?:[-–—•*·▪]|\(?\d{1,2}[.)]|\(?[a-zа-я]\))\s")
# Business that is under way: such a sentence tells of deals, whoever it names.
_BUSINESS = ("agreement", "contract", "investment_project", "joint_venture", "memorandum", "negotiation", "supply")


@dataclass(frozen=True, slots=True)
class Travelled:
    """The sectors of those who came, each with its words, and the numbers of the sentences that only say who came."""

    sectors: tuple[tuple[str, Span], ...]
    rolls: frozenset[int]


def recognise(document: Document, names: SpanIndex, *, direction: str | None) -> Travelled:
    """Return who travelled. At home, where nobody travels, nobody did; the rolls are found all the same."""
    found: dict[str, Span] = {}
    rolls = set()
    reader = _Reader(document, names, inbound=direction == "inbound")
    for index, hits in reader.rolls():
        rolls.add(index)
        for hit in hits:
            found.setdefault(hit.code, hit.span)
    return Travelled(tuple(found.items()) if direction != "local" else (), frozenset(rolls))


class _Reader:
    def __init__(self, document: Document, names: SpanIndex, *, inbound: bool) -> None:
        self._document, self._names, self._inbound = document, names, inbound
        self._offices = document.lexicon("participants", "office", "scholar")

    def rolls(self) -> Iterator[tuple[int, list[Hit]]]:
        """Yield the sentences that say who came, by number, with the sectors they name."""
        listing = False
        for index, sentence in enumerate(self._document.sentences):
            if sentence.background:
                listing = False
                continue
            item = self._is_item(sentence)
            if listing and item and not self._is_business(sentence):
                yield index, self._of_item(sentence)
                continue
            opens = self._opens_list(sentence)
            if opens or not (listing and not self._opens_line(sentence)):
                listing = opens
            hits = self._told(sentence)
            if hits:
                yield index, hits

    def _told(self, sentence: Sentence) -> list[Hit]:
        """Return the sectors of a sentence that says who came; none for any other."""
        document = self._document
        words = document.words, sentence.first, sentence.last
        if self._is_business(sentence):
            return []
        side = self._side(sentence)
        if side is not None:
            return self._of_item(sentence) if side else []
        if self._is_list(sentence) and (listed := self._in_brackets(sentence)):
            return listed
        came = document.lexicon("participants", "came").finds(*words)
        told = came or document.lexicon("visit", "members").finds(*words)
        named = document.lexicon("visit", "delegation", "group").finds(*words)
        hits = self._named(sentence.start, sentence.end)
        if not hits:
            return []
        several, people = len({hit.code for hit in hits}) >= _LEAST_UNSAID, self._are_people(sentence, hits)
        if (came and (named or several or people)) or (told and named):
            return hits
        if several and (told or (people and (named or self._travelled(sentence)))):
            return hits
        return []

    def _travelled(self, sentence: Sentence) -> bool:
        """Return whether a sentence says that somebody went or came, or that we received those who did."""
        document = self._document
        words = document.words, sentence.first, sentence.last
        if document.lexicon("participants", "went").finds(*words):
            return True
        opens = sentence.first < _OPENING_WORDS
        return self._inbound and opens and document.lexicon("visit", "received", "meeting").finds(*words)

    def _are_people(self, sentence: Sentence, hits: list[Hit]) -> bool:
        """Return whether sectors are told of as people: by their trade ("bakers"), or as owners and firms."""
        document = self._document
        if document.lexicon("participants", "bearer").finds(document.words, sentence.first, sentence.last):
            return True
        people = document.language.words_like("people_words")
        return any(people.fullmatch(document.words[hit.last - 1].plain) for hit in hits)

    def _is_business(self, sentence: Sentence) -> bool:
        """Return whether a sentence tells of deals."""
        return self._document.lexicon("kinds", *_BUSINESS).finds(self._document.words, sentence.first, sentence.last)

    def _side(self, sentence: Sentence) -> bool | None:
        """Return whether a line that gives one side's people gives those who travelled; None for other sentences."""
        document = self._document
        colon = document.text.find(":", sentence.start, sentence.end)
        last = document.word_at(colon) if colon >= 0 else sentence.first
        if not 0 < last - sentence.first <= _SIDE_WITHIN:
            return None
        words = document.words, sentence.first, last
        if not document.lexicon("participants", "side").finds(*words):
            return None
        return document.lexicon("participants", "ours").finds(*words) is not self._inbound

    def _is_list(self, sentence: Sentence) -> bool:
        """Return whether a sentence is a list of those who came, after a heading of its own ("Participants: …")."""
        document = self._document
        colon = document.text.find(":", sentence.start, sentence.end)
        last = document.word_at(colon) if colon >= 0 else sentence.first
        if not 0 < last - sentence.first <= _SIDE_WITHIN:
            return False
        return document.lexicon("participants", "heading").finds(document.words, sentence.first, last)

    def _named(self, start: int, end: int) -> list[Hit]:
        """Return the sectors that a stretch of text names outside organisations' names and offices."""
        document = self._document
        first, last = document.word_at(start), document.word_at(end)
        offices = self._offices.find(document.words, first, last)
        return [
            hit
            for hit in self._spoken_of(first, last)
            if hit.code != EQUIPMENT
            and not self._names.touches(hit.start, hit.end)
            and not any(belongs(document, hit, office) for office in offices)
        ]

    def _spoken_of(self, first: int, last: int) -> list[Hit]:
        """Return the sectors of some words; of those who travel, bare "construction" says what they do."""
        document = self._document
        found = document.sectors(first, last)
        builders = document.lexicon("participants", "builders").find(document.words, first, last)
        found += [
            replace(hit, code="construction")
            for hit in builders
            if not any(other.start < hit.end and hit.start < other.end for other in found)
        ]
        return sorted(found, key=lambda hit: hit.start)

    def _of_item(self, sentence: Sentence) -> list[Hit]:
        """Return the sectors of an item of a list: those in brackets, if any, else all it names."""
        return self._in_brackets(sentence) or self._named(sentence.start, sentence.end)

    def _in_brackets(self, sentence: Sentence) -> list[Hit]:
        document = self._document
        found = []
        for bracket in _BRACKET.finditer(document.text, sentence.start, sentence.end):
            first, last = document.word_at(bracket.start(1)), document.word_at(bracket.end(1))
            found += document.sectors(first, last)
        return [hit for hit in found if hit.code != EQUIPMENT]

    def _opens_list(self, sentence: Sentence) -> bool:
        """Return whether a line is the heading of a list of those who came."""
        document = self._document
        text = document.text[sentence.start : sentence.end]
        colon = text.endswith(":")
        if not colon and (sentence.last - sentence.first > _LONGEST_HEADING or text[-1] in ".;,!?"):
            return False
        codes = ("came", "heading") if colon else ("heading",)
        words = document.words, sentence.first, sentence.last
        members = colon and document.lexicon("visit", "members").finds(*words)
        return members or document.lexicon("participants", *codes).finds(*words)

    def _is_item(self, sentence: Sentence) -> bool:
        start = self._document.line_around((sentence.start, sentence.end))[0]
        return _ITEM.match(self._document.text, start) is not None

    def _opens_line(self, sentence: Sentence) -> bool:
        return self._document.line_around((sentence.start, sentence.end))[0] >= sentence.start - 1
