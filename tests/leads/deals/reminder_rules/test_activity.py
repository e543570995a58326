"""Deals on which nothing is done: no first contact, gone quiet, a start that passed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from crm.accounts.models import User
from crm.reminders.asking import MOST_FOR_MANAGERS, More
from crm.reminders.choices import Urgency
from crm.reminders.models import RuleThreshold
from crm.reminders.queries import items_for
from leads.deals.models import Deal
from tests.asking import asked_by, found_by, keys_asked_by
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory
from tests.factories.delegations import DelegationFactory
from tests.factories.documents import DocumentFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.notes import NoteFactory

MONDAY = date(2026, 3, 2)
LONG_AGO = datetime(2026, 1, 5, 6, tzinfo=UTC)
#: A Thursday; three working days later is the Tuesday.
RETURN = date(2026, 2, 19)


def new_deal(made: datetime = datetime(2026, 2, 19, 6, tzinfo=UTC), **fields: Any) -> Deal:
    deal = DealFactory(**fields)
    Deal.objects.filter(pk=deal.pk).update(created_at=made)
    deal.refresh_from_db()
    return deal


@pytest.mark.parametrize(("on", "asked"), [(date(2026, 2, 23), False), (date(2026, 2, 24), True), (MONDAY, True)])
def test_the_first_contact_is_asked_for_three_working_days_after_the_return(
    official: User, on: date, asked: bool
) -> None:
    deal = new_deal(LONG_AGO, owner=official, delegation=DelegationFactory(end_date=RETURN))
    assert keys_asked_by("first_contact", official, on) == [deal.pk] * asked


def test_what_was_made_after_the_return_counts_from_its_making(official: User) -> None:
    deal = new_deal(datetime(2026, 2, 26, 6, tzinfo=UTC), owner=official, delegation=DelegationFactory(end_date=RETURN))
    assert keys_asked_by("first_contact", official, MONDAY) == []
    [item] = asked_by("first_contact", official, date(2026, 3, 3))
    assert (item.about_id, item.due, str(item.why)) == (deal.pk, date(2026, 2, 26), "5 days without a contact")


@pytest.mark.parametrize(
    "contact",
    [
        lambda deal: NoteFactory(about=deal),
        lambda deal: DocumentFactory(about=deal),
        lambda deal: CommitmentFactory(about=deal, status="kept", closed_at=LONG_AGO),
        lambda deal: deal.meetings.add(MeetingFactory(outcome="continues", outcome_logged_at="2026-02-25T06:00Z")),
        lambda deal: Deal.objects.filter(pk=deal.pk).update(stage="qualified"),
        lambda deal: Deal.objects.filter(pk=deal.pk).update(health="dormant", dormant_reason="Winter"),
    ],
)
def test_a_contact_or_a_stage_further_ends_the_question(official: User, contact: Any) -> None:
    deal = new_deal(owner=official)
    assert keys_asked_by("first_contact", official, MONDAY) == [deal.pk]
    contact(deal)
    assert keys_asked_by("first_contact", official, MONDAY) == []


def test_a_meeting_of_the_visit_itself_is_no_contact_since(official: User) -> None:
    deal = new_deal(owner=official)
    deal.meetings.add(MeetingFactory(outcome="continues", outcome_logged_at="2026-02-18T06:00Z"))
    assert keys_asked_by("first_contact", official, MONDAY) == [deal.pk]


def test_the_owner_of_a_quiet_deal_is_asked_in_the_words_of_the_language(official: User) -> None:
    deal = new_deal(owner=official, last_activity_at=LONG_AGO)
    new_deal(owner=official, last_activity_at=datetime(2026, 2, 27, 6, tzinfo=UTC))
    [item] = asked_by("gone_quiet", official, MONDAY)
    assert (item.about, item.urgency, str(item.why)) == (
        ("deals.deal", deal.pk),
        Urgency.QUIET,
        "56 days without movement",
    )


def test_a_deal_with_a_step_to_do_is_not_asked_about_for_being_quiet(official: User) -> None:
    deal = DealFactory(owner=official, last_activity_at=LONG_AGO)
    commitment = CommitmentFactory(about=deal, executor=official, due_date=date(2026, 2, 27))
    assert [item.about for item in items_for([official], on=MONDAY)[official.pk]] == [
        ("commitments.commitment", commitment.pk)
    ]


def test_a_region_decides_after_how_many_days_its_leads_are_quiet(official: User, stranger: User) -> None:
    since = datetime(2026, 2, 24, 6, tzinfo=UTC)  # four working days before the Monday
    ours = new_deal(owner=official, last_activity_at=since)
    new_deal(owner=stranger, region=stranger.region, last_activity_at=since)
    RuleThreshold.objects.create(region=official.region.parent, threshold="gone_quiet.lead", days=5)
    assert keys_asked_by("gone_quiet", [official, stranger], MONDAY) == []
    RuleThreshold.objects.create(region=official.region, threshold="gone_quiet.lead", days=4)
    assert keys_asked_by("gone_quiet", [official, stranger], MONDAY) == [ours.pk]


@pytest.mark.parametrize(
    ("on", "asked"), [(date(2026, 3, 2), False), (date(2026, 3, 3), True), (date(2027, 3, 3), True)]
)
def test_owner_and_managers_are_asked_about_a_start_from_the_day_after_on(
    official: User, manager: User, on: date, asked: bool
) -> None:
    deal = DealFactory(owner=official, stage="agreement", expected_start=MONDAY)
    found = asked_by("start_passed", [official, manager], on)
    assert {item.owner_id: item.person for item in found} == (
        {official.pk: "", manager.pk: official.full_name} if asked else {}
    )
    assert {item.about_id for item in found} == ({deal.pk} if asked else set())
    assert [str(item.why) for item in found] == ["was to start on 2 March 2026"] * len(found)


@pytest.mark.parametrize(
    "fields",
    [
        {"started_on": MONDAY},
        {"stage": "implementation"},
        {"stage": "realised"},
        {"expected_start": None},
        {"health": "lost", "lost_reason": "Price"},
        {"archived_at": LONG_AGO},
    ],
)
def test_what_has_started_or_is_over_is_not_asked_for_its_start(official: User, fields: dict[str, Any]) -> None:
    DealFactory(**{"owner": official, "stage": "agreement", "expected_start": MONDAY} | fields)
    assert found_by("start_passed", official, date(2026, 4, 1)) == []


def test_managers_read_the_longest_overdue_of_many_and_the_number_of_the_rest(manager: User, stranger: User) -> None:
    number = MOST_FOR_MANAGERS + 3
    for place in range(number):
        DealFactory(owner=stranger, stage="agreement", expected_start=date(2026, 1, 1 + place % 28))
    found = found_by("start_passed", manager, MONDAY)
    items, [more] = found[:-1], found[-1:]
    assert [item.due for item in items] == sorted(item.due for item in items)
    assert len(items) == MOST_FOR_MANAGERS
    assert more == More(manager.pk, Urgency.OVERDUE, 3)
