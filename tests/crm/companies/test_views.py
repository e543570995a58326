from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from crm.companies import services
from crm.companies.models import Company, Contact
from tests.factories.companies import CompanyFactory, ContactFactory
from tests.factories.delegations import DelegationFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.reference import SectorFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
LIST = reverse("companies:companies")
FORM = {"name": "Тас Құрылыс ЖШС", "kind": "company", "country": "KZ", "city": "Ақтөбе"}


def names_on(client: Client, query: str = "") -> list[str]:
    return [company.name for company in client.get(LIST + query).context["page"]]


@pytest.mark.parametrize("who", ["official", "colleague", "stranger", "viewer", "national"])
def test_everybody_of_the_regions_reads_the_directory(
    who: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    company = CompanyFactory(name="Örnek Yapı A.Ş.")
    client = signed_in(request.getfixturevalue(who))
    assert names_on(client) == ["Örnek Yapı A.Ş."]
    assert "Örnek Yapı A.Ş." in client.get(company.get_absolute_url()).content.decode()


def test_a_partner_has_no_part_in_the_directory(partner: User, signed_in: SignIn) -> None:
    company = CompanyFactory(name="Örnek Yapı A.Ş.", country="TR")
    client = signed_in(partner)
    assert names_on(client) == []
    assert "Türkiye" not in client.get(LIST).content.decode()
    assert client.get(company.get_absolute_url()).status_code == 404
    assert client.get(reverse("companies:pick"), {"find": "Örnek"}).status_code == 403
    assert client.get(reverse("api:company-list")).json()["count"] == 0


def test_a_visitor_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get(LIST).status_code == 302


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_the_same_few_queries_for_any_number_of_rows(
    rows: int, official: User, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    sector = SectorFactory()
    for company in CompanyFactory.create_batch(rows):
        company.sectors.add(sector)
    client = signed_in(official)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(LIST)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_a_company_takes_twelve_queries_at_most(
    rows: int, official: User, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    company = CompanyFactory()
    for number in range(rows):
        ContactFactory(company=company).regions.add(official.region)
        services.add_other_name(company, by=official, name=f"Other {number}")
        MeetingFactory(owner=official).companies.add(company)
    client = signed_in(official)
    client.get(company.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(company.get_absolute_url())


def test_the_search_finds_every_word_in_any_script(official: User, signed_in: SignIn) -> None:
    services.create_company(by=official, name="Бурса Тас", city="Bursa")
    services.create_company(by=official, name="Бурса Ағаш")
    client = signed_in(official)
    assert names_on(client, "?q=bursa+TAS") == ["Бурса Тас"]
    assert names_on(client, "?q=Bursa") == ["Бурса Ағаш", "Бурса Тас"]


def test_filters_and_headings_narrow_and_sort(official: User, signed_in: SignIn) -> None:
    zone = CompanyFactory(name="A zone", kind="industrial_zone", country="TR")
    firm = CompanyFactory(name="B firm", country="CN")
    firm.sectors.add(SectorFactory(code="logistics"))
    client = signed_in(official)
    assert names_on(client, "?country=CN") == ["B firm"]
    assert names_on(client, "?kind=industrial_zone") == [zone.name]
    assert names_on(client, "?sector=logistics") == ["B firm"]
    assert names_on(client, "?sort=-name") == ["B firm", "A zone"]
    page = client.get(LIST + "?sort=-name").content.decode()
    assert 'aria-sort="descending"><a href="?sort=name"' in page


def test_htmx_gets_the_list_alone(official: User, signed_in: SignIn) -> None:
    CompanyFactory()
    response = signed_in(official).get(LIST, headers={"HX-Request": "true"})
    assert response.content.decode().strip().startswith('<section class="panel" id="list"')
    assert "HX-Request" in response["Vary"]


def test_an_archived_company_leaves_the_list_and_keeps_its_page(official: User, signed_in: SignIn) -> None:
    company = CompanyFactory()
    client = signed_in(official)
    client.post(reverse("companies:archive", args=[company.pk]), {"reason": "Entered twice"})
    assert names_on(client) == []
    assert "Entered twice" in client.get(company.get_absolute_url()).content.decode()


def test_personal_data_shows_only_where_the_region_dealt_with_the_person(
    official: User, stranger: User, national: User, signed_in: SignIn
) -> None:
    contact = services.create_contact(
        by=official, full_name="Deniz Örnek", email="deniz@example.com", company=CompanyFactory()
    )
    seen = {
        user: signed_in(user).get(contact.company.get_absolute_url()).content.decode()
        for user in (official, stranger, national)
    }
    assert {user for user, page in seen.items() if "Deniz Örnek" in page or "deniz@" in page} == {official, national}
    assert signed_in(stranger).get(reverse("companies:edit_contact", args=[contact.pk])).status_code == 404


def test_an_official_enters_a_company_and_is_shown_the_like_first(official: User, signed_in: SignIn) -> None:
    client = signed_in(official)
    services.create_company(by=official, name="Tas Qurylys", country="KZ")
    response = client.post(reverse("companies:create"), FORM)
    assert [found.company.name for found in response.context["similar"]] == ["Tas Qurylys"]
    assert Company.objects.count() == 1
    response = client.post(reverse("companies:create"), FORM | {"anyway": "1"})
    assert response.url == Company.objects.get(name="Тас Құрылыс ЖШС").get_absolute_url()


def test_a_wrong_bin_is_told_beside_its_field(official: User, signed_in: SignIn) -> None:
    response = signed_in(official).post(reverse("companies:create"), FORM | {"bin": "123456789012"})
    assert response.status_code == 422
    assert response.context["form"].errors["bin"] == ["The check digit of this BIN is wrong: look at the number again."]


def test_editing_over_a_newer_version_is_a_conflict(official: User, signed_in: SignIn) -> None:
    company = CompanyFactory(city="Bursa")
    services.update_company(company, by=official, city="Izmir")
    response = signed_in(official).post(
        reverse("companies:edit", args=[company.pk]), FORM | {"version": "1", "city": "Ankara"}
    )
    assert response.status_code == 409
    assert Company.objects.get().city == "Izmir"
    signed_in(official).post(reverse("companies:edit", args=[company.pk]), FORM | {"version": "2", "city": "Ankara"})
    assert Company.objects.get().city == "Ankara"


def test_names_and_contacts_are_added_from_the_page(official: User, signed_in: SignIn) -> None:
    company = CompanyFactory()
    client = signed_in(official)
    client.post(reverse("companies:add_name", args=[company.pk]), {"name": "Өрнек"})
    client.post(reverse("companies:add_contact", args=[company.pk]), {"full_name": "Deniz Örnek"})
    page = client.get(company.get_absolute_url()).content.decode()
    assert "Өрнек" in page
    assert "Deniz Örnek" in page
    assert list(Contact.objects.get().regions.all()) == [official.region]


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("partner", 404)])
@pytest.mark.parametrize("name", ["edit", "archive", "add_name", "add_contact"])
def test_who_may_not_write_writes_nothing(
    who: str, status: int, name: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    company = CompanyFactory()
    client = signed_in(request.getfixturevalue(who))
    assert client.post(reverse(f"companies:{name}", args=[company.pk]), FORM).status_code == status
    assert client.post(reverse("companies:create"), FORM).status_code == 403


def test_similar_companies_show_on_their_own_part(official: User, signed_in: SignIn) -> None:
    company = CompanyFactory(name="Marmara Hat Lojistik A.Ş.")
    CompanyFactory(name="Мармара Хат Ложистик")
    page = signed_in(official).get(reverse("companies:similar", args=[company.pk])).content.decode()
    assert "Мармара Хат Ложистик" in page


def test_the_picker_keeps_the_chosen_and_adds_the_found(official: User, signed_in: SignIn) -> None:
    chosen, found = CompanyFactory(name="Chosen"), CompanyFactory(name="Бурса Тас")
    page = signed_in(official).get(reverse("companies:pick"), {"companies": chosen.pk, "find": "bursa"})
    assert (page.context["picked"], page.context["found"]) == ([chosen], [found])


def test_meetings_of_the_region_alone_show_on_the_page(official: User, stranger: User, signed_in: SignIn) -> None:
    company = CompanyFactory()
    MeetingFactory(subject="Our talks", region=official.region).companies.add(company)
    DelegationFactory(title="Our visit", region=official.region).companies.add(company)
    assert "Our talks" in signed_in(official).get(company.get_absolute_url()).content.decode()
    timeline = reverse("notes:timeline", args=["companies.company", company.pk])
    assert "Our visit" in signed_in(official).get(timeline).content.decode()
    assert "Our talks" not in signed_in(stranger).get(company.get_absolute_url()).content.decode()
    assert "Our visit" not in signed_in(stranger).get(timeline).content.decode()
