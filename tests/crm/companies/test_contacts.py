"""The list and the pages of contact persons."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from crm.accounts.models import User
from crm.companies.models import Contact
from crm.shared.searching import folded_text
from tests.factories.companies import CompanyFactory, ContactFactory
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def known(user: User, name: str, **fields: Any) -> Contact:
    """Make a contact whom the user's region has dealt with."""
    contact = ContactFactory(full_name=name, search_text=folded_text([name, fields.get("position", "")]), **fields)
    contact.regions.add(user.region)
    return contact


def names_in(answer: Any) -> list[str]:
    return [contact.full_name for contact in answer.context["page"]]


@pytest.fixture
def people(official: User) -> list[Contact]:
    return [
        known(
            official, "Selim Örnek", company=CompanyFactory(name="Konya Beton", country="TR"), email="selim@example.com"
        ),
        known(official, "Anna Muster", company=CompanyFactory(name="Bau GmbH", country="DE"), position="Director"),
        ContactFactory(full_name="Somebody Else"),
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Anna Muster", "Selim Örnek"]),
        ("?sort=-name", ["Selim Örnek", "Anna Muster"]),
        ("?sort=country", ["Anna Muster", "Selim Örnek"]),
        ("?country=TR", ["Selim Örnek"]),
        ("?q=селим", ["Selim Örnek"]),
        ("?q=director", ["Anna Muster"]),
        ("?q=konya", ["Selim Örnek"]),
        ("?q=konya+director", []),
        ("?country=XX", ["Anna Muster", "Selim Örnek"]),
    ],
)
def test_the_list_is_searched_filtered_and_sorted(
    people: list[Contact], official: User, signed_in: SignIn, asked: str, found: list[str]
) -> None:
    assert names_in(signed_in(official).get(f"/companies/contacts/{asked}")) == found


def test_other_regions_and_archived_ones_stay_out(people: list[Contact], stranger: User, signed_in: SignIn) -> None:
    page = signed_in(stranger).get("/companies/contacts/")
    assert names_in(page) == []
    assert 'value="TR"' not in page.content.decode(), "not even the country of somebody unseen"
    assert signed_in(stranger).get(people[0].get_absolute_url()).status_code == 404


def test_a_page_shows_how_to_reach_somebody_and_the_meetings_one_may_see(
    people: list[Contact], official: User, colleague: User, viewer: User, signed_in: SignIn
) -> None:
    contact = people[0]
    MeetingFactory(region=official.region, subject="Talks in Konya").contacts.add(contact)
    MeetingFactory(region__code="KZ-23", subject="Talks of others").contacts.add(contact)
    for user in (official, colleague, viewer):
        page = signed_in(user).get(contact.get_absolute_url()).content.decode()
        assert "mailto:selim@example.com" in page
        assert "Talks in Konya" in page
        assert "Talks of others" not in page
    assert "/edit/" in signed_in(official).get(contact.get_absolute_url()).content.decode()
    assert "/edit/" not in signed_in(viewer).get(contact.get_absolute_url()).content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_the_same_few_queries(
    official: User, signed_in: SignIn, number: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(number):
        known(official, "Deniz Örnek")
    client = signed_in(official)
    client.get("/companies/contacts/")
    with django_assert_max_num_queries(8):
        client.get("/companies/contacts/")
