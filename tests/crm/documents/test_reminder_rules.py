"""Letters that nobody answered."""

from datetime import date
from typing import Any

import pytest

from crm.accounts.models import User
from crm.documents.models import Document
from crm.reminders.models import RuleThreshold
from crm.reminders.queries import agendas_for
from tests.asking import asked_by, keys_asked_by
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory
from tests.factories.documents import DocumentFactory

SENT, DUE = date(2026, 2, 2), date(2026, 2, 20)


def letter(owner: User | None, **fields: Any) -> Document:
    return DocumentFactory(**{"owner": owner, "date": SENT, "reply_due": DUE, "title": "The plot"} | fields)


@pytest.mark.parametrize(("on", "asked"), [(DUE, False), (date(2026, 2, 21), True), (date(2027, 2, 21), True)])
def test_who_sent_a_letter_is_asked_from_the_day_after_its_reply_date_on(official: User, on: date, asked: bool) -> None:
    deal = DealFactory()
    found = letter(official, number="03-12/418", about=deal, addressee=CompanyFactory(name="Land office"))
    items = asked_by("letter_unanswered", official, on)
    assert [(item.about_id, item.title, item.context) for item in items] == [
        (found.pk, "№ 03-12/418: The plot", "Land office")
    ] * asked
    assert [(item.concerns, item.url) for item in items] == [
        (("deals.deal", deal.pk), f"/documents/{item.about_id}/") for item in items
    ]
    assert len(items) == asked


def test_managers_see_the_longest_waiting_first_with_the_days(official: User, manager: User) -> None:
    short = letter(official, date=date(2026, 2, 10), reply_due=date(2026, 2, 25))
    long = letter(official)
    items = asked_by("letter_unanswered", manager, date(2026, 3, 2))
    assert [item.about_id for item in items] == [long.pk, short.pk]
    assert [str(item.why) for item in items] == ["28 days without an answer", "20 days without an answer"]
    ranked = agendas_for([manager], on=date(2026, 3, 2))[manager.pk].items
    assert [item.about_id for item in ranked] == [long.pk, short.pk]


@pytest.mark.parametrize(
    "fields",
    [{"kind": "letter_in"}, {"reply_due": None}, {"archived_at": "2026-02-21T00:00Z"}, {"region__code": "KZ-23"}],
)
def test_what_awaits_no_reply_here_is_not_asked_about(manager: User, fields: dict[str, Any]) -> None:
    letter(None, **fields)
    assert keys_asked_by("letter_unanswered", manager, date(2026, 3, 2)) == []


def test_an_answered_letter_is_not_asked_about(official: User) -> None:
    letter(official, answered_by=DocumentFactory(kind="letter_in"))
    assert keys_asked_by("letter_unanswered", official, date(2026, 3, 2)) == []


def test_a_region_may_leave_the_body_some_days_more(official: User) -> None:
    found = letter(official)
    RuleThreshold.objects.create(region=official.region, threshold="letter_unanswered.days", days=5)
    assert keys_asked_by("letter_unanswered", official, date(2026, 2, 26)) == []
    assert keys_asked_by("letter_unanswered", official, date(2026, 2, 27)) == [found.pk]
