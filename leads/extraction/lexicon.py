"""Finds phrases of word beginnings in a text's words: the way every list of the language data is read.

A phrase is one or more beginnings ("құрылыс материал", "строительн материал"): each stands for a word with any ending.
`!` after a beginning asks for the whole word ("фин!"), as do two letters before another word ("to build"). A phrase in
CAPITALS is an abbreviation and counts only in capitals ("IT"). `|` parts beginnings of which any may stand there
("will|shall build"), and `*` stands for up to three words of any kind ("put * signature"). Beginnings are compared as
they are written, case aside, or folded, where one entry is to serve both scripts. Time is linear in the words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from leads.extraction.draft import Span
from leads.extraction.folding import fold, fold_word

_OPENING = 3
_GAP, _WIDEST = "*", 3
# So short a word is no beginning within a phrase: too many words would have it. A last one may be a verb's ("уәде ет").
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Word:
    """One word or number of a text: `text[start:end]`, its folded key, and its plain lower-case form."""

    start: int
    end: int
    text: str
    key: str
    plain: str

    @property
    def span(self) -> Span:
        """The characters as evidence."""
        return self.start, self.end


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


_MARKS = str.maketrans({"ё": "е", "ı": "i"} | dict.fromkeys("'’‘ʻʼ`"))


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """Return a word in lower case, with the letters one that are often written for each other (ё and е, ı and i).

    Marks inside a word (`oʻzbek`) are left out.
    """
    return word.replace("İ", "i").lower().translate(_MARKS)


def _parts(phrase: str, folded: bool) -> tuple[_Part, ...]:
    """Return a phrase's words; a gap's key is `*`."""
    capitals = _is_abbreviation(phrase)
    parts = []
    pieces = phrase.replace("-", " ").replace("'", " ").replace("’", " ").split()
    for number, piece in enumerate(pieces, start=1):
        bare = piece.rstrip("!")
        key = _GAP if bare == _GAP else fold(bare) if folded else plain(bare)
        whole = piece.endswith("!") or (number < len(pieces) and len(bare) <= _SHORT)
        parts.append(_Part(key, whole, bare if capitals else "", folded))
    return tuple(parts)


def _spelt_out(phrase: str) -> list[str]:
    """Return the phrases that one with alternatives stands for."""
    if "|" not in phrase:
        return [phrase]
    return [" ".join(pieces) for pieces in product(*(piece.split("|") for piece in phrase.split()))]


def _end_of_gapped(parts: tuple[_Part, ...], words: Sequence[Word], first: int) -> int | None:
    """Return the word after a phrase with a gap that begins at `first`; None where it does not stand there."""
    ends = [first]
    gap = False
    for part in parts:
        if part.key == _GAP:
            gap = True
            continue
        reach = range(_WIDEST + 1) if gap else (0,)
        tried = dict.fromkeys(end + more for end in ends for more in reach)
        ends = [at + 1 for at in tried if at < len(words) and part.fits(words[at])]
        gap = False
        if not ends:
            return None
    return ends[0]


def _end(parts: tuple[_Part, ...], words: Sequence[Word], first: int) -> int | None:
    """Return the word after a phrase that begins at `first`; None where it does not stand there."""
    at = first
    if at + len(parts) > len(words):
        return None
    for part in parts:
        if not part.fits(words[at]):
            return None
        at += 1
    return at


class Lexicon:
    """Phrases and the codes they stand for; `folded` ones are found in any script."""

    def __init__(self, entries: Mapping[str, Iterable[str]], *, folded: bool = True) -> None:
        self._folded = folded
        self._by_beginning: dict[str, list[tuple[tuple[_Part, ...], str, str, bool]]] = {}
        for code, phrases in entries.items():
            for phrase in (spelt for one in phrases for spelt in _spelt_out(one)):
                parts = _parts(phrase, folded)
                if parts and parts[0].key:
                    self._by_beginning.setdefault(parts[0].key, []).append((parts, code, phrase, _GAP in phrase))
        for candidates in self._by_beginning.values():
            candidates.sort(key=lambda one: (-len(one[0]), -sum(len(part.key) for part in one[0]), one[1], one[2]))
        # Nearly every word is turned away by its first letters.
        self._openings: dict[str, tuple[int, ...]] = {}
        for beginning in sorted(self._by_beginning, key=len, reverse=True):
            opening = beginning[:_OPENING]
            lengths = self._openings.get(opening, ())
            if len(beginning) not in lengths:
                self._openings[opening] = (*lengths, len(beginning))

    def at(self, words: Sequence[Word], first: int) -> list[Hit]:
        """Return what begins at one word, the longest phrase first."""
        key = words[first].key if self._folded else words[first].plain
        openings = self._openings
        lengths = openings.get(key[:3], ())
        if len(key) >= _OPENING:
            lengths = (*lengths, *openings.get(key[:2], ()), *openings.get(key[:1], ()))
        elif len(key) > 1:
            lengths = (*lengths, *openings.get(key[:1], ()))
        if not lengths:
            return []
        found = []
        for length in lengths:
            if length > len(key):
                continue
            for parts, code, phrase, gapped in self._by_beginning.get(key[:length], ()):
                last = _end_of_gapped(parts, words, first) if gapped else _end(parts, words, first)
                if last is not None:
                    found.append(Hit(code, words[first].start, words[last - 1].end, first, last, phrase))
        found.sort(key=lambda hit: (-hit.last, -len(hit.phrase)))
        return found

    def find(self, words: Sequence[Word], first: int = 0, last: int | None = None) -> list[Hit]:
        """Return the phrases of `words[first:last]` in order; where two overlap the earlier, then the longer stands.

        A phrase with a gap stands beside what is found inside it and where it begins.
        """
        end = len(words) if last is None else last
        hits = []
        position = first
        openings, folded = self._openings, self._folded
        while position < end:
            key = words[position].key if folded else words[position].plain
            if key[:3] not in openings and key[:2] not in openings and key[:1] not in openings:
                position += 1
                continue
            here = [hit for hit in self.at(words, position) if hit.last <= end]
            best = next((hit for hit in here if _GAP not in hit.phrase), None)
            apart = next((hit for hit in here if _GAP in hit.phrase), None)
            hits += [hit for hit in (apart, best) if hit is not None]
            position = best.last if best is not None else position + 1
        return hits

    def find_each(self, words: Sequence[Word]) -> list[Hit]:
        """Return the longest phrase of every code at every word: phrases of several codes may overlap."""
        hits: list[Hit] = []
        openings, folded = self._openings, self._folded
        for position, word in enumerate(words):
            key = word.key if folded else word.plain
            if key[:3] in openings or key[:2] in openings or key[:1] in openings:
                longest: dict[str, Hit] = {}
                for hit in self.at(words, position):
                    longest.setdefault(hit.code, hit)
                hits.extend(longest.values())
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
