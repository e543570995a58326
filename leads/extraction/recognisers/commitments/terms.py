"""By when something is to be done: a day, the end of a month or year, or so many days from when it was said."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.recognisers.commitments.units import Unit
from leads.extraction.recognisers.dates import DateMention
from leads.extraction.recognisers.dates.named import MONTHS
from leads.extraction.spans import Positions

_REACH = 3
_DAYS = {"term_day": 1, "term_week": 7, "term_month": 30}
_MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due (None where the text does not settle the year), and the characters that say so."""

    day: date | None
    span: Span


def due_of(
    document: Document, unit: Unit, dates: Positions[DateMention], told_on: date | None, *, any_day: bool
) -> Due | None:
    """Return the term of a unit; `any_day`: a day need not be called one to be kept, as in a list of instructions."""
    mentions = dates.between(unit.start, unit.end)
    kept = next((one for one in mentions if one.deadline), None)
    if kept is not None:
        return Due(_next_such_day(kept, told_on), kept.span)
    end = _end_of(document, unit, told_on) or _counted(document, unit, told_on)
    if end is not None:
        return end
    for mention in mentions if any_day else ():
        day = _next_such_day(mention, told_on)
        if day is not None and (told_on is None or day > told_on) and not mention.is_range:
            return Due(day, mention.span)
    return None


def _next_such_day(mention: DateMention, told_on: date | None) -> date | None:
    if mention.year is not None:
        days = mention.days(None)
        return days[1] if days else None
    if told_on is None:
        return None
    try:
        this_year = date(told_on.year, mention.end_month, mention.end_day)
        return this_year if this_year >= told_on else date(told_on.year + 1, mention.end_month, mention.end_day)
    except ValueError:
        return None


def _end_of(document: Document, unit: Unit, told_on: date | None) -> Due | None:
    """Return the last day of "by the end of July", "осы айдың аяғына дейін", "yıl sonuna kadar"."""
    words = document.words
    until = document.lexicon("dates", "until")
    months = document.lexicon("dates", *MONTHS, "this_month", "month", "year")
    for hit in document.lexicon("dates", "end_of").find(words, unit.first, unit.last):
        low, high = max(unit.first, hit.first - _REACH), min(unit.last, hit.last + _REACH)
        if not until.finds(words, low, high):
            continue
        beside = [*months.find(words, hit.last, high), *reversed(months.find(words, low, hit.first))]
        named = next((one for one in beside if one.code in MONTHS), None) or next(iter(beside), None)
        day = _last_day(named.code if named else "month", told_on)
        year = re.search(r"(?<!\d)(20\d\d)(?!\d)", document.text[hit.start : words[high - 1].end])
        if day is not None and year:
            day = date(int(year[1]), day.month, monthrange(int(year[1]), day.month)[1])
        return Due(day, hit.span)
    return None


def _last_day(code: str, told_on: date | None) -> date | None:
    if told_on is None:
        return None
    if code == "year":
        return date(told_on.year, 12, 31)
    month = int(code) if code in MONTHS else told_on.month
    year = told_on.year + (month < told_on.month)
    return date(year, month, monthrange(year, month)[1])


def _counted(document: Document, unit: Unit, told_on: date | None) -> Due | None:
    """Return the day of "within two weeks", "он күн ішінде"."""
    words = document.words
    within = document.lexicon("dates", "within")
    for hit in document.lexicon("dates", *_DAYS).find(words, unit.first, unit.last):
        count = _number_at(document, hit.first - 1)
        low, high = max(unit.first, hit.first - _REACH - 1), min(unit.last, hit.last + _REACH - 1)
        if told_on is None or not within.finds(words, low, high):
            continue
        return Due(told_on + timedelta(days=(count or 1) * _DAYS[hit.code]), hit.span)
    return None


def _number_at(document: Document, index: int) -> int | None:
    if index < 0:
        return None
    text = document.words[index].text
    if text.isascii() and text.isdigit():
        return int(text[:3]) if int(text[:3]) < _MOST_COUNTED else None
    said = next(iter(document.lexicon("numbers").at(document.words, index)), None)
    return int(float(said.code)) if said and float(said.code) < _MOST_COUNTED else None
