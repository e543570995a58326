"""Dates and ranges, with or without a year, and the days of the visit among them."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from leads.extraction.document import Context, Document
from leads.extraction.draft import Span
from leads.extraction.lexicon import Word

_MONTHS = tuple(f"{number:02d}" for number in range(1, 13))
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(?:(\d{1,2})[.](\d\d)?\s?[-–]\s?)?(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?!\d)")
_DASH = re.compile(r"\s*[-–—]\s*")
_COMMA = re.compile(r"[ \t\u00a0]*,?[ \t\u00a0]*")
_LATEST_DAY, _LONGEST_VISIT = 31, 9
_YEARS = range(1900, 2100)
_HEADER, _HEADING_WORDS = 120, 12


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day or a range as the text gives it; `year` is None where it says none. `deadline`: a date to be kept."""

    month: int
    day: int
    end_month: int
    end_day: int
    year: int | None
    start: int
    end: int
    deadline: bool = False

    @property
    def span(self) -> Span:
        """The characters as evidence."""
        return self.start, self.end

    @property
    def is_range(self) -> bool:
        """Whether it says two days."""
        return (self.month, self.day) != (self.end_month, self.end_day)

    def days(self, published: date | None) -> tuple[date, date] | None:
        """Return first and last day; a missing year is the one nearest before publication. None where unsettled."""
        year = self.year
        if year is None and published is not None:
            year = (
                published.year
                if (self.end_month, self.end_day) <= (published.month, published.day)
                else published.year - 1
            )
        if year is None:
            return None
        try:
            last = date(year, self.end_month, self.end_day)
            first = date(
                year if (self.month, self.day) <= (self.end_month, self.end_day) else year - 1, self.month, self.day
            )
        except ValueError:
            return None
        return first, last


def recognise(document: Document) -> tuple[DateMention, ...]:
    """Return the dates of a text in order, in figures and with the month's name; joined where they make one range."""
    found = [*_in_figures(document), *_with_month(document)]
    found.sort(key=lambda one: (one.start, -one.end))
    joined: list[DateMention] = []
    for mention in found:
        if joined and mention.start < joined[-1].end:
            continue
        if (
            joined
            and not joined[-1].is_range
            and not mention.is_range
            and _joins(document, joined[-1].end, mention.start)
        ):
            first = joined.pop()
            mention = replace(
                mention, month=first.month, day=first.day, year=mention.year or first.year, start=first.start
            )
        joined.append(mention)
    return tuple(_with_deadline(document, mention) for mention in joined)


def _joins(document: Document, end: int, start: int) -> bool:
    between = document.text[end:start]
    if _DASH.fullmatch(between):
        return True
    if len(between) > 12 or "\n" in between:
        return False
    words = document.words[document.word_at(end) : document.word_at(start)]
    return len(words) == 1 and document.lexicon("dates", "until").finds(words)


def _in_figures(document: Document) -> list[DateMention]:
    found = []
    for match in _ISO.finditer(document.text):
        year, month, day = map(int, match.groups())
        found.append(_made(month, day, month, day, year, match.start(), match.end()))
    for match in _DOTTED.finditer(document.text):
        day, month, year = int(match[3]), int(match[4]), int(match[5])
        first_day, first_month = int(match[1] or day), int(match[2] or month)
        found.append(_made(first_month, first_day, month, day, year, match.start(), match.end()))
    return [one for one in found if one is not None]


def _made(
    month: int, day: int, end_month: int, end_day: int, year: int | None, start: int, end: int
) -> DateMention | None:
    if not (1 <= month <= 12 and 1 <= end_month <= 12 and 1 <= day <= _LATEST_DAY and 1 <= end_day <= _LATEST_DAY):
        return None
    return DateMention(month, day, end_month, end_day, year, start, end)


