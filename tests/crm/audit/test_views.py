"""All changes of a record, readable where the record is."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.accounts.models import User
from crm.audit.choices import Door
from crm.audit.context import entered_by
from crm.audit.services import update_record
from crm.companies.services import update_company
from leads.deals.services import create_deal, record_value, update_deal
from tests.factories.accounts import UserFactory
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def page_of(client: Client, label: str, pk: int, **asked: str) -> str:
    answer = client.get(reverse("audit:changes", args=[label, pk]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_old_and_new_values_stand_in_words(official: User, signed_in: SignIn) -> None:
    company = CompanyFactory(name="Ақ Бидай")
    deal = create_deal(by=official, region=official.region, title="Feed mill")
    with entered_by(Door.API, "10.1.2.3"):
        update_deal(deal, by=official, company=company, site="Zone 2", site_not_needed=True)
    page = page_of(signed_in(official), "deals.deal", deal.pk)
    for word in ("Feed mill", "Created", "Changed", "Ақ Бидай", "Zone 2", "yes", "API", official.full_name):
        assert word in page
    assert "company_id" not in page


def test_what_belongs_to_the_record_is_there_too(official: User, signed_in: SignIn) -> None:
    deal = DealFactory(owner=official)
    record_value(deal, by=official, kind="announced", date=datetime.date(2026, 3, 1), jobs=120, evidence="Press")
    page = page_of(signed_in(official), "deals.deal", deal.pk)
    assert "deal value" in page
    assert "120" in page


def test_from_where_it_was_done_is_told_to_managers_alone(official: User, manager: User, signed_in: SignIn) -> None:
    deal = DealFactory(title="Old")
    with entered_by(Door.PAGE, "10.1.2.3"):
        update_deal(deal, by=official, title="New")
    assert "10.1.2.3" in page_of(signed_in(manager), "deals.deal", deal.pk)
    assert "10.1.2.3" not in page_of(signed_in(official), "deals.deal", deal.pk)


def test_other_regions_people_are_not_named_on_what_all_share(
    official: User, stranger: User, national: User, signed_in: SignIn
) -> None:
    company = CompanyFactory(city="Bursa")
    update_company(company, by=stranger, city="Ankara")
    page = page_of(signed_in(official), "companies.company", company.pk)
    assert "Ankara" in page
    assert stranger.full_name not in page
    assert stranger.region.name in page
    assert stranger.full_name in page_of(signed_in(national), "companies.company", company.pk)


def test_a_link_to_what_one_may_not_see_is_a_number(national: User, official: User, signed_in: SignIn) -> None:
    from tests.factories.companies import ContactFactory

    contact = ContactFactory(full_name="Secret Person")
    contact.regions.add(UserFactory(region__code="KZ-23").region)
    deal = DealFactory()
    update_record(deal, by=national, changes={"contact": contact})
    page = page_of(signed_in(official), "deals.deal", deal.pk)
    assert f"№ {contact.pk}" in page
    assert "Secret Person" not in page


def test_it_is_narrowed_by_person_way_and_day(official: User, manager: User, signed_in: SignIn) -> None:
    deal = DealFactory(title="First")
    with time_machine.travel(datetime.datetime(2026, 2, 1, 6, tzinfo=datetime.UTC)):
        update_deal(deal, by=official, title="Second")
    with time_machine.travel(datetime.datetime(2026, 3, 1, 6, tzinfo=datetime.UTC)), entered_by(Door.API):
        update_deal(deal, by=manager, title="Third")
    client = signed_in(official)
    rows = '<th scope="row">'
    assert page_of(client, "deals.deal", deal.pk).count(rows) == 2
    for asked in (
        {"who": manager.full_name.lower()},
        {"door": "api"},
        {"since": "2026-02-20"},
    ):
        page = page_of(client, "deals.deal", deal.pk, **asked)
        assert page.count(rows) == 1
        assert "Third" in page
    assert page_of(client, "deals.deal", deal.pk, until="2026-01-01").count(rows) == 0


def test_strangers_and_partners_get_nothing(stranger: User, partner: User, signed_in: SignIn) -> None:
    deal = DealFactory()
    for user in (stranger, partner):
        assert signed_in(user).get(reverse("audit:changes", args=["deals.deal", deal.pk])).status_code == 404


def test_it_takes_the_same_queries_with_one_event_and_with_twenty(official: User, signed_in: SignIn) -> None:
    deal, client = DealFactory(), signed_in(official)
    companies = CompanyFactory.create_batch(20)
    update_deal(deal, by=official, company=companies[0])
    page_of(client, "deals.deal", deal.pk)
    with CaptureQueriesContext(connection) as with_one:
        page_of(client, "deals.deal", deal.pk)
    for company in companies[1:]:
        update_deal(deal, by=official, company=company)
    with CaptureQueriesContext(connection) as with_twenty:
        page_of(client, "deals.deal", deal.pk)
    assert len(with_twenty) == len(with_one) <= 14
