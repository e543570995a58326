"""Every noun can be read through the API, within what the caller may see, at a fixed number of queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.accounts.models import User
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import CompanyFactory, ContactFactory
from tests.factories.deals import DealFactory, DealValueFactory, MemorandumFactory
from tests.factories.delegations import (
    DelegationFactory,
    DelegationMemberFactory,
    DelegationStopFactory,
    PracticeFactory,
)
from tests.factories.documents import DocumentFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.notes import NoteFactory
from tests.factories.reference import RegionFactory
from tests.factories.visit_reports import SuggestionFactory, VisitReportFactory


def make_contact() -> Any:
    contact = ContactFactory()
    contact.regions.add(RegionFactory())
    return contact


def make_delegation() -> Any:
    delegation = DelegationFactory()
    DelegationStopFactory(delegation=delegation)
    DelegationMemberFactory(delegation=delegation)
    return delegation


NOUNS: dict[str, Callable[[], Any]] = {
    "contact": make_contact,
    "delegation": make_delegation,
    "practice": PracticeFactory,
    "meeting": MeetingFactory,
    "commitment": CommitmentFactory,
    "note": NoteFactory,
    "document": DocumentFactory,
    "deal": DealFactory,
    "memorandum": MemorandumFactory,
    "deal-value": DealValueFactory,
    "visit-report": VisitReportFactory,
    "suggestion": SuggestionFactory,
}
SignIn = Callable[[User], Client]


@pytest.mark.parametrize("noun", NOUNS)
def test_a_colleague_reads_the_record_and_other_regions_get_404(
    noun: str, colleague: User, national: User, stranger: User, partner: User, signed_in: SignIn
) -> None:
    record = NOUNS[noun]()
    detail, listing = reverse(f"api:{noun}-detail", args=[record.pk]), reverse(f"api:{noun}-list")
    for user in (colleague, national):
        assert signed_in(user).get(detail).json()["id"] == record.pk
        assert [row["id"] for row in signed_in(user).get(listing).json()["results"]] == [record.pk]
    for user in (stranger, partner):
        assert signed_in(user).get(detail).status_code == 404
        assert signed_in(user).get(listing).json()["count"] == 0


@pytest.mark.parametrize("noun", [*NOUNS, "company", "user", "region", "sector", "currency", "office"])
def test_an_anonymous_caller_is_asked_to_sign_in(noun: str, client: Client, db: None) -> None:
    answer = client.get(reverse(f"api:{noun}-list"))
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("noun", [*NOUNS, "company"])
def test_a_list_takes_the_same_queries_with_one_row_and_with_thirty(
    noun: str, official: User, signed_in: SignIn
) -> None:
    make = {**NOUNS, "company": CompanyFactory}[noun]
    client, address = signed_in(official), reverse(f"api:{noun}-list")
    make()
    client.get(address)  # content types are remembered from here on
    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    for _ in range(29):
        make()
    with CaptureQueriesContext(connection) as with_thirty:
        rows = client.get(address).json()["results"]
    assert len(rows) == 30
    assert len(with_thirty) == len(with_one) <= 12


def test_the_company_directory_is_shared_by_all_regions(stranger: User, signed_in: SignIn) -> None:
    company = CompanyFactory(name="Örnek Yapı A.Ş.")
    answer = signed_in(stranger).get(reverse("api:company-detail", args=[company.pk])).json()
    assert (answer["name"], answer["country"]) == ("Örnek Yapı A.Ş.", "TR")


def test_a_partner_reads_the_commitments_it_executes(partner: User, signed_in: SignIn) -> None:
    mine, shared, _other = CommitmentFactory(executor=partner), CommitmentFactory(), CommitmentFactory()
    shared.co_executors.add(partner)
    rows = signed_in(partner).get(reverse("api:commitment-list")).json()["results"]
    assert {row["id"] for row in rows} == {mine.pk, shared.pk}
    assert {row["about"] for row in rows} == {None}
    asked = signed_in(partner).get(reverse("api:commitment-list"), {"about_id": mine.about_id})
    assert asked.json()["count"] == 0


def test_archived_records_are_listed_only_when_asked_for(official: User, signed_in: SignIn) -> None:
    from crm.audit.services import archive_record

    kept, gone = DealFactory(), archive_record(DealFactory(), by=official, reason="entered twice")
    client, address = signed_in(official), reverse("api:deal-list")
    assert [row["id"] for row in client.get(address).json()["results"]] == [kept.pk]
    assert [row["id"] for row in client.get(address, {"archived": "true"}).json()["results"]] == [gone.pk]


def test_a_page_is_capped(official: User, signed_in: SignIn) -> None:
    DealFactory.create_batch(3)
    answer = signed_in(official).get(reverse("api:deal-list"), {"page_size": "2"}).json()
    assert (answer["count"], len(answer["results"])) == (3, 2)
    client = signed_in(official)
    assert client.get(reverse("api:sector-list"), {"page_size": "100000"}).json()["next"] is None


def test_filters_narrow_the_list_and_a_wrong_one_is_named(official: User, signed_in: SignIn) -> None:
    wanted = DealFactory(stage="negotiation")
    DealFactory(stage="lead")
    client, address = signed_in(official), reverse("api:deal-list")
    assert [row["id"] for row in client.get(address, {"stage": "negotiation"}).json()["results"]] == [wanted.pk]
    answer = client.get(address, {"stage": "dreaming"})
    assert answer.status_code == 400
    assert "stage" in answer.json()


def test_the_schema_names_every_address_and_the_documentation_page_works_offline(
    official: User, signed_in: SignIn
) -> None:
    client = signed_in(official)
    schema = client.get(reverse("api:schema"), {"format": "json"}).json()
    assert schema["openapi"].startswith("3.")
    assert f"{reverse('api:deal-list')}" in schema["paths"]
    page = client.get(reverse("api:documentation")).content.decode()
    assert "http://" not in page.replace("http://testserver", "")
    assert "https://" not in page
    assert client.get(reverse("api:schema")).wsgi_request.user != AnonymousUser()
