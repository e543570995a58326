"""A report's text, cut into words and sentences once, with every offset kept."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date

from leads.extraction.draft import Span
from leads.extraction.languages import Language
from leads.extraction.lexicon import Hit, Lexicon, Word, words_of
from leads.extraction.sentences import split_sentences

_SAMPLE = 2000
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

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds an offset, or the nearest one before it."""
        return self.sentences[self.sentence_number(offset)]

    def sentence_number(self, offset: int) -> int:
        """Return the index of the sentence that holds an offset, or of the nearest one before it."""
        return max(0, bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1)

    def word_at(self, offset: int) -> int:
        """Return the index of the first word that starts at an offset or after it."""
        return bisect_left(self.words, offset, key=lambda word: word.start)

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


def read(text: str, language: Language) -> Document:
    """Cut a text into words and sentences, and mark the sentences that only look back."""
    words = words_of((found.start(), found.end(), found[0]) for found in _WORD.finditer(text))
    cyrillic = sum(1 for word in words[:_SAMPLE] if "Ѐ" <= word.text[0] <= "ӿ")
    folded = (cyrillic * 2 > len(words[:_SAMPLE])) is not language.is_cyrillic
    looking_back = language.lexicon("visit", "background", folded=folded)
    sentences: list[Sentence] = []
    position = 0
    for start, end in split_sentences(text, language.abbreviations):
        first = position
        while position < len(words) and words[position].start < end:
            position += 1
        if position > first:
            background = looking_back.finds(words, first, position)
            sentences.append(Sentence(start, end, first, position, background))
    return Document(text, language, words, tuple(sentences) or (Sentence(0, len(text), 0, len(words)),), folded)