def _with_month(document: Document) -> list[DateMention]:
    words, text = document.words, document.text
    found = []
    for hit in document.lexicon("dates", *_MONTHS).find(words):
        days = _days_before(document, hit.first)
        year, start, end = None, hit.start, hit.end
        after = hit.last
        if days:
            start = words[days[0]].start
            year, start = _year_before(document, days[0], start)
        elif after < len(words) and _is_day(words[after]) and _COMMA.fullmatch(text[end : words[after].start]):
            days = [after]
            if after + 1 < len(words) and _is_day(words[after + 1]) and _separates(document, after, after + 1):
                days.append(after + 1)
            end, after = words[days[-1]].end, days[-1] + 1
        if not days:
            continue
        if year is None and after < len(words) and _is_year(words[after]) and _near(document, end, words[after].start):
            year, end = int(words[after].text), words[after].end
        month = int(hit.code)
        made = _made(month, int(words[days[0]].text), month, int(words[days[-1]].text), year, start, end)
        if made is not None and (made.day <= made.end_day):
            found.append(made)
    return found


def _near(document: Document, end: int, start: int) -> bool:
    return _COMMA.fullmatch(document.text[end:start]) is not None


def _is_day(word: Word) -> bool:
    return word.text.isascii() and word.text.isdigit() and len(word.text) <= 2 and 1 <= int(word.text) <= _LATEST_DAY


def _is_year(word: Word) -> bool:
    return word.text.isascii() and word.text.isdigit() and len(word.text) == 4 and int(word.text) in _YEARS


def _days_before(document: Document, month: int) -> list[int]:
    """Return the word indexes of the one or two days that stand right before a month's name."""
    words = document.words
    last = month - 1
    if last < 0 or not _is_day(words[last]) or words[month].start - words[last].end > 4:
        return []
    for first in (last - 1, last - 2):
        if first >= 0 and _is_day(words[first]) and _separates(document, first, last):
            return [first, last]
    return [last]


def _separates(document: Document, first: int, last: int) -> bool:
    """Return whether a dash, "and" or "to" stands between two days."""
    words = document.words
    if last - first == 1:
        return _DASH.fullmatch(document.text[words[first].end : words[last].start]) is not None
    between = words[first + 1 : last]
    return document.lexicon("dates", "and", "until").finds(between)


def _year_before(document: Document, first: int, start: int) -> tuple[int | None, int]:
    """Return the year of `2025 жылғы 3-6 қараша` and where it begins."""
    words = document.words
    year_word = document.lexicon("dates", "year")
    for index, middle in ((first - 2, first - 1), (first - 1, None)):
        near = index >= 0 and words[first].start - words[index].end < 12
        if near and _is_year(words[index]) and (middle is None or year_word.at(words, middle)):
            return int(words[index].text), words[index].start
    return None, start


def _with_deadline(document: Document, mention: DateMention) -> DateMention:
    """Mark a single day that follows "by" or precedes "дейін" as one to be kept."""
    if mention.is_range:
        return mention
    words = document.words
    low, high = document.word_at(mention.start), document.word_at(mention.end)
    until = document.lexicon("dates", "until")
    before = until.find(words, max(0, low - 2), low)
    after = until.find(words, high, min(high + 2, len(words)))
    kept = any(hit.last == low for hit in before) or (bool(after) and mention.end + 15 > after[0].start)
    return replace(mention, deadline=kept) if kept else mention


def published(document: Document, dates: tuple[DateMention, ...]) -> tuple[date, Span] | None:
    """Return the day of publication that the text itself gives: alone on its line, or at the head of the text."""
    text = document.text
    label = document.lexicon("dates", "published")
    for mention in dates:
        if mention.year is None or mention.is_range:
            continue
        line_start = text.rfind("\n", 0, mention.start) + 1
        line_end = text.find("\n", mention.end)
        rest = text[line_start : mention.start] + text[mention.end : line_end if line_end >= 0 else len(text)]
        words = document.words[document.word_at(line_start) : document.word_at(mention.start)]
        alone = len(re.sub(r"\W", "", rest)) <= 12
        if alone or label.finds(words) or (mention.start < _HEADER and text[: mention.start].strip() in ("", "date")):
            days = mention.days(None)
            if days is not None:
                return days[0], mention.span
    return None


