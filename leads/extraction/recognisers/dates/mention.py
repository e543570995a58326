"""A day or a range of days as a text says it."""

from dataclasses import dataclass
from datetime import date

from leads.extraction.draft import Span

LATEST_DAY = 31


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day or a range as the text gives it; `year` is None where it says none.

    `deadline`: a date to be kept. `relative`: told from the day of publication ("yesterday", "on Tuesday").
    """

    month: int
    day: int
    end_month: int
    end_day: int
    year: int | None
    start: int
    end: int
    deadline: bool = False
    relative: bool = False

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
            # A visit may go on while it is reported: what began is no year old.
            begun = (self.month, self.day) <= (published.month, published.day)
            over = (self.end_month, self.end_day) <= (published.month, published.day)
            year = published.year if over or (begun and self.is_range) else published.year - 1
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


def made(first: tuple[int, int], last: tuple[int, int], year: int | None, span: Span) -> DateMention | None:
    """Return a mention from (month, day) to (month, day); None where there are no such days."""
    for month, day in (first, last):
        if not (1 <= month <= 12 and 1 <= day <= LATEST_DAY):
            return None
    return DateMention(*first, *last, year, *span)


def on(first: date, last: date, span: Span, *, deadline: bool = False) -> DateMention:
    """Return the mention of days that are known from elsewhere: from the day of publication."""
    return DateMention(first.month, first.day, last.month, last.day, last.year, *span, deadline=deadline, relative=True)
