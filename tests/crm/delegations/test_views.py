from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.accounts.models import User
from crm.delegations import services
from crm.delegations.models import Debrief, Delegation, Practice
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory, DealValueFactory
from tests.factories.delegations import (
    DelegationFactory,
    DelegationMemberFactory,
    DelegationStopFactory,
    PracticeFactory,
)
from tests.factories.meetings import MeetingFactory
from tests.factories.reference import SectorFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
LIST = reverse("delegations:delegations")
PRACTICES = reverse("delegations:practices")


def form_data(user: User, **more: str) -> dict[str, str]:
    """What a browser sends for a new visit with one stop and a head."""
    rows = {
        "stops-TOTAL_FORMS": "2",
        "stops-INITIAL_FORMS": "0",
        "stops-0-country": "TR",
        "stops-0-city": "Bursa",
        "members-TOTAL_FORMS": "2",
        "members-INITIAL_FORMS": "0",
        "members-0-full_name": "Басшы Сынақов",
        "members-0-side": "ours",
        "members-0-is_head": "on",
        "members-1-side": "ours",
    }
    facts = {"region": str(user.region_id), "title": "Bursa", "direction": "outbound", "status": "returned"}
    return facts | rows | more


@pytest.mark.parametrize("who", ["official", "colleague", "manager", "viewer", "national", "administrator"])
def test_the_region_and_national_staff_see_a_visit(who: str, request: pytest.FixtureRequest, signed_in: SignIn) -> None:
    visit = DelegationFactory(title="Бурса сапары")
    client = signed_in(request.getfixturevalue(who))
    assert [row.title for row in client.get(LIST).context["page"]] == ["Бурса сапары"]
    assert "Бурса сапары" in client.get(visit.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["stranger", "partner"])
def test_others_find_nothing(who: str, request: pytest.FixtureRequest, signed_in: SignIn) -> None:
    visit, practice = DelegationFactory(), PracticeFactory()
    client = signed_in(request.getfixturevalue(who))
    assert list(client.get(LIST).context["page"]) == []
    assert practice.summary not in client.get(PRACTICES).content.decode()
    assert client.get(visit.get_absolute_url()).status_code == 404
    for name in ("edit", "set_status", "archive"):
        assert client.post(reverse(f"delegations:{name}", args=[visit.pk])).status_code == 404
    assert client.get(reverse("delegations:told", args=[visit.pk])).status_code == 404
    for name in ("move_practice", "practice_edit"):
        assert client.post(reverse(f"delegations:{name}", args=[practice.pk])).status_code == 404


