"""What stands round a date: two that make one range, and dates that are to be kept."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from leads.extraction.document import Document
from leads.extraction.recognisers.dates.mention import DateMention, on
from leads.extraction.recognisers.dates.named import WEEKDAYS

_DASH = re.compile(r"\s*[-–—]\s*")
_COMMA = re.compile(r",?\s+")
_LONGEST_GAP = 40
_LONGEST_RANGE = timedelta(days=15)


def joined(document: Document, mentions: Iterable[DateMention]) -> list[DateMention]:
    """Return the mentions in order, the earlier of two that overlap, and one range for two that are joined."""
    kept: list[DateMention] = []
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if kept and mention.start < kept[-1].end:
            continue
        both = _range_of(document, kept[-1], mention) if kept else None
        if both is None:
            kept.append(mention)
        else:
            kept[-1] = both
    return kept


def _range_of(document: Document, first: DateMention, second: DateMention) -> DateMention | None:
    if first.is_range or first.deadline or not _joins(document, first, second):
        return None
    if first.relative and second.relative:
        second = _of_the_same_week(first, second)
    year = second.year or first.year
    if first.year and second.year and (first.year, first.month, first.day) > (second.year, second.month, second.day):
        # "yesterday and the day before": the later is named first.
        if not (first.relative and second.relative):
            return None
        return replace(first, month=second.month, day=second.day, end=second.end)
    both = replace(
        second,
        month=first.month,
        day=first.day,
        year=year,
        start=first.start,
        deadline=False,
        relative=first.relative and second.relative,
    )
    days = replace(both, year=year or 2000).days(None)
    return both if days and days[1] - days[0] <= _LONGEST_RANGE else None


def _of_the_same_week(first: DateMention, second: DateMention) -> DateMention:
    """Return the second of two days told from publication within a week of the first ("Monday to Wednesday")."""
    if first.year is None or second.year is None:
        return second
    begun = date(first.year, first.month, first.day)
    last = date(second.year, second.end_month, second.end_day)
    while last - begun >= timedelta(days=7):
        last -= timedelta(days=7)
    return on(last, last, second.span, deadline=second.deadline)


def _joins(document: Document, first: DateMention, second: DateMention) -> bool:
    """Return whether "to" or "and" stands between two dates, or "to" behind the second ("10 мамырдан … дейін")."""
    between = document.text[first.end : second.start]
    if _DASH.fullmatch(between):
        return True
    if len(between) > _LONGEST_GAP or "\n" in between or ";" in between:
        return False
    low, high = document.word_at(first.end), document.word_at(second.start)
    words = range(low, high)
    joining = document.lexicon("dates", "and", "until")
    fillers = document.lexicon("dates", "filler", "year", "daypart", *WEEKDAYS)
    links = [index for index in words if joining.at(document.words, index)]
    if any(index not in links and not fillers.at(document.words, index) for index in words):
        return False
    until = document.lexicon("dates", "until")
    if any(until.at(document.words, index) for index in links):
        return True
    goes_on = first.day + 1 == second.day or second.day == 1
    behind = document.word_at(second.end)
    last = min(behind + 4, len(document.words))
    if links:
        return (
            goes_on
            or second.relative
            or document.lexicon("dates", "between").finds(document.words, max(0, low - 6), last)
        )
    if "," in between:
        return bool(_COMMA.fullmatch(between)) and goes_on and second.is_range
    return until.finds(document.words, behind, last)


def with_deadline(document: Document, mention: DateMention, published: date | None = None) -> DateMention:
    """Mark a single day that follows "by" or precedes "дейін" as one to be kept: by Friday means the next one."""
    if mention.is_range or mention.deadline:
        return mention
    words = document.words
    low, high = document.word_at(mention.start), document.word_at(mention.end)
    until = document.lexicon("dates", "until")
    before = until.find(words, max(0, low - 3), low)
    after = until.find(words, high, min(high + 3, len(words))) if document.language.object_first else []
    kept = any(_reaches(document, hit.last, low) for hit in before)
    kept = kept or (bool(after) and mention.end + 20 > after[0].start) or _ends_in_until(document, high - 1)
    if kept and mention.relative and published is not None and mention.year is not None:
        day = date(mention.year, mention.month, mention.day)
        if day < published:
            day += timedelta(days=7)
            return on(day, day, mention.span, deadline=True)
    return replace(mention, deadline=kept) if kept else mention


def _ends_in_until(document: Document, last: int) -> bool:
    """Return whether the last word of a date bears "until" as its ending ("15-iyungacha")."""
    key = document.words[last].key
    fits = document.language.tails("until_tails").fullmatch
    return any(fits(key[cut:]) for cut in range(2, len(key)))


def _reaches(document: Document, last: int, low: int) -> bool:
    """Return whether only fillers stand between "by" and its date ("by the", "до вечера")."""
    fillers = document.lexicon("dates", "filler", "daypart", *WEEKDAYS)
    return all(fillers.at(document.words, index) for index in range(last, low))