def visit_days(
    document: Document, dates: tuple[DateMention, ...], context: Context, day_published: date | None, own: Span | None
) -> tuple[date, date, Span] | None:
    """Return the first and last day of the visit with their evidence, or None where the text does not settle them."""
    cues = document.lexicon("visit", "outbound", "inbound", "delegation", "meeting", "event", "local")
    year = next((one.year for one in dates if one.year is not None and not one.deadline), None)
    best: tuple[int, DateMention] | None = None
    for position, mention in enumerate(dates):
        sentence = document.sentence_at(mention.start)
        if mention.deadline or mention.span == own:
            continue
        if mention.year is None and sentence.background:
            continue
        points = 4 * mention.is_range + 2 * cues.finds(document.words, sentence.first, sentence.last)
        points -= 3 * sentence.background + min(position, 2)
        if best is None or points > best[0]:
            best = points, mention
    if best is None:
        return _relative(document, day_published) or _of_protocol(document, dates, own)
    mention = best[1]
    if mention.year is None and day_published is None:
        mention = replace(mention, year=year)
    days = mention.days(day_published)
    if days is None:
        return None
    first, last, span = *days, mention.span
    if not mention.is_range:
        later = _return_day(document, dates, mention, day_published) or _lasting(document, mention, first)
        if later is not None and first < later[0] <= first + timedelta(days=14):
            last, span = later[0], (mention.start, max(mention.end, later[1]))
    return first, last, span


def _return_day(
    document: Document, dates: tuple[DateMention, ...], first: DateMention, day_published: date | None
) -> tuple[date, int] | None:
    """Return the second day of "came on the 17th and went home on the 19th": in the same sentence, after the first."""
    sentence = document.sentence_at(first.start)
    for mention in dates:
        if first.end <= mention.start < sentence.end and not mention.deadline and not mention.is_range:
            days = replace(mention, year=mention.year or first.year).days(day_published)
            return (days[0], mention.end) if days else None
    return None


def _lasting(document: Document, mention: DateMention, first: date) -> tuple[date, int] | None:
    """Return the last day of "a three-day visit that began on the 5th": the length said in the sentence of the date."""
    sentence = document.sentence_at(mention.start)
    for hit in document.hits("dates", "duration", within=sentence):
        word = document.words[hit.first - 1] if hit.first > sentence.first else None
        said = next(iter(document.lexicon("numbers").at(document.words, hit.first - 1)), None) if word else None
        length = int(word.text) if word and word.text.isdecimal() and len(word.text) == 1 else 0
        length = length or (int(float(said.code)) if said and float(said.code) <= _LONGEST_VISIT else 0)
        if 2 <= length <= _LONGEST_VISIT:
            return first + timedelta(days=length - 1), max(mention.end, hit.end)
    return None


def _of_protocol(
    document: Document, dates: tuple[DateMention, ...], own: Span | None
) -> tuple[date, date, Span] | None:
    """Return the day a protocol bears: a meeting's minutes are dated by the meeting."""
    if not document.lexicon("visit", "protocol").finds(document.words, 0, min(_HEADING_WORDS, len(document.words))):
        return None
    mention = next((one for one in dates if one.span == own), None)
    days = mention.days(None) if mention else None
    return (*days, mention.span) if mention and days else None


def _relative(document: Document, day_published: date | None) -> tuple[date, date, Span] | None:
    if day_published is None:
        return None
    for code, back in (("yesterday", 1), ("today", 0)):
        for hit in document.hits("dates", code):
            sentence = document.sentence_at(hit.start)
            if not sentence.background and sentence.start < len(document.text) // 2 + 200:
                day = day_published - timedelta(days=back)
                return day, day, hit.span
    return None
