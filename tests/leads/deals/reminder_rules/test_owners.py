"""Deals that nobody follows, and investors to visit after the start."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from crm.accounts.models import User
from crm.commitments.models import Commitment
from leads.deals.models import Deal
from tests.asking import asked_by, keys_asked_by
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory

FRIDAY = datetime(2026, 2, 27, 6, tzinfo=UTC)
#: The next working day.
MONDAY = date(2026, 3, 2)


def touched(deal: Deal, at: datetime = FRIDAY) -> Deal:
    """Let the deal, and all that is owed about it, be last changed at that time."""
    Deal.objects.filter(pk=deal.pk).update(updated_at=at)
    Commitment.objects.filter(about_id=deal.pk).update(updated_at=at)
    return deal


@pytest.mark.parametrize(("on", "asked"), [(date(2026, 3, 1), False), (MONDAY, True), (date(2026, 9, 1), True)])
def test_managers_are_asked_who_follows_a_deal_without_an_owner(manager: User, on: date, asked: bool) -> None:
    deal = DealFactory(owner=None)
    CommitmentFactory(about=deal)
    touched(deal)
    found = asked_by("nobody_owns_it", manager, on)
    assert [(item.about_id, str(item.why)) for item in found] == [(deal.pk, "nobody answers for it")] * asked


def test_an_owner_who_has_left_is_nobody(manager: User) -> None:
    deal = touched(CommitmentFactory(about=DealFactory(owner=UserFactory(is_active=False))).about)
    [item] = asked_by("nobody_owns_it", manager, MONDAY)
    assert (item.about_id, item.person) == (deal.pk, "")


def test_managers_are_asked_for_the_next_step_of_a_deal_without_one(official: User, manager: User) -> None:
    deal = touched(DealFactory(owner=official))
    [item] = asked_by("nobody_owns_it", manager, MONDAY)
    assert (item.about_id, str(item.why), item.person) == (deal.pk, "no next step", official.full_name)
    assert keys_asked_by("nobody_owns_it", official, MONDAY) == []


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({}, False),
        ({"status": "blocked", "blocked_by": "Land office", "blocked_since": MONDAY}, False),
        ({"status": "kept", "closed_at": FRIDAY}, True),
        ({"side": "theirs"}, True),
    ],
)
def test_what_is_open_or_waits_for_a_body_is_a_step(manager: User, fields: dict[str, Any], asked: bool) -> None:
    deal = touched(CommitmentFactory(about=DealFactory(), **fields).about)
    assert keys_asked_by("nobody_owns_it", manager, MONDAY) == [deal.pk] * asked


def test_a_step_that_was_done_a_moment_ago_leaves_a_day_for_the_next(manager: User) -> None:
    deal = touched(CommitmentFactory(about=DealFactory(), status="kept", closed_at=FRIDAY).about)
    Commitment.objects.update(updated_at=datetime(2026, 3, 2, 4, tzinfo=UTC))
    assert keys_asked_by("nobody_owns_it", manager, MONDAY) == []
    assert keys_asked_by("nobody_owns_it", manager, date(2026, 3, 3)) == [deal.pk]


@pytest.mark.parametrize(
    "fields",
    [{"stage": "realised"}, {"health": "lost", "lost_reason": "Price"}, {"archived_at": FRIDAY}],
)
def test_nobody_has_to_follow_what_is_over(manager: User, fields: dict[str, Any]) -> None:
    touched(DealFactory(owner=None, **fields))
    assert keys_asked_by("nobody_owns_it", manager, MONDAY) == []


def test_a_deal_of_another_region_is_not_this_managers(manager: User) -> None:
    touched(DealFactory(owner=None, region__code="KZ-23"))
    assert keys_asked_by("nobody_owns_it", manager, MONDAY) == []


@pytest.mark.parametrize(
    ("on", "asked"), [(date(2026, 8, 25), False), (date(2026, 8, 26), True), (date(2027, 8, 26), True)]
)
def test_the_owner_visits_the_investor_180_days_after_the_start(official: User, on: date, asked: bool) -> None:
    deal = DealFactory(owner=official, stage="realised", stage_entered_at=FRIDAY)
    assert keys_asked_by("aftercare", official, on) == [deal.pk] * asked


def test_and_180_days_after_each_visit(official: User) -> None:
    deal = DealFactory(owner=official, stage="realised", stage_entered_at=FRIDAY, aftercare_on=date(2026, 9, 1))
    assert keys_asked_by("aftercare", official, date(2027, 2, 27)) == []
    [item] = asked_by("aftercare", official, date(2027, 2, 28))
    assert (item.about_id, str(item.why)) == (deal.pk, "180 days without a visit")
