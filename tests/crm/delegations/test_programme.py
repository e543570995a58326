"""The programme of a visit, hour by hour: its services, its pages, and who may see and change it."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.delegations import services
from crm.delegations.models import Delegation, ProgrammeItem
from crm.delegations.queries import programme_by_day, programme_items_visible_to
from crm.shared.errors import InvalidRecord, NotAllowed, VersionConflict
from tests.factories.delegations import DelegationFactory, ProgrammeItemFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
DAY = datetime.date(2026, 2, 17)
FORM = {
    "date": "2026-02-17",
    "starts_at": "09:30",
    "ends_at": "11:00",
    "title": "Talks in the akimat",
    "place": "Hall 2",
    "met_by": "Сынақ Басшы",
    "interpreter": "Мадина Сынақова",
    "transport": "Minibus",
}


@pytest.fixture
def visit(official: User) -> Delegation:
    return DelegationFactory(region=official.region, direction="inbound")


def add(visit: Delegation, by: User, **fields: object) -> ProgrammeItem:
    values = {"title": "Talks", "date": DAY, "starts_at": datetime.time(9, 30)} | fields
    return services.add_programme_item(visit, by=by, **values)


def test_a_line_is_added_changed_archived_and_restored_each_with_its_event(visit: Delegation, official: User) -> None:
    item = add(visit, official, title="  Talks   in the akimat ")
    services.update_programme_item(item, by=official, expected_version=1, place="Hall 2")
    services.archive_programme_item(item, by=official, reason="They fly later", expected_version=2)
    assert programme_by_day(visit) == []
    services.restore_programme_item(item, by=official)
    assert (item.title, item.place, item.version) == ("Talks in the akimat", "Hall 2", 4)
    events = AuditEvent.objects.filter(model="delegations.programmeitem").order_by("pk")
    assert [event.action for event in events] == ["created", "changed", "archived", "restored"]
    assert {event.region_code for event in events} == {visit.region.code}
    assert events[1].changes == {"place": ["", "Hall 2"]}


def test_lines_come_by_day_and_hour(visit: Delegation, official: User) -> None:
    next_day = DAY + datetime.timedelta(days=1)
    for title, day, hour in (("C", next_day, 8), ("B", DAY, 15), ("A", DAY, 9)):
        add(visit, official, title=title, date=day, starts_at=datetime.time(hour))
    ProgrammeItemFactory()
    found = [(day, [item.title for item in items]) for day, items in programme_by_day(visit)]
    assert found == [(DAY, ["A", "B"]), (next_day, ["C"])]


@pytest.mark.parametrize(
    "wrong", [{"ends_at": datetime.time(9)}, {"ends_at": datetime.time(9, 30)}, {"title": ""}, {"date": None}]
)
def test_a_wrong_line_is_refused(wrong: dict, visit: Delegation, official: User) -> None:
    with pytest.raises(InvalidRecord):
        add(visit, official, **wrong)
    assert not ProgrammeItem.objects.exists()


def test_an_archived_visit_takes_no_more_lines(visit: Delegation, official: User) -> None:
    services.archive_delegation(visit, by=official, reason="Entered twice")
    with pytest.raises(InvalidRecord):
        add(visit, official)


def test_two_people_change_one_line(visit: Delegation, official: User, colleague: User) -> None:
    item = add(visit, official)
    services.update_programme_item(item, by=colleague, expected_version=1, place="Hall 2")
    with pytest.raises(VersionConflict):
        services.update_programme_item(item, by=official, expected_version=1, place="Hall 3")


@pytest.mark.parametrize("who", ["viewer", "stranger", "partner"])
def test_others_write_nothing(who: str, request: pytest.FixtureRequest, visit: Delegation, official: User) -> None:
    item, user = add(visit, official), request.getfixturevalue(who)
    for write in (
        lambda: add(visit, user),
        lambda: services.update_programme_item(item, by=user, place="X"),
        lambda: services.archive_programme_item(item, by=user, reason="X"),
        lambda: services.restore_programme_item(item, by=user),
    ):
        with pytest.raises(NotAllowed):
            write()


@pytest.mark.parametrize("who", ["official", "colleague", "manager", "viewer", "national", "administrator"])
def test_the_region_and_national_staff_see_the_programme(
    who: str, request: pytest.FixtureRequest, visit: Delegation, signed_in: SignIn
) -> None:
    user = request.getfixturevalue(who)
    item = ProgrammeItemFactory(delegation=visit, title="Келіссөз", met_by="Сынақ Басшы", transport="Minibus")
    page = signed_in(user).get(reverse("delegations:programme", args=[visit.pk])).content.decode()
    for words in ("Келіссөз", "09:30", "Сынақ Басшы", "Minibus", "Tuesday, 17 February"):
        assert words in page
    edit = reverse("delegations:programme_edit", args=[item.pk])
    assert (edit in page) == user.may_write
    assert programme_items_visible_to(user).get() == item


@pytest.mark.parametrize("who", ["stranger", "partner"])
def test_others_find_nothing(who: str, request: pytest.FixtureRequest, visit: Delegation, signed_in: SignIn) -> None:
    item, user = ProgrammeItemFactory(delegation=visit), request.getfixturevalue(who)
    client = signed_in(user)
    for name, key in (("programme", visit), ("programme_edit", item), ("programme_archive", item)):
        assert client.get(reverse(f"delegations:{name}", args=[key.pk])).status_code == 404
    assert not programme_items_visible_to(user).exists()


def test_lines_are_entered_one_after_another(visit: Delegation, official: User, signed_in: SignIn) -> None:
    client, address = signed_in(official), reverse("delegations:programme_add", args=[visit.pk])
    assert client.get(address).context["form"]["date"].value() == "2026-02-17"
    response = client.post(address, FORM | {"more": "1"})
    assert response.url == f"{address}?date=2026-02-17&from=11:00"
    form = client.get(response.url).context["form"]
    assert (form["date"].value(), form["starts_at"].value()) == ("2026-02-17", "11:00")
    item = ProgrammeItem.objects.get()
    assert (item.place, item.met_by, item.interpreter, item.transport) == tuple(
        FORM[name] for name in ("place", "met_by", "interpreter", "transport")
    )
    last = client.post(address, FORM | {"starts_at": "11:00", "ends_at": ""})
    assert last.url == ProgrammeItem.objects.latest("pk").get_absolute_url()


def test_what_is_wrong_is_said_beside_the_form(visit: Delegation, official: User, signed_in: SignIn) -> None:
    address = reverse("delegations:programme_add", args=[visit.pk])
    response = signed_in(official).post(address, FORM | {"ends_at": "09:00"})
    assert response.status_code == 422
    assert "It ends after it begins." in response.content.decode()


def test_a_line_is_changed_and_taken_out_on_its_pages(visit: Delegation, official: User, signed_in: SignIn) -> None:
    item, client = ProgrammeItemFactory(delegation=visit), signed_in(official)
    edit, archive = (reverse(f"delegations:programme_{verb}", args=[item.pk]) for verb in ("edit", "archive"))
    assert client.get(edit).context["form"]["starts_at"].value() == datetime.time(9, 30)
    assert client.post(edit, FORM | {"version": "1", "place": "Hall 7"}).url == item.get_absolute_url()
    item.refresh_from_db()
    assert (item.place, item.version) == ("Hall 7", 2)
    assert client.post(edit, FORM | {"version": "1"}).status_code == 409
    assert client.post(archive, {"reason": "They fly later", "version": "2"}).status_code == 302
    item.refresh_from_db()
    assert (item.is_archived, item.archive_reason) == (True, "They fly later")
    assert "Nothing is planned yet" in client.get(reverse("delegations:programme", args=[visit.pk])).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_programme_takes_the_same_few_queries(
    rows: int, visit: Delegation, official: User, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    ProgrammeItemFactory.create_batch(rows, delegation=visit)
    client, address = signed_in(official), reverse("delegations:programme", args=[visit.pk])
    client.get(address)
    with django_assert_max_num_queries(9):
        client.get(address)


def test_it_is_reached_from_the_visit_and_its_changes_stand_with_the_visits(
    visit: Delegation, official: User, signed_in: SignIn
) -> None:
    add(visit, official, title="Talks in the akimat")
    client = signed_in(official)
    assert reverse("delegations:programme", args=[visit.pk]) in client.get(visit.get_absolute_url()).content.decode()
    changes = reverse("audit:changes", args=["delegations.delegation", visit.pk])
    assert "Talks in the akimat" in client.get(changes).content.decode()


def test_the_back_office_writes_through_the_services(
    visit: Delegation, official: User, stranger: User, signed_in: SignIn
) -> None:
    address = reverse("admin:delegations_programmeitem_add")
    foreign = DelegationFactory(region=stranger.region)
    client = signed_in(official)
    client.post(address, FORM | {"delegation": foreign.pk})
    assert not ProgrammeItem.objects.exists()
    client.post(address, FORM | {"delegation": visit.pk})
    item = ProgrammeItem.objects.get()
    assert (item.delegation, item.title) == (visit, "Talks in the akimat")
    event = AuditEvent.objects.get(model="delegations.programmeitem")
    assert (event.action, event.door, event.actor_id) == ("created", "admin", official.pk)
