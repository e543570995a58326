from datetime import date

import pytest
from django.utils import timezone, translation

from crm.accounts.models import User
from crm.commitments.choices import CommitmentStatus
from crm.reminders.choices import Urgency
from crm.reminders.models import RuleThreshold
from crm.reminders.queries import items_for
from crm.reminders.registry import Item, all_rules
from tests.asking import asked_by, found_by
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory
from tests.factories.delegations import DelegationFactory, PracticeFactory
from tests.factories.meetings import MeetingFactory

# 6 March 2026 is a Friday; the Monday after it is off (Women's Day falls on the Sunday).
TERM = date(2026, 3, 6)


def asked_of(user: User, on: date) -> list[Item]:
    """Return the questions of the rule alone, as it asks every day: nothing ahead but its own threshold."""
    return [item for item in items_for([user], on=on, until=on)[user.pk] if item.rule == "our_commitment"]


@pytest.mark.parametrize(
    ("on", "urgency"),
    [
        (date(2026, 3, 2), None),
        (date(2026, 3, 3), Urgency.WEEK),
        (date(2026, 3, 5), Urgency.WEEK),
        (date(2026, 3, 6), Urgency.TODAY),
        (date(2026, 3, 7), Urgency.OVERDUE),
        (date(2027, 3, 7), Urgency.OVERDUE),
    ],
)
def test_the_executor_is_asked_from_three_working_days_before_the_term_on(
    official: User, on: date, urgency: Urgency | None
) -> None:
    CommitmentFactory(executor=official, due_date=TERM)
    assert [item.urgency for item in asked_of(official, on)] == ([] if urgency is None else [urgency])


def test_working_days_are_those_of_the_region(official: User) -> None:
    """Tuesday 10 March is the third working day after Wednesday 4: the 7th, 8th and 9th are off."""
    CommitmentFactory(executor=official, due_date=date(2026, 3, 10))
    assert not asked_of(official, date(2026, 3, 3))
    assert asked_of(official, date(2026, 3, 4))


def test_co_executors_are_asked_too_and_nobody_else(official: User, colleague: User, stranger: User) -> None:
    commitment = CommitmentFactory(executor=official, due_date=TERM)
    commitment.co_executors.add(colleague)
    other = CommitmentFactory(due_date=TERM)
    asked = items_for([official, colleague, stranger, other.executor], on=TERM)
    assert {user: [item.about_id for item in items] for user, items in asked.items()} == {
        official.pk: [commitment.pk],
        colleague.pk: [commitment.pk],
        stranger.pk: [],
        other.executor.pk: [other.pk],
    }


def test_an_executor_who_left_for_another_region_is_not_told_of_the_record(stranger: User) -> None:
    CommitmentFactory(executor=stranger, due_date=TERM, about=DealFactory(region__code="KZ-15"))
    assert asked_of(stranger, TERM) == []


def test_a_partner_is_asked_what_it_executes_and_sent_where_it_may_look(partner: User) -> None:
    CommitmentFactory(executor=partner, due_date=TERM)
    assert [item.url for item in asked_of(partner, TERM)] == ["/commitments/"]


def test_the_manager_is_asked_one_working_day_after_the_term(official: User, manager: User) -> None:
    CommitmentFactory(executor=official, due_date=TERM)
    assert asked_of(manager, date(2026, 3, 9)) == [], "Monday is off"
    [item] = asked_of(manager, date(2026, 3, 10))
    assert item.person == official.full_name
    with translation.override("en"):
        assert str(item.why) == "4 days late"


@pytest.mark.parametrize("status", [CommitmentStatus.KEPT, CommitmentStatus.DROPPED])
def test_closed_commitments_are_left_alone(official: User, status: str) -> None:
    CommitmentFactory(executor=official, due_date=TERM, status=status, closed_at=timezone.now())
    assert asked_of(official, TERM) == []


