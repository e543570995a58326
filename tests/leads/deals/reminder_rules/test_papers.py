"""The age of a memorandum: 90, 180 and 365 days, and 30 before it expires."""

from datetime import date, timedelta
from typing import Any

import pytest

from crm.accounts.models import User
from crm.reminders.choices import Urgency
from crm.reminders.models import RuleThreshold
from leads.deals.models import Memorandum
from leads.deals.queries import next_question_about
from tests.asking import asked_by, keys_asked_by
from tests.factories.deals import MemorandumFactory

SIGNED = date(2026, 1, 1)


def day(number: int) -> date:
    return SIGNED + timedelta(days=number)


def signed(official: User, **fields: Any) -> Memorandum:
    fields = {"answerable": official, "signed_on": SIGNED, "deal__stage": "memorandum"} | fields
    return MemorandumFactory(**fields)


@pytest.mark.parametrize(("age", "asked"), [(89, False), (90, True), (200, True), (4000, True)])
def test_who_answers_for_it_and_the_managers_are_asked_from_ninety_days_on(
    official: User, manager: User, age: int, asked: bool
) -> None:
    memorandum = signed(official)
    found = asked_by("memorandum_age", [official, manager], day(age))
    assert {(item.owner_id, item.about_id, item.person) for item in found} == (
        {(official.pk, memorandum.pk, ""), (manager.pk, memorandum.pk, official.full_name)} if asked else set()
    )
    assert {item.concerns for item in found} == ({("deals.deal", memorandum.deal_id)} if asked else set())


@pytest.mark.parametrize(
    ("answered", "again"),
    [(90, 180), (100, 180), (179, 180), (180, 365), (200, 365), (365, 550), (400, 585)],
)
def test_an_answer_lasts_until_the_next_age(official: User, answered: int, again: int) -> None:
    memorandum = signed(official)
    assert next_question_about(memorandum, on=day(answered)) == day(again)
    memorandum.ask_again_on = day(again)
    memorandum.save()
    assert keys_asked_by("memorandum_age", official, day(again - 1)) == []
    assert keys_asked_by("memorandum_age", official, day(again)) == [memorandum.pk]


def test_before_it_expires_it_is_asked_about_whatever_its_age(official: User) -> None:
    signed(official, expires_on=day(60))
    assert asked_by("memorandum_age", official, day(29)) == []
    [near] = asked_by("memorandum_age", official, day(30))
    assert (near.urgency, str(near.why)) == (Urgency.WEEK, "memorandum expires on 2 March 2026")
    [over] = asked_by("memorandum_age", official, day(61))
    assert (over.urgency, str(over.why)) == (Urgency.OVERDUE, "memorandum expired on 2 March 2026")


def test_an_answer_before_the_notice_leads_to_the_notice_and_one_within_it_to_the_expiry(official: User) -> None:
    memorandum = signed(official, expires_on=day(160))
    assert next_question_about(memorandum, on=day(90)) == day(130)
    assert next_question_about(memorandum, on=day(130)) == day(161)


@pytest.mark.parametrize(
    "fields",
    [
        {"deal__stage": "agreement"},
        {"deal__health": "dormant", "deal__dormant_reason": "Winter"},
        {"deal__archived_at": "2026-01-02T00:00Z"},
        {"archived_at": "2026-01-02T00:00Z"},
    ],
)
def test_one_that_has_done_its_work_is_not_asked_about(official: User, fields: dict[str, Any]) -> None:
    signed(official, **fields)
    assert keys_asked_by("memorandum_age", official, day(200)) == []


def test_a_newer_memorandum_of_the_deal_replaces_the_older(official: User) -> None:
    older = signed(official)
    newer = signed(official, deal=older.deal, signed_on=day(50))
    assert keys_asked_by("memorandum_age", official, day(139)) == []
    assert keys_asked_by("memorandum_age", official, day(140)) == [newer.pk]


def test_a_region_decides_on_the_ages_and_the_notice(official: User) -> None:
    memorandum = signed(official, expires_on=day(400))
    for name, days in {"first": 30, "second": 45, "expiry": 100}.items():
        RuleThreshold.objects.create(region=official.region, threshold=f"memorandum_age.{name}", days=days)
    assert keys_asked_by("memorandum_age", official, day(30)) == [memorandum.pk]
    assert next_question_about(memorandum, on=day(30)) == day(45)
    assert next_question_about(memorandum, on=day(290)) == day(300)
