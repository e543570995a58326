"""Meetings by day: the weeks of a month, or one week. Plain arithmetic over a query set, no clock."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet

from crm.meetings.models import Meeting
from crm.reference.calendar import WorkingCalendar

MONTH, WEEK = "month", "week"
ONE_WEEK = timedelta(days=7)
#: A day of a month shows so many; the rest is in its week.
MOST_A_DAY = 3
#: Years that a calendar turns to: far enough for any visit, and no date overflows.
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: its meetings by hour, those without one last; ``is_near``: of the month that is looked at."""

    day: date
    meetings: list[Meeting]
    is_today: bool
    is_near: bool
    is_day_off: bool
    most: int

    @property
    def shown(self) -> list[Meeting]:
        return self.meetings[: self.most]

    @property
    def rest(self) -> int:
        return len(self.meetings) - len(self.shown)


@dataclass(frozen=True, slots=True)
class MeetingCalendar:
    """The days on the page, by weeks; ``previous`` and ``next`` are days of the pages beside it."""

    view: str
    on: date
    weeks: list[list[CalendarDay]]
    previous: date
    next: date
    count: int

    @property
    def first(self) -> date:
        return self.weeks[0][0].day

    @property
    def last(self) -> date:
        return self.weeks[-1][-1].day


def day_asked(text: str, *, today: date) -> date:
    """Return the day that an address asks for as ``2026-03-02``; anything else is ``today``."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else today


def meeting_calendar(
    meetings: QuerySet[Meeting], *, view: str, on: date, today: date, working: WorkingCalendar
) -> MeetingCalendar:
    """Return the ``meetings`` of the month or week around ``on``. A query, and one for their organisations."""
    first, last = (_monday(on), _monday(on)) if view == WEEK else (_monday(_start(on)), _monday(_end(on)))
    mondays = [first + ONE_WEEK * number for number in range((last - first).days // 7 + 1)]
    shown = meetings.filter(date__gte=first, date__lt=last + ONE_WEEK)
    by_day = _by_day(shown.order_by("date", F("time").asc(nulls_last=True), "pk"))
    most = MOST_A_DAY if view == MONTH else max(map(len, by_day.values()), default=0)

    def calendar_day(day: date) -> CalendarDay:
        is_near = view == WEEK or day.month == on.month
        return CalendarDay(day, by_day.get(day, []), day == today, is_near, not working.is_working(day), most)

    return MeetingCalendar(
        view=view,
        on=on,
        weeks=[[calendar_day(monday + timedelta(days=number)) for number in range(7)] for monday in mondays],
        previous=on - ONE_WEEK if view == WEEK else _start(_start(on) - timedelta(days=1)),
        next=on + ONE_WEEK if view == WEEK else _end(on) + timedelta(days=1),
        count=sum(map(len, by_day.values())),
    )


def _by_day(meetings: Iterable[Meeting]) -> dict[date, list[Meeting]]:
    days: dict[date, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        if meeting.date is not None:
            days[meeting.date].append(meeting)
    return days


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _start(day: date) -> date:
    return day.replace(day=1)


def _end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
