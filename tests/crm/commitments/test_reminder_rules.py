from datetime import date

import pytest
from django.utils import timezone, translation

from crm.accounts.models import User
from crm.commitments.choices import CommitmentStatus
from crm.reminders.choices import Urgency
from crm.reminders.queries import items_for
from crm.reminders.registry import Asked, Item, find_answer
from crm.shared.errors import InvalidRecord, NotAllowed, RecordNotFound
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory

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


def test_done_keeps_it_and_undo_opens_it_again(official: User) -> None:
    commitment = CommitmentFactory(executor=official, due_date=TERM)
    done = find_answer("our_commitment", "done").act(Asked(official, commitment.pk, TERM))
    commitment.refresh_from_db()
    assert (commitment.status, commitment.closed_by) == (CommitmentStatus.KEPT, official)
    find_answer("our_commitment", done.undo).act(Asked(official, commitment.pk, TERM, done.undo_values))
    commitment.refresh_from_db()
    assert commitment.status == CommitmentStatus.OPEN


@pytest.mark.parametrize(
    ("term", "on", "later"),
    [
        (TERM, date(2026, 3, 3), date(2026, 3, 13)),
        (date(2026, 2, 2), date(2026, 3, 3), date(2026, 3, 10)),
        (date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 10)),
    ],
)
def test_a_week_later_counts_from_today_when_overdue_and_skips_days_off(
    official: User, term: date, on: date, later: date
) -> None:
    commitment = CommitmentFactory(executor=official, due_date=term)
    moved = find_answer("our_commitment", "next_week").act(Asked(official, commitment.pk, on))
    commitment.refresh_from_db()
    assert commitment.due_date == later
    find_answer("our_commitment", moved.undo).act(Asked(official, commitment.pk, on, moved.undo_values))
    commitment.refresh_from_db()
    assert commitment.due_date == term


def test_answers_hold_to_visibility_and_role(official: User, stranger: User, viewer: User) -> None:
    commitment = CommitmentFactory(executor=official, due_date=TERM)
    act = find_answer("our_commitment", "done").act
    with pytest.raises(RecordNotFound):
        act(Asked(stranger, commitment.pk, TERM))
    with pytest.raises(NotAllowed):
        act(Asked(viewer, commitment.pk, TERM))
    with pytest.raises(InvalidRecord):
        find_answer("our_commitment", "new_date").act(Asked(official, commitment.pk, TERM, {"due": "soon"}))
    commitment.refresh_from_db()
    assert (commitment.status, commitment.due_date) == (CommitmentStatus.OPEN, TERM)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_one_fixed_number_of_queries_whoever_and_however_much(number: int, django_assert_num_queries) -> None:
    commitments = CommitmentFactory.create_batch(number, due_date=TERM)
    users = list(User.objects.select_related("region"))
    # Calendars, snoozes; commitments and the names behind them; meetings; deals and their regions.
    with django_assert_num_queries(7):
        asked = items_for(users, on=TERM)
    assert sum(map(len, asked.values())) == len(commitments)
