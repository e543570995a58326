"""A report's text, cut into words and sentences once, with every offset kept."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from leads.extraction.draft import Span
from leads.extraction.languages import Language
from leads.extraction.lexicon import Hit, Lexicon, Word, words_of
from leads.extraction.sentences import split_sentences

_SAMPLE = 2000
_APOSTROPHES = "'’ʼ"
# What looks round a value stays near it: a text of one endless line or sentence is read in linear time too.
_LINE_REACH = 300
_MOST_WORDS = 400
_WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters and words (`first` to before `last`) of one sentence, and whether it tells of the past only."""

    start: int
    end: int
    first: int
    last: int
    background: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What is known from outside the text: the day of publication, the home, and companies already on the books."""

    published: date | None = None
    home: str = "KZ"
    known_companies: tuple[str, ...] = ()

    @property
    def home_country(self) -> str:
        """The country of the home: `KZ` of `KZ-15`."""
        return self.home.split("-")[0]


@dataclass(frozen=True, slots=True)
class Document:
    """The text with its words, sentences and language; recognisers read it and nothing else."""

    text: str
    language: Language
    words: tuple[Word, ...] = field(repr=False)
    sentences: tuple[Sentence, ...] = field(repr=False)
    folded: bool = False

    def lexicon(self, table: str, *codes: str) -> Lexicon:
        """Return a list of the document's language; of the given codes only, if any are given."""
        return self.language.lexicon(table, *codes, folded=self.folded)

    def hits(self, table: str, *codes: str, within: Sentence | None = None) -> list[Hit]:
        """Return what a list of the language finds in the whole text or in one sentence."""
        lexicon = self.lexicon(table, *codes)
        return lexicon.find(self.words, within.first, within.last) if within else lexicon.find(self.words)

    def sectors(self, first: int, last: int) -> list[Hit]:
        """Return the branches of the economy that some words name; an ending after an apostrophe is no word of its own.

        The "un" of "Kurum'un" is no flour, and what goes off in "the first truck" is not trucks (`none` of the list).
        """
        hits = self.lexicon("sectors").find(self.words, first, last)
        return [hit for hit in hits if hit.code != "none" and self.text[max(0, hit.start - 1)] not in _APOSTROPHES]

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds an offset, or the nearest one before it."""
        return self.sentences[self.sentence_number(offset)]

    def sentence_number(self, offset: int) -> int:
        """Return the index of the sentence that holds an offset, or of the nearest one before it."""
        return max(0, bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1)

    def word_at(self, offset: int) -> int:
        """Return the index of the first word that starts at an offset or after it."""
        return bisect_left(self.words, offset, key=lambda word: word.start)

    def line_around(self, span: Span) -> Span:
        """Return the line that holds a span, without its end, no further than `_LINE_REACH` characters either way."""
        first, last = max(0, span[0] - _LINE_REACH), min(len(self.text), span[1] + _LINE_REACH)
        end = self.text.find("\n", span[1], last)
        return max(first, self.text.rfind("\n", first, span[0]) + 1), end if end >= 0 else last

    def quote(self, span: Span) -> str:
        """Return the characters of a span with white space folded."""
        return " ".join(self.text[span[0] : span[1]].split())

    def trimmed(self, start: int, end: int) -> Span:
        """Return the span without white space and closing punctuation at its ends (unchanged where nothing is left)."""
        left, right = start, end
        while right > left and self.text[right - 1] in " \t\n\r\u00a0.,;:–—-":
            right -= 1
        while left < right and self.text[left] in " \t\n\r\u00a0.,;:–—-•*":
            left += 1
        return (left, right) if left < right else (start, end)


@cache
def _word_with(marks: str) -> re.Pattern[str] | None:
    """Return the pattern of words for a language that writes marks inside them ("oʻzbek"); None for the others."""
    return re.compile(rf"[^\W\d_]+(?:[{re.escape(marks)}][^\W\d_]+)*|\d+") if marks else None


def read(text: str, language: Language) -> Document:
    """Cut a text into words and sentences, and mark the sentences that only look back."""
    pattern = _word_with("".join(language.phrases("language", "inner_marks"))) or _WORD
    words = words_of((found.start(), found.end(), found[0]) for found in pattern.finditer(text))
    cyrillic = sum(1 for word in words[:_SAMPLE] if "Ѐ" <= word.text[0] <= "ӿ")
    folded = (cyrillic * 2 > len(words[:_SAMPLE])) is not language.is_cyrillic
    looking_back = language.lexicon("visit", "background", folded=folded)
    sentences: list[Sentence] = []
    position = 0
    for start, end in split_sentences(text, language.abbreviations):
        first = position
        while position < len(words) and words[position].start < end:
            position += 1
        for begin in range(first, position, _MOST_WORDS):
            stop = min(begin + _MOST_WORDS, position)
            background = looking_back.finds(words, begin, stop)
            left, right = (
                start if begin == first else words[begin].start,
                end if stop == position else words[stop].start,
            )
            sentences.append(Sentence(left, right, begin, stop, background))
    return Document(text, language, words, tuple(sentences) or (Sentence(0, len(text), 0, len(words)),), folded)