def test_theirs_archived_ones_and_those_of_archived_deals_are_left_alone(official: User) -> None:
    now = timezone.now()
    CommitmentFactory(executor=official, due_date=TERM, side="theirs")
    CommitmentFactory(executor=official, due_date=TERM, archived_at=now)
    CommitmentFactory(executor=official, due_date=TERM, about=DealFactory(archived_at=now))
    assert asked_of(official, TERM) == []


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_one_fixed_number_of_queries_whoever_and_however_much(number: int, django_assert_num_queries) -> None:
    commitments = CommitmentFactory.create_batch(number, due_date=TERM)
    users = list(User.objects.select_related("region"))
    # Absences, thresholds, regions and silences; those of every rule, two or three each.
    with django_assert_num_queries(6):
        asked = items_for(users, on=TERM)
    assert sum(map(len, asked.values())) == len(commitments)


@pytest.mark.parametrize(
    ("on", "urgency"),
    [(date(2026, 3, 5), None), (TERM, Urgency.TODAY), (date(2026, 3, 7), Urgency.OVERDUE)],
)
def test_the_owner_of_the_record_is_asked_about_what_the_other_side_owes(
    official: User, on: date, urgency: Urgency | None
) -> None:
    deal = DealFactory(owner=official, company__name="Yıldız")
    commitment = CommitmentFactory(about=deal, side="theirs", executor=None, company=deal.company, due_date=TERM)
    found = asked_by("their_commitment", official, on)
    assert [item.urgency for item in found] == ([] if urgency is None else [urgency])
    for item in found:
        assert (item.about_id, item.concerns) == (commitment.pk, ("deals.deal", deal.pk))
        assert item.context == f"Yıldız. {deal.title}"


def test_records_of_any_kind_have_somebody_who_answers_for_them(official: User) -> None:
    records = [
        DealFactory(owner=official),
        MeetingFactory(owner=official),
        DelegationFactory(secretary=official),
        PracticeFactory(owner=official),
    ]
    for record in records:
        CommitmentFactory(about=record, side="theirs", due_date=TERM)
    CommitmentFactory(about=MeetingFactory(), side="theirs", due_date=TERM)
    CommitmentFactory(about=CompanyFactory(), region=official.region, side="theirs", due_date=TERM)
    found = asked_by("their_commitment", official, TERM)
    assert {item.concerns for item in found} == {(record._meta.label_lower, record.pk) for record in records}


@pytest.mark.parametrize(
    ("on", "asked"), [(date(2026, 3, 17), False), (date(2026, 3, 18), True), (date(2027, 3, 18), True)]
)
def test_what_a_body_has_kept_waiting_for_ten_working_days_is_asked_about(
    official: User, on: date, asked: bool
) -> None:
    """From Tuesday 3 March on; Monday 9 March is off."""
    blocked = {"status": "blocked", "blocked_by": "Land office", "blocked_since": date(2026, 3, 3)}
    executed = CommitmentFactory(executor=official, **blocked)
    of_record = CommitmentFactory(executor=None, about=DealFactory(owner=official), **blocked)
    found = asked_by("blocked_by_body", official, on)
    assert {item.about_id for item in found} == ({executed.pk, of_record.pk} if asked else set())
    days = (on - date(2026, 3, 3)).days
    assert {str(item.why) for item in found} == ({f"waiting for Land office for {days} days"} if asked else set())


def test_nothing_is_asked_about_a_deal_at_rest(official: User) -> None:
    deal = DealFactory(owner=official, health="dormant", dormant_reason="Winter")
    CommitmentFactory(about=deal, executor=official, due_date=TERM)
    CommitmentFactory(about=deal, side="theirs", due_date=TERM)
    CommitmentFactory(
        about=deal, executor=official, status="blocked", blocked_by="Land office", blocked_since=date(2026, 1, 5)
    )
    assert [rule.code for rule in all_rules() if found_by(rule.code, official, TERM)] == []


def test_a_region_decides_how_early_the_executor_is_asked_and_when_the_manager(official: User, manager: User) -> None:
    CommitmentFactory(executor=official, due_date=TERM)
    RuleThreshold.objects.create(region=official.region, threshold="our_commitment.ahead", days=0)
    RuleThreshold.objects.create(region=official.region.parent, threshold="our_commitment.manager", days=3)
    assert asked_by("our_commitment", official, date(2026, 3, 5)) == []
    assert len(asked_by("our_commitment", official, TERM)) == 1
    assert asked_by("our_commitment", manager, date(2026, 3, 11)) == []
    assert len(asked_by("our_commitment", manager, date(2026, 3, 12))) == 1
