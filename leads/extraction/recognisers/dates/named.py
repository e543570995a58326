"""Days beside the name of their month: "17-19 ақпанда", "мамырдың 12-сінен 15-іне дейін", "3rd to 5th of June"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from leads.extraction.document import Document
from leads.extraction.lexicon import Lexicon, Word
from leads.extraction.recognisers.dates.mention import LATEST_DAY, DateMention, made

MONTHS = tuple(f"{number:02d}" for number in range(1, 13))
WEEKDAYS = tuple(f"weekday_{number}" for number in range(1, 8))
DAYS = tuple(f"day_{number}" for number in range(1, LATEST_DAY + 1))
_DASH = re.compile(r"\.?\s*[-–—/]\s*")
# What stands between days that bear endings: "11th-13th", "11th, 12th".
_ENDED = re.compile(r"[^\W\d_]{1,3}(?:\s?[-–—]\s?|,\s)")
_BREAK = re.compile(r"\s[-–—]\s|[\n;]")
_COMMA = re.compile(r"[ \t\u00a0]*,?[ \t\u00a0]*")
_APART = re.compile(r"[\s.,'’()\-–—]*")
_YEARS = range(1900, 2100)
_MOST_FILLERS = 4
_LONGEST_DAY = 3


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month in figures or words: words `first` to before `last`."""

    number: int
    first: int
    last: int


class DayReader:
    """Reads days and the words that join them, out of one document."""

    def __init__(self, document: Document) -> None:
        self.document, self.words = document, document.words
        self._fillers = document.lexicon("dates", "filler", *WEEKDAYS)
        self._days = document.lexicon("dates", *DAYS)
        self._joining = document.lexicon("dates", "and", "until")
        self._until = document.lexicon("dates", "until")
        self._bare = bool(document.language.phrases("dates", "month_first"))

    def starting(self, index: int) -> Day | None:
        """Return the day that starts with a word."""
        if index >= len(self.words):
            return None
        if _is_day(self.words[index]):
            return Day(int(self.words[index].text), index, index + 1)
        hit = next(iter(self._days.at(self.words, index)), None)
        return Day(int(hit.code[4:]), hit.first, hit.last) if hit else None

    def ending(self, index: int) -> Day | None:
        """Return the day that ends with a word, the longest ("двадцать третьего")."""
        for first in range(max(0, index + 1 - _LONGEST_DAY), index + 1):
            day = self.starting(first)
            if day is not None and day.last == index + 1:
                return day
        return None

    def is_filler(self, index: int) -> bool:
        """Return whether a word only joins a day to its month: "of", "числа", "айының", the ending of "5-го"."""
        return 0 <= index < len(self.words) and bool(self._fillers.at(self.words, index))

    def between(self, start: int, end: int) -> str:
        """Return the characters between two words."""
        return self.document.text[self.words[start].end : self.words[end].start]

    def before(self, month: int) -> list[Day]:
        """Return the days that stand right before a month's name, in order: one, two, or all of a list."""
        last = month - 1
        while last >= max(0, month - _MOST_FILLERS) and self.is_filler(last):
            last -= 1
        day = self.ending(last) if last >= 0 else None
        if day is None:
            return []
        between = self.between(last, month)
        if len(between) > 4 + 12 * (month - 1 - last) or _BREAK.search(between):
            return []
        return self._chain(day, lambda one: self._previous(one, month))

    def after(self, first: int) -> list[Day]:
        """Return the days behind a month's name ("June 3-5", "мамырдың 12-сінен 15-іне дейін")."""
        begin = first
        while first - begin < _MOST_FILLERS and self.is_filler(first):
            first += 1
        day = self.starting(first)
        if day is None or first == 0 or not _APART.fullmatch(self.between(first - 1, first)):
            return []
        if not _COMMA.fullmatch(self.between(first - 1, first)):
            return []
        days = self._chain(day, self._next)
        ends_like_one = self.is_filler(day.last) or self.words[day.first].text[0].isalpha() or len(days) > 1
        return days if self._bare or ends_like_one else []

    def _chain(self, day: Day, step: Callable[[Day], Day | None]) -> list[Day]:
        days = [day]
        while len(days) < LATEST_DAY and (one := step(days[-1])) is not None:
            days.append(one)
        days.sort(key=lambda one: one.first)
        rising = all(one.number < other.number for one, other in pairwise(days))
        return days if rising else [day]

    def _previous(self, day: Day, month: int) -> Day | None:
        for last in range(day.first - 1, max(-1, day.first - 2 - _MOST_FILLERS), -1):
            one = self.ending(last)
            if one is not None:
                return one if self._joins(one, day, month) else None
        return None

    def _next(self, day: Day) -> Day | None:
        for first in range(day.last, min(day.last + _MOST_FILLERS, len(self.words))):
            one = self.starting(first)
            if one is not None:
                return one if self._joins(day, one, None) else None
        return None

    def _joins(self, one: Day, other: Day, month: int | None) -> bool:
        """Return whether a dash, a comma, "and" or "to" stands between two days, or "to" behind the second."""
        between = self.document.text[self.words[one.last - 1].end : self.words[other.first].start]
        words = range(one.last, other.first)
        joined = [index for index in words if self._joining.at(self.words, index)]
        if any(index not in joined and not self.is_filler(index) for index in words) or "\n" in between:
            return False
        if joined:
            return len(joined) == 1
        if words and _ENDED.fullmatch(between):
            return True
        if not words and (_DASH.fullmatch(between) or re.fullmatch(r",\s", between)):
            return True
        if _DASH.search(between.rstrip("- ")) and len(between) <= 9:
            return True
        behind = other.last if month is None else month
        return self._until.finds(self.words, behind, min(behind + _MOST_FILLERS, len(self.words)))


def with_month(document: Document) -> Iterator[DateMention]:
    """Yield the dates that name their month, in order."""
    reader = DayReader(document)
    words = document.words
    for hit in document.lexicon("dates", *MONTHS).find(words):
        days = reader.before(hit.first)
        year, start, end, after = None, hit.start, hit.end, hit.last
        if days:
            start = words[days[0].first].start
            year, start = _year_before(document, days[0].first, start)
        else:
            days = reader.after(hit.last)
            if not days:
                continue
            year, start = _year_before(document, hit.first, start)
            after = days[-1].last
            end = words[after - 1].end
        if year is None and after < len(words) and _is_year(words[after]) and _near(document, end, words[after].start):
            year, end = int(words[after].text), words[after].end
        month = int(hit.code)
        mention = made((month, days[0].number), (month, days[-1].number), year, (start, end))
        if mention is not None:
            yield mention


def _near(document: Document, end: int, start: int) -> bool:
    return _COMMA.fullmatch(document.text[end:start]) is not None


def _is_day(word: Word) -> bool:
    return word.text.isascii() and word.text.isdigit() and len(word.text) <= 2 and 1 <= int(word.text) <= LATEST_DAY


def _is_year(word: Word) -> bool:
    return word.text.isascii() and word.text.isdigit() and len(word.text) == 4 and int(word.text) in _YEARS


def _year_before(document: Document, first: int, start: int) -> tuple[int | None, int]:
    """Return the year of `2025 жылғы 3-6 қараша` and where it begins."""
    words = document.words
    year_word: Lexicon = document.lexicon("dates", "year")
    for index, middle in ((first - 2, first - 1), (first - 1, None)):
        near = index >= 0 and words[first].start - words[index].end < 12
        if near and _is_year(words[index]) and (middle is None or year_word.at(words, middle)):
            return int(words[index].text), words[index].start
    return None, start
