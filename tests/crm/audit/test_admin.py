"""The back office writes through the same services as the pages."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.commitments.models import Commitment
from crm.companies.models import Company
from leads.deals.models import Deal
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory
from tests.visibility.records import RECORDS

SignIn = Callable[[User], Client]
NO_INLINES = {"other_names-TOTAL_FORMS": "0", "other_names-INITIAL_FORMS": "0"}
NO_PERMITS = {"permits-TOTAL_FORMS": "0", "permits-INITIAL_FORMS": "0"}


def test_a_company_added_here_is_found_across_scripts_and_logged(official: User, signed_in: SignIn) -> None:
    form = {"name": "Бурса Бетон", "kind": "company", "country": "TR", **NO_INLINES}
    answer = signed_in(official).post(reverse("admin:companies_company_add"), form)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    company = Company.objects.get()
    assert "bursa" in company.search_text
    event = AuditEvent.objects.get(model="companies.company", action="created")
    assert (event.door, event.actor, event.record_id) == ("admin", official, str(company.pk))


def test_a_change_here_counts_the_version_up(official: User, signed_in: SignIn) -> None:
    company = CompanyFactory(name="Örnek Yapı", city="Bursa")
    form = {"name": "Örnek Yapı", "kind": "company", "country": "TR", "city": "Eskişehir", **NO_INLINES}
    signed_in(official).post(reverse("admin:companies_company_change", args=[company.pk]), form)
    company.refresh_from_db()
    assert (company.city, company.version) == ("Eskişehir", 2)


def test_a_deal_added_here_starts_as_a_lead_with_its_first_step(official: User, signed_in: SignIn) -> None:
    form = {"title": "Kitchen equipment", "kind": "supply", "region": official.region_id, **NO_PERMITS}
    answer = signed_in(official).post(reverse("admin:deals_deal_add"), form)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert Deal.objects.get().stage == "lead"
    assert Commitment.objects.get().about == Deal.objects.get()


def test_what_a_service_refuses_stands_beside_its_field_and_loses_nothing(official: User, signed_in: SignIn) -> None:
    taken = CompanyFactory(name="Ақ Бидай", bin="940240000001")
    form = {"name": "Дән", "kind": "company", "country": "KZ", "bin": taken.bin, "city": "Ақтөбе", **NO_INLINES}
    answer = signed_in(official).post(reverse("admin:companies_company_add"), form)
    assert answer.status_code == 200
    shown = answer.context["adminform"].form
    assert list(shown.errors) == ["bin"]
    assert "Ақ Бидай" in shown.errors["bin"][0]
    assert shown["city"].value() == "Ақтөбе"
    assert list(Company.objects.all()) == [taken]


def test_a_record_is_not_put_into_a_region_that_the_user_does_not_see(
    official: User, stranger: User, signed_in
) -> None:
    form = {"title": "Kitchen equipment", "kind": "supply", "region": stranger.region_id, **NO_PERMITS}
    answer = signed_in(official).post(reverse("admin:deals_deal_add"), form)
    assert answer.status_code == 200
    assert not Deal.objects.exists()


def test_an_administrator_makes_and_closes_an_account(administrator: User, signed_in: SignIn) -> None:
    client = signed_in(administrator)
    form = {
        "email": "New@example.kz",
        "full_name": "Жаңа Қызметкер",
        "region": administrator.region_id,
        "role": "official",
        "language": "kk",
        "digest_day": "0",
        "digest_hour": "8",
        "digest_wanted": "on",
        "is_active": "on",
    }
    answer = client.post(reverse("admin:accounts_user_add"), form)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    made = User.objects.get(email="new@example.kz")
    assert not made.has_usable_password()
    del form["is_active"]
    client.post(reverse("admin:accounts_user_change", args=[made.pk]), form)
    assert not User.objects.get(pk=made.pk).is_active


def test_search_in_the_back_office_folds_names(official: User, signed_in: SignIn) -> None:
    client = signed_in(official)
    form = {"name": "Bursa Beton", "kind": "company", "country": "TR", **NO_INLINES}
    client.post(reverse("admin:companies_company_add"), form)
    page = client.get(reverse("admin:companies_company_changelist"), {"q": "Бурса"}).content.decode()
    assert "Bursa Beton" in page


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label_lower)
def test_every_page_takes_twenty_queries_at_most(model, administrator: User, signed_in: SignIn) -> None:
    client, record = signed_in(administrator), RECORDS[model._meta.label_lower](administrator)
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    for address in (reverse(f"{base}_changelist"), reverse(f"{base}_change", args=[record.pk])):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= 20


def test_a_list_takes_the_same_queries_with_one_row_and_with_thirty(administrator: User, signed_in: SignIn) -> None:
    client, address = signed_in(administrator), reverse("admin:deals_deal_changelist")
    DealFactory()
    client.get(address)
    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    DealFactory.create_batch(29)
    with CaptureQueriesContext(connection) as with_thirty:
        client.get(address)
    assert len(with_thirty) == len(with_one)
