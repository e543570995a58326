from datetime import date

import pytest

from crm.reference.calendar import WorkingCalendar

# Women's Day 2026 falls on a Sunday: the Monday after is off, and say the Saturday before is worked.
CALENDAR = WorkingCalendar(days_off=frozenset({date(2026, 3, 9)}), worked_weekends=frozenset({date(2026, 3, 7)}))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 3, 5), 1, date(2026, 3, 6)),
        (date(2026, 3, 6), 1, date(2026, 3, 7)),
        (date(2026, 3, 6), 2, date(2026, 3, 10)),
        (date(2026, 3, 8), 1, date(2026, 3, 10)),
        (date(2026, 3, 8), 0, date(2026, 3, 10)),
        (date(2026, 3, 10), -1, date(2026, 3, 7)),
        (date(2026, 3, 10), -3, date(2026, 3, 5)),
    ],
)
def test_adding_working_days_skips_days_off_and_counts_moved_ones(day: date, n: int, expected: date) -> None:
    assert CALENDAR.add_working_days(day, n) == expected


def test_working_days_between_is_the_inverse_of_adding_them() -> None:
    start = date(2026, 3, 4)
    for n in range(1, 11):
        assert CALENDAR.working_days_between(start, CALENDAR.add_working_days(start, n)) == n
    assert CALENDAR.working_days_between(date(2026, 3, 6), date(2026, 3, 10)) == 2
    assert CALENDAR.working_days_between(date(2026, 3, 10), date(2026, 3, 6)) == -2
