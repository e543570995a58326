"""The private calendar feed, read as a calendar program reads it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from crm.accounts.models import User
from crm.accounts.services import deactivate_user
from crm.audit.models import AuditEvent
from crm.commitments.services import keep_commitment, postpone_commitment
from crm.reminders.calendars import feed_url
from crm.reminders.models import CalendarFeed
from crm.reminders.services import renew_feed, stop_feed
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory
from tests.factories.meetings import MeetingFactory

MORNING = datetime.fromisoformat("2026-03-02T10:00+05:00")
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def url(official: User) -> str:
    return urlsplit(feed_url(renew_feed(official))).path


def events(url: str) -> list[Any]:
    response = Client().get(url)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_a_calendar_program_reads_each_due_date_as_a_whole_day(official: User, url: str) -> None:
    deal = DealFactory(title="Шыны зауыты; 1-кезең, Ақтөбе")
    late = CommitmentFactory(executor=official, due_date=date(2026, 2, 20), text="Send the memorandum")
    coming = CommitmentFactory(about=deal, executor=official, due_date=date(2026, 11, 20), text="Жер, газ; су\\жарық")
    found = {str(event["SUMMARY"]): event for event in events(url)}
    assert {name: event["DTSTART"].dt for name, event in found.items()} == {
        late.text: date(2026, 2, 20),
        coming.text: date(2026, 11, 20),
    }
    event = found[coming.text]
    assert event["DTEND"].dt == date(2026, 11, 21)
    assert event["TRANSP"] == "TRANSPARENT"
    assert deal.title in event["DESCRIPTION"]
    assert event["URL"] == f"http://127.0.0.1:8000{deal.get_absolute_url()}"
    assert event["DTSTAMP"].dt == datetime(2026, 3, 2, 5, tzinfo=UTC)


def test_lines_are_folded_and_end_as_the_standard_wants(official: User, url: str) -> None:
    CommitmentFactory(executor=official, due_date=date(2026, 3, 6), text="Ұзақ мәтін " * 30)
    body = Client().get(url).content
    lines = body.split(b"\r\n")
    assert body.endswith(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


def test_a_date_that_moves_stays_the_same_event_and_what_is_done_goes(official: User, url: str) -> None:
    commitment = CommitmentFactory(executor=official, due_date=date(2026, 3, 6))
    [before] = events(url)
    postpone_commitment(commitment, by=official, due_date=date(2026, 3, 20))
    [after] = events(url)
    assert (after["UID"], after["DTSTART"].dt) == (before["UID"], date(2026, 3, 20))
    keep_commitment(commitment, by=official)
    assert events(url) == []


def test_only_what_has_a_day_and_is_the_persons_own_is_in_it(official: User, colleague: User, url: str) -> None:
    CommitmentFactory(executor=colleague, due_date=date(2026, 3, 6))
    DealFactory(owner=official, last_activity_at=datetime(2026, 1, 5, tzinfo=UTC))
    meeting = MeetingFactory(owner=official, date=date(2026, 2, 27), subject="Talks at the zone")
    assert [str(event["SUMMARY"]) for event in events(url)] == [meeting.subject]


def test_a_new_address_ends_the_former_one_and_off_ends_both(official: User, url: str) -> None:
    newer = urlsplit(feed_url(renew_feed(official))).path
    assert newer != url
    assert (Client().get(url).status_code, Client().get(newer).status_code) == (404, 200)
    stop_feed(official)
    assert Client().get(newer).status_code == 404
    again = urlsplit(feed_url(renew_feed(official))).path
    assert again not in (url, newer)
    assert Client().get(again).status_code == 200
    assert AuditEvent.objects.filter(model="reminders.calendarfeed", actor=official).count() == 4


def test_a_guessed_address_opens_nothing(official: User, colleague: User, url: str) -> None:
    renew_feed(colleague)
    token = url.split("/")[-1].removesuffix(".ics")
    signature = token.split(".")[1]
    for wrong in (f"{colleague.pk}-1.{signature}", f"{official.pk}-2.{signature}", token[:-1], "x", f"x.{signature}"):
        assert Client().get(f"/reminders/calendar/{wrong}.ics").status_code == 404
    assert Client().post(url).status_code == 405


def test_who_has_left_has_no_feed(official: User, administrator: User, url: str) -> None:
    deactivate_user(official, by=administrator)
    assert Client().get(url).status_code == 404


def test_a_new_secret_keeps_the_address_while_the_old_one_is_kept(url: str, settings: Any) -> None:
    former, settings.SECRET_KEY = settings.SECRET_KEY, "a-new-secret-that-nobody-can-guess-0123456789"
    assert Client().get(url).status_code == 404
    settings.SECRET_KEY_FALLBACKS = [former]
    assert Client().get(url).status_code == 200


def test_the_settings_make_show_change_and_end_the_address(official: User, colleague: User, signed_in: SignIn) -> None:
    client = signed_in(official)
    assert "Make the address" in client.get("/settings/").content.decode()
    client.post("/reminders/calendar/new/")
    address = feed_url(CalendarFeed.objects.get(user=official))
    html = client.get("/settings/").content.decode()
    assert f'value="{address}"' in html
    assert "Not read yet." in html
    assert address not in signed_in(colleague).get("/settings/").content.decode()
    Client().get(urlsplit(address).path)
    assert "Last read on" in client.get("/settings/").content.decode()
    client.post("/reminders/calendar/off/")
    assert address not in client.get("/settings/").content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_a_feed_takes_the_same_few_queries(
    official: User, url: str, number: int, django_assert_max_num_queries: Any
) -> None:
    CommitmentFactory.create_batch(number, executor=official, due_date=date(2026, 3, 6))
    with django_assert_max_num_queries(40):
        assert len(events(url)) == number
