"""Whom a deal deals with, its region sees."""

import pytest

from crm.accounts.models import User
from crm.companies.queries import contacts_visible_to
from leads.deals import services
from tests.factories.companies import ContactFactory
from tests.factories.reference import RegionFactory


@pytest.mark.django_db
def test_the_deals_region_has_dealt_with_its_contact_from_then_on(official: User) -> None:
    elsewhere = RegionFactory(code="KZ-23")
    met, met_later = ContactFactory(), ContactFactory()
    met.regions.set([elsewhere])

    deal = services.create_deal(by=official, region=official.region, title="Plant", contact=met)
    services.update_deal(deal, by=official, contact=met_later)

    assert set(met.regions.all()) == {elsewhere, official.region}
    assert set(contacts_visible_to(official)) == {met, met_later}
