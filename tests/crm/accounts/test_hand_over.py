"""Somebody leaves: all open things go to somebody else in one action, each logged."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm.accounts import services
from crm.accounts.models import User
from crm.accounts.queries import open_things_of
from crm.accounts.registry import all_duties
from crm.audit.models import AuditEvent
from crm.commitments.queries import commitments_visible_to
from crm.shared.errors import DomainError, NotAllowed
from leads.deals.models import Deal
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory, MemorandumFactory
from tests.factories.delegations import DelegationFactory, PracticeFactory
from tests.factories.documents import DocumentFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.visit_reports import VisitReportFactory
from tests.sign_in import text_of

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
#: Each duty: how somebody comes by it, and where the record says who has it.
HOLDING: dict[str, tuple[Callable[[User], Any], str]] = {
    "deals.owner": (lambda user: DealFactory(owner=user), "owner"),
    "deals.curator": (lambda user: DealFactory(owner=None, curator=user), "curator"),
    "deals.memorandum": (lambda user: MemorandumFactory(answerable=user, deal__owner=None), "answerable"),
    "commitments.executor": (lambda user: CommitmentFactory(executor=user), "executor"),
    "meetings.owner": (lambda user: MeetingFactory(owner=user), "owner"),
    "delegations.secretary": (lambda user: DelegationFactory(secretary=user, status="returned"), "secretary"),
    "delegations.practice": (lambda user: PracticeFactory(owner=user), "owner"),
    "documents.owner": (lambda user: DocumentFactory(owner=user, reply_due="2026-03-02"), "owner"),
    "visit_reports.uploader": (lambda user: VisitReportFactory(uploaded_by=user, state="in_review"), "uploaded_by"),
}


def co_executed_by(user: User, **fields: Any) -> Any:
    commitment = CommitmentFactory(**{"executor": None, **fields})
    commitment.co_executors.add(user)
    return commitment


def test_every_duty_of_the_house_is_tried_here() -> None:
    assert {duty.code for duty in all_duties()} == {*HOLDING, "commitments.co_executor"}


@pytest.mark.parametrize("code", HOLDING)
def test_each_kind_goes_over_and_is_logged(code: str, official: User, colleague: User, manager: User) -> None:
    make, field = HOLDING[code]
    record = make(official)
    assert [(kind.duty.code, kind.count) for kind in open_things_of(official)] == [(code, 1)]
    assert services.hand_over(official, by=manager, to=colleague) == {code: 1}
    record.refresh_from_db()
    assert getattr(record, field) == colleague
    event = AuditEvent.objects.filter(record_id=str(record.pk), model=record._meta.label_lower).first()
    assert event is not None
    assert event.actor == manager
    assert event.changes[field] == [official.pk, colleague.pk]
    assert open_things_of(official) == []


def test_all_go_over_in_one_action_with_one_event_that_sums_up(official: User, colleague: User, manager: User) -> None:
    for make, _field in HOLDING.values():
        make(official)
    co_executed_by(official)
    given = services.hand_over(official, by=manager, to=colleague)
    assert given == dict.fromkeys([*HOLDING, "commitments.co_executor"], 1)
    assert open_things_of(official) == []
    summed = AuditEvent.objects.get(record_id=str(official.pk), model="accounts.user")
    assert summed.changes == {"handed_over": {"to": colleague.pk, **given}}


def test_what_is_finished_stays_with_whoever_did_it(official: User, colleague: User, manager: User) -> None:
    now = timezone.now()
    finished = [
        DealFactory(owner=official, health="lost", lost_reason="no gas"),
        DealFactory(owner=official, archived_at=now),
        CommitmentFactory(executor=official, status="kept", closed_at=now),
        MeetingFactory(owner=official, outcome="continues", outcome_logged_at=now),
        DelegationFactory(secretary=official, status="closed"),
        PracticeFactory(owner=official, status="adopted"),
        DocumentFactory(owner=official),
        VisitReportFactory(uploaded_by=official, state="accepted"),
    ]
    assert services.hand_over(official, by=manager, to=colleague) == {}
    for record in finished:
        before = vars(record).copy()
        record.refresh_from_db()
        owners = {"owner_id", "executor_id", "secretary_id", "uploaded_by_id"} & before.keys()
        assert {name: before[name] for name in owners} == {name: getattr(record, name) for name in owners}


def test_the_steps_of_a_deal_go_once_with_it(official: User, colleague: User, manager: User) -> None:
    deal = DealFactory(owner=official)
    step = CommitmentFactory(about=deal, executor=official)
    assert services.hand_over(official, by=manager, to=colleague) == {"deals.owner": 1}
    step.refresh_from_db()
    assert step.executor == colleague


def test_nobody_becomes_executor_and_co_executor_of_the_same(official: User, colleague: User, manager: User) -> None:
    shared = co_executed_by(official, executor=colleague)
    led = co_executed_by(colleague, executor=official)
    services.hand_over(official, by=manager, to=colleague)
    for commitment in (shared, led):
        commitment.refresh_from_db()
        assert commitment.executor == colleague
        assert not commitment.co_executors.exists()


def test_it_is_all_or_nothing(official: User, national: User, manager: User, colleague: User) -> None:
    """Something lies in a region that the receiver does not see: nothing has changed."""
    national_official = UserFactory(role="official", region__code="KZ")
    elsewhere = DealFactory(region__code="KZ-23", owner=national_official)
    here = DealFactory(owner=national_official)
    with pytest.raises(DomainError, match="1 thing lies where"):
        services.hand_over(national_official, by=national, to=colleague)
    assert set(Deal.objects.filter(owner=national_official)) == {elsewhere, here}
    assert not AuditEvent.objects.filter(model="accounts.user").exists()
    assert services.hand_over(national_official, by=national, to=national) == {"deals.owner": 2}


def test_only_a_manager_of_the_region_hands_over(
    official: User, colleague: User, viewer: User, partner: User, national: User
) -> None:
    elsewhere = UserFactory(role="manager", region__code="KZ-23")
    for by in (official, colleague, viewer, partner, elsewhere):
        with pytest.raises(NotAllowed):
            services.hand_over(official, by=by, to=colleague)
    services.hand_over(official, by=national, to=colleague)


def test_who_cannot_write_or_has_left_takes_nothing(official: User, viewer: User, partner: User, manager: User) -> None:
    closed = UserFactory(is_active=False, region__code="KZ-15")
    for to in (viewer, partner, closed, official):
        with pytest.raises(DomainError) as refused:
            services.hand_over(official, by=manager, to=to)
        assert list(refused.value.fields) == ["to"]


def test_a_partners_commitments_go_to_another_partner(partner: User, manager: User) -> None:
    successor = UserFactory(role="partner", region__code="KZ-15")
    commitment = CommitmentFactory(executor=partner)
    services.hand_over(partner, by=manager, to=successor)
    assert list(commitments_visible_to(successor)) == [commitment]
    assert not commitments_visible_to(partner).exists()


def test_whoever_was_to_stand_in_is_replaced(official: User, colleague: User, manager: User) -> None:
    today = timezone.localdate()
    absent = UserFactory(region__code="KZ-15", deputy=official, deputy_from=today, deputy_until=today)
    receiver = UserFactory(region__code="KZ-15", deputy=official, deputy_from=today, deputy_until=today)
    services.hand_over(official, by=manager, to=receiver)
    absent.refresh_from_db()
    receiver.refresh_from_db()
    assert (absent.deputy, absent.deputy_until) == (receiver, today)
    assert (receiver.deputy, receiver.deputy_until) == (None, None)


def test_the_account_is_closed_with_it_by_an_administrator(
    official: User, colleague: User, manager: User, administrator: User
) -> None:
    DealFactory(owner=official)
    with pytest.raises(NotAllowed):
        services.hand_over(official, by=manager, to=colleague, close=True)
    assert Deal.objects.get().owner == official
    services.hand_over(official, by=administrator, to=colleague, close=True)
    official.refresh_from_db()
    assert not official.is_active


def test_the_page_shows_what_goes_over_and_does_it(
    official: User, colleague: User, manager: User, viewer: User, signed_in: SignedIn
) -> None:
    DealFactory(owner=official, title="Glass works")
    CommitmentFactory(executor=official, text="Send the tariff")
    client = signed_in(manager)
    address = f"/settings/people/{official.pk}/hand-over/"
    page = text_of(client.get(address))
    assert "2 open things go to one person" in page
    assert "Glass works" in page
    assert "Send the tariff" in page
    assert f'value="{colleague.pk}"' in page
    assert f'value="{viewer.pk}"' not in page
    assert "Close the account afterwards" not in page
    told = text_of(client.post(address, {"to": colleague.pk, "close": "on"}, follow=True))
    assert f"2 things are handed over to {colleague.full_name}." in told
    official.refresh_from_db()
    assert official.is_active, "a manager closes no accounts"


def test_what_is_refused_is_said_on_the_page(official: User, colleague: User, signed_in: SignedIn) -> None:
    national_manager = UserFactory(role="manager", region__code="KZ")
    moved = UserFactory(role="official", region__code="KZ-15")
    DealFactory(owner=moved, region__code="KZ-23")
    page = signed_in(national_manager).post(f"/settings/people/{moved.pk}/hand-over/", {"to": colleague.pk})
    assert page.status_code == 422
    assert "does not see it: choose somebody else." in text_of(page)


def test_the_preview_takes_as_many_queries_for_thirty_as_for_one(
    official: User, manager: User, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        DealFactory(owner=official)
        CommitmentFactory(executor=official)
        MeetingFactory(owner=official)
    client = signed_in(manager)
    with django_assert_max_num_queries(12):
        client.get(f"/settings/people/{official.pk}/hand-over/")
