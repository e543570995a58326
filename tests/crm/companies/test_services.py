import pytest

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.companies import services
from crm.companies.errors import BinTaken
from crm.companies.models import Company
from crm.shared.errors import InvalidRecord, NotAllowed, VersionConflict
from leads.extraction.business_numbers import check_digit
from tests.factories.companies import CompanyFactory
from tests.factories.reference import RegionFactory, SectorFactory


def a_good_bin() -> str:
    """The first of a hundred numbers that has a check digit."""
    return next(
        f"{first}{check_digit(str(first))}"
        for first in range(15_074_000_000, 15_074_000_100)
        if check_digit(str(first)) is not None
    )


def test_a_company_comes_with_names_sectors_and_its_audit_event(official: User) -> None:
    sector = SectorFactory()
    company = services.create_company(
        by=official, name="  Бурса   Тас ", other_names=["Bursa Stone", "Бурса Тас"], sectors=[sector], city="Ақтөбе"
    )
    assert company.name == "Бурса Тас"
    assert [other.name for other in company.other_names.all()] == ["Bursa Stone"]
    assert list(company.sectors.all()) == [sector]
    assert company.search_text == "bursa tas bursa stone aktobe"
    event = AuditEvent.objects.get(model="companies.company")
    assert (event.actor, event.changes["city"]) == (official, [None, "Ақтөбе"])


def test_a_bin_is_checked_and_taken_once(official: User) -> None:
    with pytest.raises(InvalidRecord) as wrong:
        services.create_company(by=official, name="A", bin="123")
    assert "bin" in wrong.value.fields
    number = a_good_bin()
    first = services.create_company(by=official, name="A", bin=number)
    with pytest.raises(BinTaken, match="A has this BIN"):
        services.create_company(by=official, name="B", bin=number)
    services.update_company(first, by=official, bin=number, city="Ақтөбе")
    services.archive_company(first, by=official, reason="Entered twice")
    assert services.create_company(by=official, name="B", bin=number).bin == number


def test_a_replaced_name_stays_among_the_others_and_is_still_found(official: User) -> None:
    company = services.create_company(by=official, name="Old name")
    services.update_company(company, by=official, name="New name", expected_version=1)
    assert [other.name for other in company.other_names.all()] == ["Old name"]
    assert (company.search_text, company.folded_name) == ("nev name old name", "nev name")


def test_nothing_is_written_over_a_newer_version(official: User) -> None:
    company = CompanyFactory()
    services.update_company(company, by=official, city="Izmir")
    with pytest.raises(VersionConflict):
        services.update_company(company, by=official, city="Ankara", expected_version=1)
    assert Company.objects.get().city == "Izmir"


def test_the_region_of_who_enters_a_contact_deals_with_it(official: User) -> None:
    contact = services.create_contact(by=official, full_name="Deniz  Örnek", email="d@example.com")
    assert (contact.full_name, list(contact.regions.all())) == ("Deniz Örnek", [official.region])
    other = RegionFactory(code="KZ-23")
    services.record_dealing(contact, by=None, region=other)
    assert set(contact.regions.all()) == {official.region, other}


@pytest.mark.parametrize("role", ["viewer", "partner"])
def test_who_may_not_write_is_refused(role: str, official: User) -> None:
    official.role = role
    company = CompanyFactory()
    for write in (
        lambda: services.create_company(by=official, name="A"),
        lambda: services.update_company(company, by=official, city="B"),
        lambda: services.archive_company(company, by=official, reason="C"),
        lambda: services.add_other_name(company, by=official, name="D"),
        lambda: services.create_contact(by=official, full_name="E"),
    ):
        with pytest.raises(NotAllowed):
            write()
