"""Figures that nobody confirmed lately, and deals that are called realised without proof."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from crm.accounts.models import User
from crm.reminders.models import RuleThreshold
from leads.deals.models import DealValue
from tests.asking import asked_by, keys_asked_by
from tests.factories.deals import DealFactory, DealValueFactory

#: 90 days of the calendar after it is Tuesday 31 March.
RECORDED = datetime(2025, 12, 31, 6, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 6, tzinfo=UTC)
#: A Monday; seven working days after it is Wednesday 18 February.
REALISED = datetime(2026, 2, 9, 6, tzinfo=UTC)


def figure(made: datetime = RECORDED, **fields: Any) -> DealValue:
    value = DealValueFactory(**fields)
    DealValue.objects.filter(pk=value.pk).update(created_at=made)
    return value


@pytest.mark.parametrize(
    ("on", "asked"), [(date(2026, 3, 30), False), (date(2026, 3, 31), True), (date(2027, 3, 31), True)]
)
def test_the_owner_is_asked_whether_a_figure_of_ninety_days_still_holds(official: User, on: date, asked: bool) -> None:
    value = figure(deal__owner=official)
    found = asked_by("unverified", official, on)
    assert [(item.about, item.concerns) for item in found] == [
        (("deals.dealvalue", value.pk), ("deals.deal", value.deal_id))
    ] * asked
    assert [str(item.context) for item in found] == ["Announced: $12.0m"] * asked


@pytest.mark.parametrize("fields", [{"confirmed_at": LATER}, {"checked_on": LATER.date()}])
def test_whoever_confirmed_it_or_said_that_it_is_right_has_answered_for_ninety_days(
    official: User, fields: dict[str, Any]
) -> None:
    value = figure(deal__owner=official)
    DealValue.objects.filter(pk=value.pk).update(**fields)
    assert keys_asked_by("unverified", official, date(2026, 5, 29)) == []
    assert keys_asked_by("unverified", official, date(2026, 5, 30)) == [value.pk]


def test_only_the_newest_figure_of_a_deal_is_asked_about(official: User) -> None:
    old = figure(deal__owner=official, date=date(2025, 11, 1))
    newer = figure(deal=old.deal, date=date(2025, 12, 1), amount=None, currency=None, jobs=120)
    [item] = asked_by("unverified", official, date(2026, 3, 31))
    assert (item.about_id, str(item.context)) == (newer.pk, "Announced: 120 jobs")
    figure(deal=old.deal, date=date(2026, 1, 1), made=LATER)
    assert keys_asked_by("unverified", official, date(2026, 3, 31)) == []


@pytest.mark.parametrize(
    "fields",
    [{"deal__stage": "realised"}, {"deal__health": "lost", "deal__lost_reason": "Price"}, {"archived_at": LATER}],
)
def test_what_is_over_is_not_asked_about(official: User, fields: dict[str, Any]) -> None:
    figure(deal__owner=official, **fields)
    assert keys_asked_by("unverified", official, date(2026, 3, 31)) == []


def test_a_region_may_ask_earlier(official: User) -> None:
    value = figure(deal__owner=official)
    RuleThreshold.objects.create(region=official.region, threshold="unverified.days", days=30)
    assert keys_asked_by("unverified", official, date(2026, 1, 30)) == [value.pk]


@pytest.mark.parametrize(
    ("on", "asked"), [(date(2026, 2, 17), False), (date(2026, 2, 18), True), (date(2027, 2, 18), True)]
)
def test_managers_are_asked_for_the_proof_of_what_passed_the_gate_without(
    official: User, manager: User, on: date, asked: bool
) -> None:
    deal = DealFactory(owner=official, stage="realised", stage_entered_at=REALISED)
    found = asked_by("realised_unproven", [official, manager], on)
    assert [(item.owner_id, item.about_id, item.person) for item in found] == [
        (manager.pk, deal.pk, official.full_name)
    ] * asked
    assert [str(item.why) for item in found] == ["realised, but no paper shows it"] * asked


def test_evidence_on_the_figure_ends_the_question(manager: User) -> None:
    deal = DealFactory(stage="realised", stage_entered_at=REALISED)
    DealValueFactory(deal=deal, kind="realised", evidence="Act no. 7", confirmed_at=REALISED)
    assert keys_asked_by("realised_unproven", manager, date(2026, 3, 2)) == []


def test_managers_are_asked_to_confirm_what_has_waited_seven_days(manager: User) -> None:
    value = figure(REALISED, kind="realised", evidence="Act no. 7", deal__stage="implementation")
    assert keys_asked_by("realised_unproven", manager, date(2026, 2, 17)) == []
    [item] = asked_by("realised_unproven", manager, date(2026, 2, 18))
    assert (item.about_id, str(item.why)) == (value.deal_id, "waits for a second person's confirmation")
