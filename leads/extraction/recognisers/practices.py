"""Experience shown or shared: who does what how, and what may be learned from it, by topic.

A topic is said by a phrase ("бір терезе", "tax holiday"), or by two words that stand near each other: what it is about
and what is done with it ("rent … the city covers", "ученики … у станка"). It is a practice where a sentence of
experience stands at it or beside it, or where it is told of a zone; what is asked for, agreed or planned is none.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from leads.extraction.codes import PRACTICE_TOPICS
from leads.extraction.document import Document, Sentence
from leads.extraction.draft import Practice, Span
from leads.extraction.lexicon import Hit
from leads.extraction.spans import SpanIndex

# A sentence goes on about a zone for this many sentences after its name: with words of experience, and in a list.
_NEAR, _FAR = 3, 8
# A sentence of so few words that names no topic announces the next one: "The hosts explained how it works."
_SHORT = 9
# The two words of a topic stand this near each other.
_TOGETHER = 12
# Named in passing wherever the others are spoken of: they count where a sentence has nothing else.
_WEAK = frozenset({"other", "zone_management"})
_CLAUSE_ENDS = ",;—–:.()\n"
_TOPICS = tuple(sorted(PRACTICE_TOPICS))
_PAIRED = tuple(topic for topic in _TOPICS if topic != "other")


@dataclass(frozen=True, slots=True)
class _Topic:
    code: str
    start: int
    end: int
    words: int
    paired: bool = False


def recognise(document: Document, names: SpanIndex, *, inbound: bool = False) -> tuple[Practice, ...]:
    """Return one practice for each topic, with the clauses that speak of it.

    What guests were shown here is none (`inbound`): there, only what is called experience counts, and what the guests
    say of their own country.
    """
    reader = _Reader(document, inbound=inbound)
    found: dict[str, list[Span]] = {}
    near_zone = last_shown = -_FAR - 1
    announced = False
    for index, sentence in enumerate(document.sentences):
        if reader.says(sentence, "visit", "zone_word") and not inbound:
            near_zone = index
        topics = [one for one in reader.topics(sentence) if not names.touches(one.start, one.end)]
        told = reader.is_told(sentence)
        beside = (
            announced
            or reader.is_of_there(sentence)
            or any(reader.is_learned(document.sentences[near]) for near in reader.neighbours(index))
        )
        announced = told and not topics and sentence.last - sentence.first <= _SHORT
        listed = index - near_zone <= _NEAR
        going_on = index - last_shown <= 1 and index - near_zone <= _FAR
        counted = topics if told or listed or going_on else [one for one in topics if one.paired and beside]
        if not counted or reader.is_none(sentence, counted):
            continue
        last_shown = index
        for topic in _strongest(counted):
            span = _clause(document, topic.start, topic.end, sentence.start, sentence.end)
            found.setdefault(topic.code, []).append(span)
    return tuple(
        Practice(topic=topic, summary=document.quote(spans[0]), evidence=tuple(dict.fromkeys(spans)))
        for topic, spans in found.items()
    )


class _Reader:
    """Reads topics and the words of experience out of sentences."""

    def __init__(self, document: Document, *, inbound: bool) -> None:
        self._document, self._inbound = document, inbound

    def says(self, sentence: Sentence, table: str, *codes: str) -> bool:
        """Return whether a sentence has a phrase of some lists."""
        return self._document.lexicon(table, *codes).finds(self._document.words, sentence.first, sentence.last)

    def neighbours(self, index: int) -> range:
        """Return the sentences right before and after one."""
        return range(max(0, index - 1), min(len(self._document.sentences), index + 2))

    def is_learned(self, sentence: Sentence) -> bool:
        """Return whether a sentence says that something was learned, noted or is worth copying."""
        return self.says(sentence, "practices", "experience", *(() if self._inbound else ("learned",)))

    def is_of_there(self, sentence: Sentence) -> bool:
        """Return whether a sentence says how things are done where the visitors are: "there", "the Finns"."""
        return not self._inbound and self.says(sentence, "practices", "there")

    def is_told(self, sentence: Sentence) -> bool:
        """Return whether a sentence is one about experience."""
        if self._inbound:
            own = self.says(sentence, "practices", "at_home") and self.says(sentence, "practices", "shown", "learned")
            return self.says(sentence, "practices", "experience") or own
        return self.says(sentence, "practices", "experience", "learned", "shown")

    def is_none(self, sentence: Sentence, topics: list[_Topic]) -> bool:
        """Return whether a sentence looks back, agrees on business, or asks for what it names."""
        if sentence.background or self._is_business(sentence, topics):
            return True
        if self.says(sentence, "practices", "asked") and not self.says(sentence, "practices", "learned"):
            return True
        return self.says(sentence, "visit", "ours") and self.says(sentence, "practices", "to_guests")

    def _is_business(self, sentence: Sentence, topics: list[_Topic]) -> bool:
        """Return whether a sentence agrees on business; a plant that several share is a topic, no joint venture."""
        papers = self._document.hits("kinds", "memorandum", "agreement", "joint_venture", within=sentence)
        return any(not any(one.start < hit.end and hit.start < one.end for one in topics) for hit in papers)

    def topics(self, sentence: Sentence) -> list[_Topic]:
        """Return the topics of a sentence, said by a phrase or by two words, in order."""
        document = self._document
        found = [
            _Topic(hit.code, hit.start, hit.end, hit.last - hit.first)
            for hit in document.hits("practices", *_TOPICS, within=sentence)
        ]
        parts: dict[str, list[Hit]] = defaultdict(list)
        codes = [f"{topic}_{part}" for topic in _PAIRED for part in ("of", "does")]
        for hit in document.lexicon("practices", *codes).find_each(document.words[sentence.first : sentence.last]):
            parts[hit.code].append(hit)
        for topic in _PAIRED:
            pair = _nearest(parts[f"{topic}_of"], parts[f"{topic}_does"])
            if pair is not None:
                start, end = min(one.start for one in pair), max(one.end for one in pair)
                found.append(_Topic(topic, start, end, len(pair), paired=True))
        return sorted(found, key=lambda topic: topic.start)


def _nearest(subjects: list[Hit], doings: list[Hit]) -> tuple[Hit, Hit] | None:
    """Return a subject and what is done with it that stand near each other; never the same word."""
    marked = [*((hit, True) for hit in subjects), *((hit, False) for hit in doings)]
    marked.sort(key=lambda one: (one[0].first, one[1]))
    for (one, is_subject), (other, is_subject_too) in pairwise(marked):
        if is_subject is not is_subject_too and 0 <= other.first - one.last <= _TOGETHER:
            return one, other
    return None


def _strongest(topics: list[_Topic]) -> list[_Topic]:
    """Return the topics of a sentence without those that are only named in passing."""
    strong = [one for one in topics if one.code not in _WEAK]
    managed = [one for one in topics if one.code == "zone_management" and (one.words > 1 or not strong)]
    return sorted([*strong, *managed], key=lambda one: one.start) or topics


def _clause(document: Document, start: int, end: int, least: int, most: int) -> Span:
    while start > least and document.text[start - 1] not in _CLAUSE_ENDS:
        start -= 1
    while end < most and document.text[end] not in _CLAUSE_ENDS:
        end += 1
    return document.trimmed(start, end)
