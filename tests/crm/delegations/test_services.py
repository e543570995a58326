import pytest

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.delegations import services
from crm.delegations.errors import TwoHeads
from crm.delegations.models import Delegation
from crm.shared.errors import InvalidRecord, NotAllowed, VersionConflict
from tests.factories.companies import CompanyFactory
from tests.factories.delegations import PracticeFactory

pytestmark = pytest.mark.django_db


def a_visit(by: User) -> Delegation:
    return services.create_delegation(
        by=by,
        region=by.region,
        title="Бурса",
        stops=[{"country": "TR", "city": "Bursa"}, {"country": "TR", "city": "Eskişehir"}],
        members=[{"full_name": "Мүше Сынақов"}, {"full_name": "Басшы Сынақов", "is_head": True}],
        companies=[CompanyFactory()],
    )


def test_a_visit_comes_with_stops_in_order_and_its_head(official: User) -> None:
    visit = a_visit(official)
    assert [stop.city for stop in visit.stops.all()] == ["Bursa", "Eskişehir"]
    assert visit.head.full_name == "Басшы Сынақов"
    changes = AuditEvent.objects.get(model="delegations.delegation").changes
    assert changes["members"][1] == [
        "side: ours, full_name: Мүше Сынақов",
        "side: ours, full_name: Басшы Сынақов, is_head: True",
    ]


def test_the_head_passes_to_another_member_and_the_log_says_so(official: User) -> None:
    visit = a_visit(official)
    head, other = visit.members.all()
    rows = [{"id": other.pk, "full_name": other.full_name, "is_head": True}, {"id": head.pk, "is_head": False}]
    services.update_delegation(visit, by=official, expected_version=1, members=rows)
    assert visit.head == other
    assert visit.version == 2
    services.update_delegation(visit, by=official, members=rows[:1])
    assert (visit.version, [member.pk for member in visit.members.all()]) == (3, [other.pk])
    assert AuditEvent.objects.latest("pk").changes["members"][1] == [
        "side: ours, full_name: Мүше Сынақов, is_head: True"
    ]


def test_wrong_rows_leave_nothing_behind(official: User) -> None:
    with pytest.raises(TwoHeads):
        services.create_delegation(
            by=official,
            region=official.region,
            title="X",
            members=[{"full_name": "A", "is_head": True}, {"full_name": "B", "is_head": True}],
        )
    with pytest.raises(InvalidRecord):
        services.create_delegation(
            by=official, region=official.region, title="X", stops=[{"country": "Turkey", "city": "Bursa"}]
        )
    assert not Delegation.objects.exists()


def test_a_row_of_another_visit_cannot_be_taken_over(official: User) -> None:
    first, second = a_visit(official), a_visit(official)
    stolen = first.stops.all()[0]
    services.update_delegation(second, by=official, stops=[{"id": stolen.pk, "country": "DE", "city": "Bremen"}])
    stolen.refresh_from_db()
    assert (stolen.delegation, stolen.city) == (first, "Bursa")
    assert [stop.city for stop in second.stops.all()] == ["Bremen"]


def test_the_end_before_the_start_is_refused(official: User) -> None:
    with pytest.raises(InvalidRecord):
        services.create_delegation(
            by=official, region=official.region, title="X", start_date="2026-02-19", end_date="2026-02-17"
        )


def test_regions_roles_and_versions_are_checked(official: User, stranger: User, viewer: User) -> None:
    visit = a_visit(official)
    for user in (stranger, viewer):
        with pytest.raises(NotAllowed):
            services.update_delegation(visit, by=user, title="X")
        with pytest.raises(NotAllowed):
            services.create_delegation(by=user, region=official.region, title="X")
    with pytest.raises(NotAllowed):
        services.update_delegation(visit, by=official, region=stranger.region)
    services.update_delegation(visit, by=official, title="New")
    with pytest.raises(VersionConflict):
        services.update_delegation(visit, by=official, title="Newer", expected_version=1)


def test_a_practice_has_an_owner_and_moves_any_way(official: User, stranger: User) -> None:
    practice = services.create_practice(by=official, region=official.region, topic="tariff", summary=" Paid back ")
    assert (practice.owner, practice.summary, practice.status) == (official, "Paid back", "noted")
    services.move_practice(practice, by=official, status="adopted")
    services.move_practice(practice, by=official, status="noted")
    assert practice.version == 3
    with pytest.raises(InvalidRecord):
        services.move_practice(practice, by=official, status="lost")
    with pytest.raises(NotAllowed):
        services.move_practice(PracticeFactory(), by=stranger, status="adopted")
