"""Numbers as digits and as words, with their scales, as exact decimals."""

import re
from dataclasses import dataclass
from decimal import Decimal

from leads.extraction.document import Document
from leads.extraction.draft import Span

_DIGITS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,’']\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_SCALE = 1000
_SCALES = ("1000", "1000000", "1000000000", "1000000000000")
_HUNDRED = 100
# The words of one number stand no more than this many characters apart.
_APART = 2
_LONGEST = 15


@dataclass(frozen=True, slots=True)
class Number:
    """A number said: its value, characters and words (`first` to before `last`)."""

    value: Decimal
    start: int
    end: int
    first: int
    last: int
    scaled: bool

    @property
    def span(self) -> Span:
        """The characters as evidence."""
        return self.start, self.end


def parse_digits(digits: str, decimal: str = ",", *, scaled: bool = False) -> Decimal | None:
    """Return the value of digits with separators; `decimal` is the language's mark. None where they make no number."""
    bare = re.sub(r"[ \u00a0\u202f’']", "", digits)
    parts = re.split(r"[.,]", bare)
    if len(parts[0]) > _LONGEST:
        return None
    marks = [char for char in bare if char in ".,"]
    grouped = all(len(part) == 3 for part in parts[1:])
    if not marks:
        return Decimal(bare)
    one_mark = len(marks) == 1
    if grouped and not (one_mark and (marks[0] == decimal) and (scaled or decimal == ".")):
        return Decimal("".join(parts))
    return Decimal("".join(parts[:-1]) + "." + parts[-1][:_LONGEST])


def recognise(document: Document) -> tuple[Number, ...]:
    """Return the numbers of a text in order, each with the scale that follows it (`3,4 млрд`, `on iki bin`)."""
    words = document.words
    decimal = next(iter(document.language.phrases("language", "decimal")), ".")
    by_start = {word.start: index for index, word in enumerate(words)}
    found: list[Number] = []
    for digits in _DIGITS.finditer(document.text):
        first = by_start.get(digits.start())
        if first is None:
            continue
        last = first
        while last < len(words) and words[last].start < digits.end():
            last += 1
        more, scale, after, end = _scale(document, last, digits.end())
        value = parse_digits(digits[0], decimal, scaled=scale > 1)
        if value is not None:
            found.append(Number((value + more) * scale, digits.start(), end, first, after, scale > 1))
    found += _in_words(document, {index for number in found for index in range(number.first, number.last)})
    return tuple(_added_up(sorted(found, key=lambda number: number.start)))


def _scale(document: Document, at: int, end: int) -> tuple[Decimal, Decimal, int, int]:
    """Return what follows digits at a word: a half more, the scale, the word after both and where they end."""
    words = document.words
    more, scale = Decimal(0), Decimal(1)
    while at < len(words) and words[at].start - end <= _APART:
        hit = next((hit for hit in document.lexicon("numbers", *_SCALES, "0.5").at(words, at)), None)
        if hit is None or (hit.code == "0.5" and (more or scale > 1)):
            break
        if hit.code == "0.5":
            more = Decimal(hit.code)
        else:
            scale *= Decimal(hit.code)
        at, end = hit.last, hit.end
    return more, scale, at, end


def _added_up(numbers: list[Number]) -> list[Number]:
    """Return the numbers with those said in parts made one: "3 млрд 200 млн", "1 million 200 thousand"."""
    added: list[Number] = []
    for number in numbers:
        before = added[-1] if added else None
        if (
            before is not None
            and before.scaled
            and number.scaled
            and number.start - before.end <= _APART
            and number.value < before.value
            and before.value % _SCALE == 0
        ):
            added[-1] = Number(before.value + number.value, before.start, number.end, before.first, number.last, True)
        else:
            added.append(number)
    return added


def _in_words(document: Document, taken: set[int]) -> list[Number]:
    """Return the numbers written out in words, outside the words already taken."""
    words, lexicon = document.words, document.lexicon("numbers")
    found = []
    position = 0
    while position < len(words):
        hit = None if position in taken else next(iter(lexicon.at(words, position)), None)
        if hit is None:
            position += 1
            continue
        run = [hit]
        while run[-1].last < len(words) and run[-1].last not in taken:
            more = next(iter(lexicon.at(words, run[-1].last)), None)
            if more is None or words[run[-1].last].start - run[-1].end > _APART:
                break
            run.append(more)
        value = _value([Decimal(one.code) for one in run])
        scaled = Decimal(run[-1].code) >= _SCALE
        found.append(Number(value, run[0].start, run[-1].end, run[0].first, run[-1].last, scaled))
        position = run[-1].last
    return found


def _value(parts: list[Decimal]) -> Decimal:
    total, group = Decimal(0), Decimal(0)
    for part in parts:
        if part < 1 and group == 0 and total == 0:
            group = part
        elif part >= _SCALE:
            total, group = total + (group or 1) * part, Decimal(0)
        elif part == _HUNDRED and group:
            group *= part
        else:
            group += part
    return total + group
