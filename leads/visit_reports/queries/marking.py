"""A report's text cut into sentences and passages, so that a page can mark the words each value was read from."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from leads.extraction.languages import available, load
from leads.extraction.sentences import split_sentences
from leads.visit_reports.choices import SuggestionKind
from leads.visit_reports.models import Suggestion

#: The stylesheet's five hues.
HUES = {
    SuggestionKind.DELEGATION: "del",
    SuggestionKind.ORGANISATION: "org",
    SuggestionKind.PERSON: "org",
    SuggestionKind.MEETING: "meet",
    SuggestionKind.LEAD: "lead",
    SuggestionKind.COMMITMENT: "lead",
    SuggestionKind.PRACTICE: "prac",
}

ITEM_NUMBER = re.compile(r"\d{1,3}[.)]")
RESTRICTION_MARKS = re.compile(
    r"\bДСП\b|\bҚБПҮ\b|для\s+служебного\s+пользования|қызмет\s+бабында\s+пайдалану\s+үшін|\bқұпия\b|\bсекретно\b"
    r"|конфиденциальн\w+|\bconfidential\b|for\s+official\s+use\s+only|\bgizli(?:dir)?\b|hizmete\s+özel",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a sentence: ``evidence`` are the ids of the values read from it, ``card`` and ``hue`` the nearest.

    ``goes_on`` says that the piece before it is marked too, without a gap.
    """

    text: str
    evidence: tuple[str, ...] = ()
    card: int | None = None
    hue: str = ""
    goes_on: bool = False

    @property
    def evidence_ids(self) -> str:
        return " ".join(self.evidence)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its number (from 1), its place in the text and whether a paragraph begins with it."""

    number: int
    start: int
    end: int
    begins_paragraph: bool
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        return "".join(passage.text for passage in self.passages)

    @property
    def is_marked(self) -> bool:
        return any(passage.evidence for passage in self.passages)


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    evidence: str
    card: int
    hue: str


def evidence_id(suggestion: Suggestion, field: str) -> str:
    """Return the id that a value and its words in the text share on the page."""
    return f"e{suggestion.position}-{field}" if field else f"e{suggestion.position}"


def sentences_of(text: str, language: str = "") -> list[tuple[int, int]]:
    """Return the sentences as ``(start, end)`` in characters of the text; ``language`` knows its abbreviations.

    The number of an item ("3.") belongs to the sentence after it.
    """
    abbreviations = load(language).abbreviations if language in available() else frozenset[str]()
    found: list[tuple[int, int]] = []
    number_from = None
    for start, end in split_sentences(text, abbreviations):
        if number_from is None and ITEM_NUMBER.fullmatch(text, start, end):
            number_from = start
            continue
        found.append((start if number_from is None else number_from, end))
        number_from = None
    return found if number_from is None else [*found, (number_from, len(text.rstrip()))]


def sentence_numbers(text_sentences: Sequence[tuple[int, int]], spans: Iterable[Sequence[int]]) -> list[int]:
    """Return the numbers (from 1) of the sentences that the spans touch, in order."""
    starts = [start for start, _ in text_sentences]
    numbers = set()
    for start, end in spans:
        first = max(bisect_right(starts, start) - 1, 0)
        for index in range(first, len(text_sentences)):
            if text_sentences[index][0] >= end:
                break
            if text_sentences[index][1] > start:
                numbers.add(index + 1)
    return sorted(numbers)


def marked_sentences(text: str, suggestions: Iterable[Suggestion], language: str = "") -> list[Sentence]:
    """Return the sentences of ``text`` with the words of every value of ``suggestions`` marked.

    Spans may overlap and nest: a passage then names every value it proves and shows the hue of the shortest span.
    Spans outside the text are left out.
    """
    marks = sorted(_marks(text, suggestions), key=lambda mark: mark.start)
    sentences, open_marks, upcoming = [], list[_Mark](), 0
    before = 0
    for number, (start, end) in enumerate(sentences_of(text, language), 1):
        while upcoming < len(marks) and marks[upcoming].start < end:
            open_marks.append(marks[upcoming])
            upcoming += 1
        open_marks = [mark for mark in open_marks if mark.end > start]
        paragraph = number > 1 and "\n" in text[before:start]
        sentences.append(Sentence(number, start, end, paragraph, tuple(_passages(text, start, end, open_marks))))
        before = end
    return sentences


def restriction_marks_in(text: str) -> list[str]:
    """Return the marks of restriction (ДСП …) as they first stand in the text, each once."""
    found: dict[str, str] = {}
    for mark in RESTRICTION_MARKS.finditer(text):
        words = " ".join(mark[0].split())
        found.setdefault(words.casefold(), words)
    return list(found.values())


def _marks(text: str, suggestions: Iterable[Suggestion]) -> Iterable[_Mark]:
    for suggestion in suggestions:
        hue = HUES[SuggestionKind(suggestion.kind)]
        for field, spans in suggestion.evidence.items():
            for start, end in spans:
                if 0 <= start < end <= len(text):
                    yield _Mark(start, end, evidence_id(suggestion, field), suggestion.position, hue)


def _passages(text: str, start: int, end: int, marks: list[_Mark]) -> Iterable[Passage]:
    """Cut ``text[start:end]`` at every edge of a mark."""
    edges = {start, end}
    for mark in marks:
        edges |= {edge for edge in (mark.start, mark.end) if start < edge < end}
    cuts = sorted(edges)
    goes_on = False
    for left, right in pairwise(cuts):
        here = sorted((mark for mark in marks if mark.start <= left and mark.end >= right), key=_length)
        if here:
            ids = tuple(dict.fromkeys(mark.evidence for mark in here))
            yield Passage(text[left:right], ids, here[0].card, here[0].hue, goes_on)
        else:
            yield Passage(text[left:right])
        goes_on = bool(here)


def _length(mark: _Mark) -> tuple[int, int]:
    return mark.end - mark.start, mark.start
