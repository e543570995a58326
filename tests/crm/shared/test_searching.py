"""The folded columns: whatever the services do, none is stale; `rebuild_search` repairs what others wrote."""

import datetime
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Q

from crm.accounts.models import User
from crm.companies import services as companies
from crm.companies.models import Company
from crm.delegations import services as delegations
from crm.meetings import services as meetings
from crm.shared.registries import search_keys
from crm.shared.searching import contains_words, resembles_words

pytestmark = pytest.mark.django_db


def stale_rows() -> list[str]:
    """Every row of the site whose folded columns are not what its app says they must be."""
    found = []
    for label in search_keys.keys():  # noqa: SIM118 - a registry, no mapping
        (keys_of,) = search_keys.contributions(label)
        for record in apps.get_model(label)._default_manager.all():
            stored = {name: getattr(record, name) for name in keys_of(record)}
            found += [f"{label} {record.pk}"] if stored != keys_of(record) else []
    return found


def write_everything(by: User) -> Company:
    company = companies.create_company(by=by, name="Бурса Тас", other_names=["Bursa Stone"], city="Bursa")
    contact = companies.create_contact(by=by, full_name="Deniz Örnek", company=company)
    visit = delegations.create_delegation(
        by=by,
        region=by.region,
        title="Бурса",
        stops=[{"country": "TR", "city": "Bursa"}],
        members=[{"full_name": "Басшы Сынақов"}],
    )
    meeting = meetings.create_meeting(by=by, region=by.region, subject="Келіссөз", topics=["Plot"])
    companies.update_company(company, by=by, name="Жаңа Тас", city="Izmir")
    companies.update_contact(contact, by=by, phone="+90 224 000 00 00")
    delegations.update_delegation(visit, by=by, stops=[{"country": "DE", "city": "Bremen"}], members=[])
    meetings.update_meeting(meeting, by=by, place="Астана", date=datetime.date(2026, 2, 18))
    meetings.log_outcome(meeting, by=by, outcome="continues", note="Олар қайта келеді")
    return company


def test_every_registered_column_is_there_and_fresh_after_the_services(official: User) -> None:
    write_everything(official)
    assert {"companies.company", "companies.companyname", "companies.contact"} <= set(search_keys.keys())
    assert {"delegations.delegation", "meetings.meeting"} <= set(search_keys.keys())
    assert stale_rows() == []


def test_the_command_repairs_what_went_past_the_services_and_counts_it(official: User) -> None:
    company = write_everything(official)
    Company.objects.filter(pk=company.pk).update(search_text="stale", folded_name="")
    assert stale_rows() == [f"companies.company {company.pk}"]
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert "companies.company: 1" in out.getvalue()
    assert "meetings.meeting: 0" in out.getvalue()
    assert stale_rows() == []
    company.refresh_from_db()
    assert company.version == 2


def test_every_word_must_be_there_whatever_the_script(official: User) -> None:
    company = write_everything(official)

    def found(text: str) -> bool:
        return Company.objects.filter(contains_words(text), pk=company.pk).exists()

    assert found("жана тас")
    assert found("TAS izmir")
    assert found("")
    assert not found("tas ankara")


@pytest.mark.django_db
def test_a_question_longer_than_anybody_types_is_answered() -> None:
    """SQLite takes no pattern of 50,000 letters and no condition of a thousand parts."""
    for text in ("x" * 100_000, "x y " * 20_000):
        assert not Company.objects.filter(contains_words(text)).exists()
        assert not Company.objects.filter(resembles_words(text) or Q()).exists()
