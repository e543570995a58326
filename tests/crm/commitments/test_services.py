import datetime
from collections.abc import Callable

import pytest

from crm.accounts.models import User
from crm.commitments import services
from crm.commitments.errors import CommitmentClosed, ReasonMissing
from crm.commitments.models import Commitment
from crm.commitments.queries import next_steps_of, open_commitments_about
from crm.shared.errors import NotAllowed
from crm.shared.registries import activity
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory
from tests.factories.delegations import DelegationFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 6)


def test_one_of_ours_falls_to_who_writes_it_one_of_theirs_to_the_records_company(official: User) -> None:
    deal = DealFactory()
    ours = services.create_commitment(by=official, about=deal, text="Send  the plan", due_date=DAY)
    theirs = services.create_commitment(by=official, about=deal, text="Study", side="theirs")
    assert (ours.text, ours.executor, ours.region, ours.about) == ("Send the plan", official, deal.region, deal)
    assert (theirs.executor, theirs.company) == (None, deal.company)
    named = services.create_commitment(by=official, about=deal, text="X", executor_name="Қала әкімдігі")
    assert named.executor is None


def test_about_a_shared_record_it_stays_in_the_writers_region(stranger: User) -> None:
    commitment = services.create_commitment(by=stranger, about=CompanyFactory(), text="Call them")
    assert commitment.region == stranger.region


def test_keeping_is_idempotent_and_leaves_who_and_when(official: User, colleague: User) -> None:
    commitment = CommitmentFactory()
    services.keep_commitment(commitment, by=official, proof=" Letter no. 4 ")
    first_closed = commitment.closed_at
    services.keep_commitment(commitment, by=colleague)
    commitment.refresh_from_db()
    assert (commitment.status, commitment.proof, commitment.closed_by) == ("kept", "Letter no. 4", official)
    assert commitment.closed_at == first_closed
    assert commitment.version == 2


def test_what_is_closed_must_be_opened_first(official: User) -> None:
    commitment = services.keep_commitment(CommitmentFactory(), by=official)
    with pytest.raises(CommitmentClosed):
        services.postpone_commitment(commitment, by=official, due_date=DAY)
    with pytest.raises(CommitmentClosed):
        services.drop_commitment(commitment, by=official, reason="No")
    services.reopen_commitment(commitment, by=official)
    services.drop_commitment(commitment, by=official, reason="The investor withdrew")
    with pytest.raises(CommitmentClosed):
        services.keep_commitment(commitment, by=official)
    assert (commitment.status, commitment.drop_reason) == ("dropped", "The investor withdrew")


def test_blocking_says_by_whom_and_is_undone_by_opening(official: User) -> None:
    commitment = CommitmentFactory()
    with pytest.raises(ReasonMissing) as missing:
        services.block_commitment(commitment, by=official, blocked_by=" ", since=DAY)
    assert list(missing.value.fields) == ["blocked_by"]
    services.block_commitment(commitment, by=official, blocked_by="Akimat", since=DAY)
    assert (commitment.status, commitment.blocked_since) == ("blocked", DAY)
    services.reopen_commitment(commitment, by=official)
    assert (commitment.status, commitment.blocked_by, commitment.blocked_since) == ("open", "", None)


def test_a_partner_keeps_its_own_and_nothing_else(partner: User) -> None:
    own, other = CommitmentFactory(executor=partner), CommitmentFactory()
    services.keep_commitment(own, by=partner)
    assert own.status == "kept"
    for write in (
        lambda: services.keep_commitment(other, by=partner),
        lambda: services.reopen_commitment(other, by=partner),
        lambda: services.block_commitment(other, by=partner, blocked_by="Akimat", since=DAY),
        lambda: services.postpone_commitment(own, by=partner, due_date=DAY),
        lambda: services.create_commitment(by=partner, about=DealFactory(), text="X"),
    ):
        with pytest.raises(NotAllowed):
            write()


def test_a_partner_takes_back_what_it_said_itself(partner: User, official: User) -> None:
    own = CommitmentFactory(executor=partner)
    services.block_commitment(own, by=partner, blocked_by="Akimat", since=DAY)
    services.reopen_commitment(own, by=partner)
    assert (own.status, own.blocked_by) == ("open", "")
    services.keep_commitment(own, by=partner)
    services.reopen_commitment(own, by=partner)
    assert own.status == "open"
    for close in (services.keep_commitment, lambda c, by: services.drop_commitment(c, by=by, reason="no plot")):
        close(own, by=official)
        with pytest.raises(NotAllowed):
            services.reopen_commitment(own, by=partner)
        services.reopen_commitment(own, by=official)


def test_an_official_of_another_region_writes_nothing(stranger: User) -> None:
    commitment = CommitmentFactory()
    for write in (services.keep_commitment, services.reopen_commitment):
        with pytest.raises(NotAllowed):
            write(commitment, by=stranger)
    assert Commitment.objects.get().version == 1


def test_a_week_more_counts_from_today_when_it_is_late(official: User) -> None:
    commitment = CommitmentFactory(due_date=datetime.date(2026, 1, 5))
    services.postpone_by_week(commitment, by=official, today=datetime.date(2026, 3, 12))
    assert commitment.due_date == datetime.date(2026, 3, 19)
    services.postpone_by_week(commitment, by=official, today=datetime.date(2026, 3, 14))
    # Thursday the 26th; the 21st to 25th are Nauryz, which the week passes over.
    assert commitment.due_date == datetime.date(2026, 3, 26)


def test_next_steps_of_many_deals_are_the_earliest_open_ones_of_ours_in_one_query(
    official: User, django_assert_num_queries: Callable
) -> None:
    deals = DealFactory.create_batch(30)
    first, second, third = deals[:3]
    later = CommitmentFactory(about=first, due_date=datetime.date(2026, 4, 1))
    sooner = CommitmentFactory(about=first, due_date=datetime.date(2026, 3, 1))
    CommitmentFactory(about=first, due_date=datetime.date(2026, 2, 1), side="theirs")
    services.keep_commitment(CommitmentFactory(about=first, due_date=datetime.date(2026, 1, 1)), by=official)
    undated = CommitmentFactory(about=second, due_date=None)
    services.block_commitment(CommitmentFactory(about=third), by=official, blocked_by="Akimat", since=DAY)
    CommitmentFactory(about=DelegationFactory(pk=first.pk), due_date=datetime.date(2025, 1, 1))
    next_steps_of(deals)
    with django_assert_num_queries(1):
        steps = next_steps_of(deals)
        assert {pk: step.executor.full_name for pk, step in steps.items()}
    assert steps == {first.pk: sooner, second.pk: undated}
    assert next_steps_of([]) == {}
    assert later in open_commitments_about([first])
    assert open_commitments_about([third]).get().status == "blocked"


def test_the_record_is_told_that_somebody_worked_on_it(official: User) -> None:
    told: list[tuple[object, datetime.datetime]] = []

    @activity.register("delegations.delegation")
    def listen(record: object, *, at: datetime.datetime) -> None:
        told.append((record, at))

    try:
        visit = DelegationFactory()
        commitment = services.create_commitment(by=official, about=visit, text="Thank them")
        services.keep_commitment(commitment, by=official)
    finally:
        activity._entries["delegations.delegation"].clear()
    assert [record for record, _at in told] == [visit, visit]