def test_a_viewer_may_look_and_not_write(viewer: User, signed_in: SignIn) -> None:
    visit, practice = DelegationFactory(), PracticeFactory()
    client = signed_in(viewer)
    for name in ("edit", "set_status", "archive"):
        address = reverse(f"delegations:{name}", args=[visit.pk])
        assert client.post(address, {"status": "closed"}).status_code == 403
    move = reverse("delegations:move_practice", args=[practice.pk])
    assert client.post(move, {"status": "adopted"}).status_code == 403
    assert client.get(reverse("delegations:create")).status_code == 403
    assert "Edit" not in client.get(visit.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_the_same_few_queries(
    rows: int, official: User, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    for visit in DelegationFactory.create_batch(rows):
        DelegationStopFactory(delegation=visit)
        DelegationMemberFactory(delegation=visit, is_head=True)
        visit.companies.add(CompanyFactory())
    client = signed_in(official)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(LIST)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_a_visit_takes_twelve_queries_at_most(
    rows: int, official: User, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    visit = DelegationFactory()
    visit.sectors.add(SectorFactory())
    for _number in range(rows):
        DelegationStopFactory(delegation=visit)
        DelegationMemberFactory(delegation=visit)
        visit.companies.add(CompanyFactory())
        PracticeFactory(delegation=visit, owner=official)
        MeetingFactory(delegation=visit, owner=official)
        deal = DealFactory(delegation=visit, owner=official)
        DealValueFactory(deal=deal, amount_reporting=5)
        CommitmentFactory(about=deal)
        CommitmentFactory(about=visit)
    client = signed_in(official)
    client.get(visit.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(visit.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 30])
def test_the_practices_take_the_same_few_queries(
    rows: int, official: User, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    for _number in range(rows):
        PracticeFactory(owner=official, delegation=DelegationFactory(), company=CompanyFactory())
    client = signed_in(official)
    client.get(PRACTICES)
    with django_assert_max_num_queries(12):
        client.get(PRACTICES)


def test_a_visit_is_entered_with_its_stops_and_members(official: User, signed_in: SignIn) -> None:
    met = CompanyFactory()
    response = signed_in(official).post(reverse("delegations:create"), form_data(official, companies=str(met.pk)))
    visit = Delegation.objects.get()
    assert response.url == visit.get_absolute_url()
    assert [str(stop.city) for stop in visit.stops.all()] == ["Bursa"]
    assert [(member.full_name, member.is_head) for member in visit.members.all()] == [("Басшы Сынақов", True)]
    assert list(visit.companies.all()) == [met]


def test_a_row_is_changed_another_removed_a_third_added(official: User, signed_in: SignIn) -> None:
    visit = services.create_delegation(
        by=official,
        region=official.region,
        title="Bursa",
        stops=[{"country": "TR", "city": "Bursa"}, {"country": "TR", "city": "Izmir"}],
    )
    bursa, izmir = visit.stops.all()
    rows = {
        "version": "1",
        "stops-TOTAL_FORMS": "4",
        "stops-INITIAL_FORMS": "2",
        "stops-0-id": str(bursa.pk),
        "stops-0-country": "TR",
        "stops-0-city": "Gemlik",
        "stops-1-id": str(izmir.pk),
        "stops-1-country": "TR",
        "stops-1-city": "Izmir",
        "stops-1-DELETE": "on",
        "stops-2-country": "TR",
        "stops-2-city": "Eskişehir",
        "stops-3-country": "",
    }
    response = signed_in(official).post(reverse("delegations:edit", args=[visit.pk]), form_data(official) | rows)
    assert response.status_code == 302
    assert next(iter(visit.stops.values_list("pk", "city"))) == (bursa.pk, "Gemlik")
    assert list(visit.stops.values_list("city", flat=True)) == ["Gemlik", "Eskişehir"]
    visit.refresh_from_db()
    assert visit.version == 2


def test_two_heads_are_refused_in_words(official: User, signed_in: SignIn) -> None:
    second = {"members-1-full_name": "Екінші Сынақов", "members-1-is_head": "on"}
    response = signed_in(official).post(reverse("delegations:create"), form_data(official, **second))
    assert response.status_code == 422
    assert "A delegation has one head." in response.content.decode()
    assert not Delegation.objects.exists()


def test_looking_for_an_organisation_saves_nothing(official: User, signed_in: SignIn) -> None:
    CompanyFactory(name="Бурса Тас")
    data = form_data(official, find="bursa", look="1")
    response = signed_in(official).post(reverse("delegations:create"), data)
    assert response.status_code == 200
    assert "Бурса Тас" in response.content.decode()
    assert not Delegation.objects.exists()


def test_an_official_cannot_enter_a_visit_of_another_region(official: User, stranger: User, signed_in: SignIn) -> None:
    response = signed_in(official).post(
        reverse("delegations:create"), form_data(official, region=str(stranger.region_id))
    )
    assert response.status_code == 422
    assert not Delegation.objects.exists()


def test_the_status_is_set_with_one_press(official: User, signed_in: SignIn) -> None:
    visit = DelegationFactory(status="returned")
    signed_in(official).post(reverse("delegations:set_status", args=[visit.pk]), {"status": "closed"})
    assert Delegation.objects.get().status == "closed"
    refused = signed_in(official).post(reverse("delegations:set_status", args=[visit.pk]), {"status": "lost"})
    assert refused.status_code == 400


def test_search_and_filters_of_the_visits(official: User, signed_in: SignIn) -> None:
    services.create_delegation(
        by=official, region=official.region, title="Сапар", stops=[{"country": "TR", "city": "Bursa"}]
    )
    DelegationFactory(title="Other", direction="inbound", start_date="2025-02-01", end_date="2025-02-02")
    client = signed_in(official)

    def titles(query: str) -> list[str]:
        return [row.title for row in client.get(LIST + query).context["page"]]

    assert titles("?q=Турция") == titles("?q=Türkiye") == titles("?q=бурса") == ["Сапар"]
    assert titles("?direction=inbound") == titles("?year=2025") == ["Other"]


def test_a_practice_moves_with_one_press(official: User, signed_in: SignIn) -> None:
    practice = PracticeFactory()
    address = reverse("delegations:move_practice", args=[practice.pk])
    plain = signed_in(official).post(address, {"status": "under_study"})
    assert (plain.status_code, plain.url) == (302, PRACTICES)
    assert Practice.objects.get().status == "under_study"
    part = signed_in(official).post(address, {"status": "adopted"}, headers={"HX-Request": "true"})
    assert [len(rows) for _status, _name, rows in part.context["columns"]] == [0, 0, 1, 0]
    assert part.content.decode().strip().startswith('<div class="stack" id="columns"')


def test_a_practice_is_entered_and_changed(official: User, colleague: User, signed_in: SignIn) -> None:
    client = signed_in(official)
    data = {"region": official.region_id, "topic": "tariff", "summary": "A third of the tariff is paid back"}
    client.post(reverse("delegations:practice_create"), data | {"owner": official.pk})
    practice = Practice.objects.get()
    assert (practice.owner, practice.summary) == (official, "A third of the tariff is paid back")
    edited = data | {"owner": colleague.pk, "version": practice.version}
    client.post(reverse("delegations:practice_edit", args=[practice.pk]), edited)
    assert Practice.objects.get().owner == colleague


def test_a_visits_practices_stand_on_its_page(official: User, signed_in: SignIn) -> None:
    visit = DelegationFactory()
    PracticeFactory(delegation=visit, summary="One window")
    PracticeFactory(delegation=visit, summary="Put away", archived_at="2026-03-01T12:00:00Z")
    PracticeFactory(summary="Of another visit")
    page = signed_in(official).get(visit.get_absolute_url()).content.decode()
    assert "One window" in page
    assert "Put away" not in page
    assert "Of another visit" not in page


def test_what_members_told_comes_after_the_page(official: User, signed_in: SignIn) -> None:
    visit = DelegationFactory()
    debrief = Debrief.objects.create(
        delegation=visit,
        full_name="Мүше Сынақов",
        email="m@example.kz",
        asked_on="2026-02-20",
        answered_at=timezone.now(),
    )
    debrief.entries.create(company="Örnek Yapı", agreed="They send the drawings")
    client, address = signed_in(official), reverse("delegations:told", args=[visit.pk])
    assert address in client.get(visit.get_absolute_url()).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "They send the drawings" in part
    assert "<html" not in part
    assert "They send the drawings" in client.get(address).content.decode()


def test_the_sectors_of_the_participants_stand_in_the_language_of_the_page(official: User, signed_in: SignIn) -> None:
    visit = DelegationFactory()
    visit.sectors.set([SectorFactory(code="logistics"), SectorFactory(code="construction_materials")])
    page = signed_in(official).get(visit.get_absolute_url())
    names = set(page.context["delegation"].sector_names.split(", "))
    assert names == {sector.name_en for sector in visit.sectors.all()}


def test_a_form_that_claims_thousands_of_rows_is_not_drawn_with_them(official: User, signed_in: SignIn) -> None:
    sent = {f"{rows}-{what}": "1000000" for rows in ("stops", "members") for what in ("TOTAL_FORMS", "INITIAL_FORMS")}
    answer = signed_in(official).post("/delegations/new/", {"title": "x", **sent})
    assert answer.status_code == 422
    assert answer.content.decode().count("<fieldset") + answer.content.decode().count("<input") < 2_000
