"""Finds phrases of word beginnings in a text's words: the way every list of the language data is read.

A phrase is one or more beginnings ("құрылыс материал", "строительн материал"): each stands for a word with any ending.
`!` after a beginning asks for the whole word ("фин!"). A phrase in CAPITALS is an abbreviation and counts only in
capitals ("IT"). Beginnings are compared as they are written, case aside, or folded, where one entry is to serve both
scripts. Time is linear in the words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from leads.extraction.draft import Span
from leads.extraction.folding import fold, fold_word

_OPENING = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word or number of a text: `text[start:end]`, its folded key, and its plain lower-case form."""

    start: int
    end: int
    text: str
    key: str
    plain: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: what it stands for, its characters, its words (`first` to before `last`), and the phrase."""

    code: str
    start: int
    end: int
    first: int
    last: int
    phrase: str

    @property
    def span(self) -> Span:
        """The characters as evidence."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class _Part:
    key: str
    whole: bool
    capitals: str
    folded: bool

    def fits(self, word: Word) -> bool:
        if self.capitals:
            return word.text == self.capitals
        said = word.key if self.folded else word.plain
        return said == self.key if self.whole else said.startswith(self.key)


def _is_abbreviation(phrase: str) -> bool:
    letters = [char for char in phrase if char.isalpha()]
    return bool(letters) and all(char.isupper() for char in letters)


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """Return a word in lower case, with the letters one that are often written for each other (ё and е, ı and i)."""
    return word.replace("İ", "i").lower().replace("ё", "е").replace("ı", "i")


def _parts(phrase: str, folded: bool) -> tuple[_Part, ...]:
    capitals = _is_abbreviation(phrase)
    parts = []
    for piece in phrase.replace("-", " ").replace("'", " ").replace("’", " ").split():
        bare = piece.rstrip("!")
        parts.append(
            _Part(fold(bare) if folded else plain(bare), piece.endswith("!"), bare if capitals else "", folded)
        )
    return tuple(parts)


class Lexicon:
    """Phrases and the codes they stand for; `folded` ones are found in any script."""

    def __init__(self, entries: Mapping[str, Iterable[str]], *, folded: bool = True) -> None:
        self._folded = folded
        self._by_beginning: dict[str, list[tuple[tuple[_Part, ...], str, str]]] = {}
        for code, phrases in entries.items():
            for phrase in phrases:
                parts = _parts(phrase, folded)
                if parts and parts[0].key:
                    self._by_beginning.setdefault(parts[0].key, []).append((parts, code, phrase))
        for candidates in self._by_beginning.values():
            candidates.sort(key=lambda one: (-len(one[0]), -sum(len(part.key) for part in one[0]), one[1], one[2]))
        self._lengths = sorted({len(beginning) for beginning in self._by_beginning}, reverse=True)
        # Nearly every word is turned away by its first letters.
        self._openings = {beginning[:_OPENING] for beginning in self._by_beginning}

    def at(self, words: Sequence[Word], first: int) -> list[Hit]:
        """Return what begins at one word, the longest phrase first."""
        key = words[first].key if self._folded else words[first].plain
        openings = self._openings
        if key[:3] not in openings and key[:2] not in openings and key[:1] not in openings:
            return []
        found = []
        for length in self._lengths:
            if length > len(key):
                continue
            for parts, code, phrase in self._by_beginning.get(key[:length], ()):
                last = first + len(parts)
                if last <= len(words) and all(
                    part.fits(word) for part, word in zip(parts, words[first:last], strict=True)
                ):
                    found.append(Hit(code, words[first].start, words[last - 1].end, first, last, phrase))
        found.sort(key=lambda hit: (-hit.last, -len(hit.phrase)))
        return found

    def find(self, words: Sequence[Word], first: int = 0, last: int | None = None) -> list[Hit]:
        """Return the phrases of `words[first:last]` in order; where two overlap the earlier, then the longer stands."""
        end = len(words) if last is None else last
        hits = []
        position = first
        openings, folded = self._openings, self._folded
        while position < end:
            key = words[position].key if folded else words[position].plain
            if key[:3] not in openings and key[:2] not in openings and key[:1] not in openings:
                position += 1
                continue
            best = next((hit for hit in self.at(words, position) if hit.last <= end), None)
            if best is None:
                position += 1
            else:
                hits.append(best)
                position = best.last
        return hits

    def finds(self, words: Sequence[Word], first: int = 0, last: int | None = None) -> bool:
        """Return whether any phrase stands in `words[first:last]`."""
        end = len(words) if last is None else last
        openings, folded = self._openings, self._folded
        for position in range(first, end):
            key = words[position].key if folded else words[position].plain
            opens = key[:3] in openings or key[:2] in openings or key[:1] in openings
            if opens and any(hit.last <= end for hit in self.at(words, position)):
                return True
        return False


def words_of(spans: Iterable[tuple[int, int, str]]) -> tuple[Word, ...]:
    """Return words with their keys out of `(start, end, text)`."""
    return tuple(Word(start, end, text, fold_word(text), plain(text)) for start, end, text in spans)
