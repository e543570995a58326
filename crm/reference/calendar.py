"""Which days are worked: plain arithmetic, no database and no clock."""

from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Monday to Friday are worked, but for ``days_off``; ``worked_weekends`` are worked too."""

    days_off: frozenset[date] = field(default_factory=frozenset)
    worked_weekends: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        if day in self.worked_weekends:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def next_working_day(self, day: date) -> date:
        """Return ``day`` itself when it is worked, else the first one after it that is."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """Return the ``n``-th working day after ``day`` (before it, for a negative ``n``).

        ``day`` itself is not counted, worked or not: Friday plus 1 is Monday, and so is Saturday plus 1. With 0 it is
        ``day``, moved to the next working day.
        """
        if n == 0:
            return self.next_working_day(day)
        step = ONE_DAY if n > 0 else -ONE_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def days_back(self, day: date, n: int) -> date:
        """Return the latest day after which ``n`` working days have passed when ``day`` ends; with 0 it is ``day``.

        So "at least n working days ago" is "on this day or before it": Monday, 1 back, is Sunday.
        """
        while n > 0:
            n -= self.is_working(day)
            day -= ONE_DAY
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days lie after ``start`` up to and with ``end``; negative when ``end`` is earlier.

        It is the inverse of ``add_working_days``: Friday to Monday is 1.
        """
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + ONE_DAY * n for n in range(1, (end - start).days + 1))
        return sum(map(self.is_working, days))
