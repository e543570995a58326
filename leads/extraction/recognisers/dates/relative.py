"""Days told from the day of publication, or from the month named last: "yesterday", "ayın 8'i", "on the 28th"."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from leads.extraction.document import Document
from leads.extraction.lexicon import Hit, Lexicon
from leads.extraction.recognisers.dates.mention import DateMention, made, on
from leads.extraction.recognisers.dates.named import MONTHS, WEEKDAYS, Day, DayReader
from leads.extraction.spans import Positions

DAYS_BACK = {"today": 0, "yesterday": 1, "days_ago_2": 2, "days_ago_3": 3}
_WEEK = 7
_BEFORE, _AFTER = 4, 7
_BESIDE = 12
_NEAR = 600
_GLUE = "-–'’"


def told_from(document: Document, found: list[DateMention], published: date | None) -> Iterator[DateMention]:
    """Yield the days that need the day of publication, and bare days of the month named before them, in no order."""
    yield from _bare_days(document, found)
    if published is None:
        return
    yield from _of_this_month(document, published)
    index = Positions(found)
    around = {code: document.lexicon("dates", code) for code in ("last", "last_week", "next")}
    for hit in document.hits("dates", *DAYS_BACK, *WEEKDAYS):
        if _is_dated(document, hit, index):
            continue
        if hit.code in DAYS_BACK:
            day = published - timedelta(days=DAYS_BACK[hit.code])
            yield on(day, day, hit.span)
        else:
            yield from _weekday(document, hit, published, around)


def _is_dated(document: Document, hit: Hit, index: Positions[DateMention]) -> bool:
    """Return whether the date itself stands beside a weekday ("во вторник, 3 июня")."""
    near = index.between(hit.start - 3 * _BESIDE, hit.end + _BESIDE)
    return any(
        one.start - _BESIDE < hit.start < one.end + _BESIDE
        and "\n" not in document.text[min(hit.end, one.end) : max(hit.start, one.start)]
        for one in near
        if hit.code in WEEKDAYS or one.start <= hit.end + 3
    )


def _weekday(document: Document, hit: Hit, published: date, around: dict[str, Lexicon]) -> Iterator[DateMention]:
    sentence = document.sentence_at(hit.start)
    low, high = max(sentence.first, hit.first - _BEFORE), min(sentence.last, hit.last + _AFTER)

    def said(code: str) -> bool:
        return around[code].finds(document.words, low, high)

    wanted = int(hit.code[-1])
    back = (published.isoweekday() - wanted) % _WEEK
    if said("next"):
        day = published + timedelta(days=_WEEK - back)
        yield on(day, day, hit.span, deadline=True)
        return
    if said("last_week"):
        day = published - timedelta(days=published.isoweekday() - wanted + _WEEK)
    else:
        day = published - timedelta(days=back or _WEEK * said("last"))
    yield on(day, day, hit.span)


def _of_this_month(document: Document, published: date) -> Iterator[DateMention]:
    """Yield "осы айдың 3-і мен 5-і", "8 и 9 числа этого месяца": the last such days before publication."""
    reader = DayReader(document)
    for hit in document.hits("dates", "this_month"):
        days = reader.before(hit.first) or reader.after(hit.last)
        if not days:
            continue
        year, month = published.year, published.month
        if days[-1].number > published.day:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        if days[-1].number <= monthrange(year, month)[1]:
            words = document.words
            span = min(hit.start, words[days[0].first].start), max(hit.end, words[days[-1].last - 1].end)
            yield on(date(year, month, days[0].number), date(year, month, days[-1].number), span)


def _bare_days(document: Document, found: list[DateMention]) -> Iterator[DateMention]:
    """Yield days without their month, where one was named shortly before: "the programme ended on the 28th"."""
    if not found:
        return
    reader, index = DayReader(document), Positions(found)
    months = document.lexicon("dates", *MONTHS, "this_month")
    for start in _places_of_bare_days(document):
        day = reader.starting(start)
        if day is None:
            continue
        after = day.last + reader.is_filler(day.last)
        stop = min(after + 2, len(document.words))
        if not _stands_alone(document, reader, day, after) or months.finds(document.words, after, stop):
            continue
        span = document.words[day.first].start, document.words[day.last - 1].end
        before = [one for one in index.between(span[0] - _NEAR, span[0]) if not one.deadline]
        if index.between(span[0] - 1, span[1] + 1) or not before:
            continue
        month = before[-1].end_month
        mention = made((month, day.number), (month, day.number), before[-1].year, span)
        if mention is not None and day.number >= before[-1].day:
            yield mention


def _places_of_bare_days(document: Document) -> Iterator[int]:
    """Yield the words after "on the", and the numbers with an ending that only days have ("16-го", "16'sında")."""
    yield from (hit.last for hit in document.hits("dates", "on_day"))
    for hit in document.hits("dates", "day_tail"):
        number = hit.first - 1
        if number >= 0 and document.words[number].text.isdecimal():
            glue = document.text[document.words[number].end : hit.start]
            if len(glue) == 1 and glue in _GLUE:
                yield number


def _stands_alone(document: Document, reader: DayReader, day: Day, after: int) -> bool:
    """Return whether a day is nobody's number: it bears an ending, and no noun follows ("the 28th anniversary")."""
    if after == day.last and document.words[day.first].text.isdigit():
        return False
    if after >= len(document.words):
        return True
    if document.lexicon("dates", "day_tail").at(document.words, day.last):
        return not document.lexicon("numbers").finds(document.words, after, after + 1)
    between = document.text[document.words[after - 1].end : document.words[after].start]
    return bool(between.strip(" \u00a0")) or document.lexicon("dates", "after_day").finds(
        document.words, after, after + 1
    )
