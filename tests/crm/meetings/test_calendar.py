"""Meetings by day: a month, a week, on a phone the days below each other."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from crm.meetings.calendar import CalendarDay, MeetingCalendar, day_asked, meeting_calendar
from crm.meetings.models import Meeting
from crm.reference.calendar import WorkingCalendar
from tests.factories.companies import CompanyFactory
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
LIST = reverse("meetings:meetings")
TODAY = datetime.date(2026, 3, 4)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime.datetime(2026, 3, 4, 6, tzinfo=datetime.UTC), tick=False):
        yield


def calendar(view: str = "month", on: datetime.date = TODAY) -> MeetingCalendar:
    working = WorkingCalendar(days_off=frozenset({datetime.date(2026, 3, 9)}))
    return meeting_calendar(Meeting.objects.all(), view=view, on=on, today=TODAY, working=working)


def days(found: MeetingCalendar) -> dict[datetime.date, CalendarDay]:
    return {one.day: one for week in found.weeks for one in week}


@pytest.mark.parametrize(
    ("view", "on", "first", "last", "before", "after"),
    [
        ("month", "2026-03-04", "2026-02-23", "2026-04-05", "2026-02-01", "2026-04-01"),
        ("month", "2026-02-28", "2026-01-26", "2026-03-01", "2026-01-01", "2026-03-01"),
        ("month", "2024-01-31", "2024-01-01", "2024-02-04", "2023-12-01", "2024-02-01"),
        ("month", "2021-02-10", "2021-02-01", "2021-02-28", "2021-01-01", "2021-03-01"),
        ("week", "2026-03-04", "2026-03-02", "2026-03-08", "2026-02-25", "2026-03-11"),
        ("week", "2026-03-01", "2026-02-23", "2026-03-01", "2026-02-22", "2026-03-08"),
    ],
)
def test_the_days_on_the_page(view: str, on: str, first: str, last: str, before: str, after: str) -> None:
    found = calendar(view, datetime.date.fromisoformat(on))
    shown = (found.first, found.last, found.previous, found.next)
    assert tuple(map(str, shown)) == (first, last, before, after)
    assert all(len(week) == 7 and week[0].day.weekday() == 0 for week in found.weeks)


def test_a_day_holds_its_meetings_by_hour_and_those_without_one_last() -> None:
    for subject, time in (("No hour", None), ("Noon", "12:00"), ("Morning", "09:30"), ("Evening", "18:00")):
        MeetingFactory(subject=subject, date=TODAY, time=time)
    MeetingFactory(date=datetime.date(2026, 5, 1))
    MeetingFactory(date=None)
    month, week = calendar(), calendar("week")
    assert [one.subject for one in days(month)[TODAY].shown] == ["Morning", "Noon", "Evening"]
    assert (days(month)[TODAY].rest, month.count) == (1, 4)
    assert [one.subject for one in days(week)[TODAY].shown] == ["Morning", "Noon", "Evening", "No hour"]
    assert days(week)[TODAY].rest == 0


def test_days_say_what_they_are() -> None:
    found = days(calendar())
    assert found[TODAY].is_today
    assert [found[datetime.date(2026, 3, day)].is_day_off for day in (6, 7, 8, 9, 10)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert not found[datetime.date(2026, 2, 28)].is_near


@pytest.mark.parametrize("text", ["", "yesterday", "2026-02-30", "0001-01-01", "9999-12-31", "2026-03-04T10:00"])
def test_what_is_no_day_is_today(text: str) -> None:
    assert day_asked(text, today=TODAY) == TODAY


def subjects(client: Client, query: str) -> list[str]:
    found = client.get(LIST + query).context["calendar"]
    return [meeting.subject for one in days(found).values() for meeting in one.meetings]


@pytest.mark.parametrize("who", ["official", "colleague", "manager", "viewer", "national"])
def test_the_region_and_national_staff_see_its_days(
    who: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    MeetingFactory(subject="Келіссөз", date=TODAY, time="10:30").companies.add(CompanyFactory(name="Bursa Yapı"))
    client = signed_in(request.getfixturevalue(who))
    for view in ("month", "week"):
        assert subjects(client, f"?view={view}") == ["Келіссөз"]
    page = client.get(LIST + "?view=week").content.decode()
    for words in ("10:30", "Bursa Yapı", "2–8 March 2026"):
        assert words in page


@pytest.mark.parametrize("who", ["stranger", "partner"])
def test_others_see_empty_days(who: str, request: pytest.FixtureRequest, signed_in: SignIn) -> None:
    MeetingFactory(date=TODAY)
    MeetingFactory(date=None)
    response = signed_in(request.getfixturevalue(who)).get(LIST + "?view=month")
    assert (response.context["calendar"].count, response.context["undated"]) == (0, 0)


def test_filters_narrow_the_days_and_stay_in_every_link(official: User, signed_in: SignIn) -> None:
    MeetingFactory(subject="Plot", date=TODAY, owner=official)
    MeetingFactory(subject="Tariff", date=TODAY)
    MeetingFactory(subject="Plot, some day", date=None, owner=official)
    client = signed_in(official)
    query = f"?view=month&q=plot&owner={official.pk}"
    assert subjects(client, query) == ["Plot"]
    html = client.get(LIST + query, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    for link in ("view=week", "on=2026-02-01", "on=2026-04-01"):
        assert any(
            link in one and "q=plot" in one and f"owner={official.pk}" in one for one in html.split('href="')[1:]
        ), link
    assert "1 meeting has no day yet" in html


def test_the_first_day_of_the_list_does_not_empty_the_calendar(official: User, signed_in: SignIn) -> None:
    MeetingFactory(subject="Plot", date=TODAY)
    client = signed_in(official)
    assert subjects(client, "?view=month&since=2026-03-20") == ["Plot"]
    assert "view=month" in client.get(LIST + "?since=2026-03-01").content.decode()


@pytest.mark.parametrize("view", ["month", "week"])
@pytest.mark.parametrize("rows", [1, 30])
def test_a_calendar_takes_the_same_few_queries(
    rows: int, view: str, official: User, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    for meeting in MeetingFactory.create_batch(rows, owner=official, date=TODAY):
        meeting.companies.add(CompanyFactory())
    client = signed_in(official)
    client.get(f"{LIST}?view={view}")
    with django_assert_max_num_queries(9):
        client.get(f"{LIST}?view={view}")
