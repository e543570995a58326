from datetime import UTC, date, datetime

import pytest
from django.contrib.contenttypes.models import ContentType

from crm.accounts.models import User
from crm.commitments.models import Commitment
from crm.reference.queries import calendar_of
from crm.reminders.models import Snooze
from crm.reminders.queries import due_slots, items_for, latest_slot
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory

AGES_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def aqtobe(text: str) -> datetime:
    """Return the moment of the local time ``text`` in Aqtobe (UTC+5)."""
    return datetime.fromisoformat(f"{text}+05:00")


def official_of(**fields: object) -> User:
    user = UserFactory(**fields)
    User.objects.filter(pk=user.pk).update(created_at=AGES_AGO)
    user.refresh_from_db()
    return user


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "hour", "now", "week", "at"),
    [
        (0, 8, "2026-03-02T08:00", "2026-W10", "2026-03-02T08:00"),
        (0, 8, "2026-03-02T07:59", "2026-W09", "2026-02-23T08:00"),
        (0, 8, "2026-03-06T12:00", "2026-W10", "2026-03-02T08:00"),
        (4, 17, "2026-03-09T09:00", "2026-W10", "2026-03-06T17:00"),
        # Monday 9 March is off: the mail of that week comes on Tuesday.
        (0, 8, "2026-03-09T08:00", "2026-W10", "2026-03-02T08:00"),
        (0, 8, "2026-03-10T08:00", "2026-W11", "2026-03-10T08:00"),
        # Monday to Wednesday 23 to 25 March are off.
        (0, 8, "2026-03-26T08:00", "2026-W13", "2026-03-26T08:00"),
        # Who chose a Sunday gets it on Sunday.
        (6, 9, "2026-03-15T09:00", "2026-W11", "2026-03-15T09:00"),
    ],
)
def test_the_latest_slot_is_the_chosen_day_and_hour_moved_past_holidays(
    day: int, hour: int, now: str, week: str, at: str
) -> None:
    user = official_of(digest_day=day, digest_hour=hour)
    slot = latest_slot(user, calendar_of(user.region), now=aqtobe(now))
    assert slot is not None
    assert (slot.week, slot.at) == (week, aqtobe(at))


@pytest.mark.django_db
def test_each_persons_own_time_zone_counts() -> None:
    here, far = official_of(), official_of(time_zone="Europe/Istanbul")
    at_eight_here = list(due_slots(now=aqtobe("2026-03-02T08:00")))
    assert {slot.user: slot.week for slot in at_eight_here} == {here: "2026-W10", far: "2026-W09"}
    two_hours_later = list(due_slots(now=aqtobe("2026-03-02T10:00")))
    assert {slot.week for slot in two_hours_later} == {"2026-W10"}


@pytest.mark.django_db
def test_nobody_gets_a_digest_who_does_not_want_it_cannot_get_it_or_has_just_come() -> None:
    official_of(digest_wanted=False)
    official_of(is_active=False)
    official_of(address_failed_at=AGES_AGO)
    newcomer = official_of()
    User.objects.filter(pk=newcomer.pk).update(created_at=aqtobe("2026-03-02T09:00"))
    assert list(due_slots(now=aqtobe("2026-03-02T12:00"))) == []


def test_a_snoozed_question_waits_until_its_day(official: User, colleague: User) -> None:
    commitment = CommitmentFactory(executor=official, due_date=date(2026, 3, 2))
    commitment.co_executors.add(colleague)
    kind = ContentType.objects.get_for_model(Commitment)
    Snooze.objects.create(
        user=official, rule="our_commitment", about_type=kind, about_id=commitment.pk, until=date(2026, 3, 5)
    )

    def asked(user: User, on: date) -> bool:
        return bool(items_for([user], on=on)[user.pk])

    assert not asked(official, date(2026, 3, 4))
    assert asked(official, date(2026, 3, 5))
    assert asked(colleague, date(2026, 3, 4))


def test_the_most_urgent_comes_first(official: User) -> None:
    days = [date(2026, 3, 4), date(2026, 3, 2), date(2026, 2, 20), date(2026, 2, 27)]
    for day in days:
        CommitmentFactory(executor=official, due_date=day)
    found = items_for([official], on=date(2026, 3, 2))[official.pk]
    assert [item.due for item in found] == [date(2026, 2, 20), date(2026, 2, 27), date(2026, 3, 2), date(2026, 3, 4)]


def test_what_falls_due_before_the_next_weekly_mail_is_in_this_one(official: User) -> None:
    """On Monday the Sunday after is more than three working days away, and next Monday would be too late."""
    CommitmentFactory(executor=official, due_date=date(2026, 3, 22))
    CommitmentFactory(executor=official, due_date=date(2026, 3, 23))
    found = items_for([official], on=date(2026, 3, 16))[official.pk]
    assert [item.due for item in found] == [date(2026, 3, 22)]
