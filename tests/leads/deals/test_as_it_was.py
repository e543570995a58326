"""A deal as it was at the end of a day."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from leads.deals.models import Deal
from leads.deals.services import archive_value, create_deal, record_value, update_deal
from tests.factories.companies import CompanyFactory
from tests.factories.reference import CurrencyFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def on(day: int, hour: int = 6) -> time_machine.travel:
    return time_machine.travel(datetime.datetime(2026, 3, day, hour, tzinfo=datetime.UTC), tick=False)


@pytest.fixture
def deal(official: User) -> Deal:
    with on(2):
        made = create_deal(by=official, region=official.region, title="Feed mill")
    with on(4):
        dollars = {"amount": Decimal("5000000"), "currency": CurrencyFactory(), "evidence": "Press release"}
        value = record_value(made, by=official, kind="announced", date=datetime.date(2026, 3, 4), **dollars)
    with on(6):
        update_deal(made, by=official, title="Feed and flour mill", company=CompanyFactory(name="Ақ Бидай"))
        archive_value(value, by=official, reason="Misread")
    return made


def page(client: Client, deal: Deal, day: str) -> str:
    with on(9):
        return client.get(reverse("deals:as_it_was", args=[deal.pk]), {"on": day}).content.decode()


def test_shows_what_was_known_then_beside_what_is_known_now(deal: Deal, official: User, signed_in: SignIn) -> None:
    shown = page(signed_in(official), deal, "2026-03-05")
    row = shown[shown.index(">Feed mill<") :]
    assert row.index("Feed and flour mill") < row.index("changed") < row.index("</tr>")
    assert "Press release" in shown
    assert "Press release" not in page(signed_in(official), deal, "2026-03-07")
    assert "Press release" not in page(signed_in(official), deal, "2026-03-03")


def test_the_day_ends_in_the_readers_time_zone(deal: Deal, official: User, signed_in: SignIn) -> None:
    with on(10, hour=20):  # the 11th in Almaty, the 10th in Greenwich
        update_deal(deal, by=official, title="Mill")
    official.time_zone = "Asia/Almaty"
    official.save()
    with on(20):
        client = signed_in(official)
        asked = reverse("deals:as_it_was", args=[deal.pk])
        assert ">Feed and flour mill<" in client.get(asked, {"on": "2026-03-10"}).content.decode()
        assert ">Mill<" in client.get(asked, {"on": "2026-03-11"}).content.decode()


def test_before_it_was_entered_there_was_nothing(deal: Deal, official: User, signed_in: SignIn) -> None:
    assert "Not entered yet" in page(signed_in(official), deal, "2026-03-01")


def test_no_day_is_asked_for_and_a_wrong_one_told(deal: Deal, official: User, signed_in: SignIn) -> None:
    client, address = signed_in(official), reverse("deals:as_it_was", args=[deal.pk])
    assert client.get(address).status_code == 200
    assert client.get(address, {"on": "yesterday"}).status_code == 422


def test_strangers_see_no_past_either(deal: Deal, stranger: User, signed_in: SignIn) -> None:
    assert signed_in(stranger).get(reverse("deals:as_it_was", args=[deal.pk])).status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "²"])
def test_a_day_that_no_calendar_reaches_is_refused_in_words(
    signed_in: SignIn, official: User, deal: Deal, day: str
) -> None:
    answer = signed_in(official).get(reverse("deals:as_it_was", args=[deal.pk]), {"on": day})
    assert answer.status_code == 422
    assert 'class="error' in answer.text or "errorlist" in answer.text
