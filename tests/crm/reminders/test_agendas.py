"""Whose list a question stands on: deputies, what was put off or declined, what nobody answered, nothing twice."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.contenttypes.models import ContentType

from crm.accounts.models import User
from crm.commitments.models import Commitment
from crm.reminders.models import DigestDelivery, DigestItem, Snooze
from crm.reminders.queries import agendas_for, items_for
from crm.reminders.services import ask_again, decline, give_back, never_ask, put_off
from crm.shared.errors import InvalidRecord, NotAllowed, RecordNotFound
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory

MONDAY, DUE = date(2026, 3, 2), date(2026, 3, 2)
RULE = "our_commitment"


@pytest.fixture
def commitment(official: User) -> Commitment:
    return CommitmentFactory(executor=official, due_date=DUE, about__owner=official)


def asked(user: User, on: date = MONDAY) -> list[tuple[int, str]]:
    return [(item.about_id, item.person) for item in items_for([user], on=on)[user.pk]]


def away(user: User, deputy: User, first: date, last: date) -> User:
    User.objects.filter(pk=user.pk).update(deputy=deputy, deputy_from=first, deputy_until=last)
    user.refresh_from_db()
    return user


@pytest.mark.parametrize(
    ("on", "stands_in"),
    [(date(2026, 3, 1), False), (MONDAY, True), (date(2026, 3, 6), True), (date(2026, 3, 7), False)],
)
def test_a_deputy_is_asked_what_the_absent_is_asked_for_as_long_as_that_lasts(
    official: User, colleague: User, commitment: Commitment, on: date, stands_in: bool
) -> None:
    away(official, colleague, MONDAY, date(2026, 3, 6))
    assert asked(colleague, on) == [(commitment.pk, official.full_name)] * stands_in
    assert asked(official, on) == [(commitment.pk, "")]


def test_what_the_absent_put_off_is_not_asked_of_the_deputy_and_the_other_way_round(
    official: User, colleague: User, commitment: Commitment
) -> None:
    away(official, colleague, MONDAY, date(2026, 3, 20))
    put_off(colleague, rule=RULE, about_id=commitment.pk, until=date(2026, 3, 9), on=MONDAY)
    assert (asked(colleague), asked(official)) == ([], [(commitment.pk, "")])
    ask_again(colleague, rule=RULE, about_id=commitment.pk, on=MONDAY)
    never_ask(official, rule=RULE, about_id=commitment.pk)
    assert (asked(colleague), asked(official)) == ([], [])


def test_a_deputy_of_another_region_is_told_nothing(official: User, stranger: User, commitment: Commitment) -> None:
    away(official, stranger, MONDAY, MONDAY)
    assert asked(stranger) == []


def test_put_off_until_a_day_never_and_again(official: User, commitment: Commitment) -> None:
    put_off(official, rule=RULE, about_id=commitment.pk, until=date(2026, 3, 9), on=MONDAY)
    assert asked(official, date(2026, 3, 8)) == []
    assert asked(official, date(2026, 3, 9)) == [(commitment.pk, "")]
    never_ask(official, rule=RULE, about_id=commitment.pk)
    assert asked(official, date(2026, 8, 3)) == []
    ask_again(official, rule=RULE, about_id=commitment.pk, on=MONDAY)
    assert asked(official) == [(commitment.pk, "")]
    assert Snooze.objects.count() == 1


@pytest.mark.parametrize("until", [MONDAY, date(2026, 2, 1), date(2027, 3, 4)])
def test_nothing_is_put_off_into_the_past_or_out_of_mind(official: User, commitment: Commitment, until: date) -> None:
    with pytest.raises(InvalidRecord):
        put_off(official, rule=RULE, about_id=commitment.pk, until=until, on=MONDAY)


def test_nobody_puts_off_what_is_outside(stranger: User, commitment: Commitment) -> None:
    with pytest.raises(RecordNotFound):
        never_ask(stranger, rule=RULE, about_id=commitment.pk)
    with pytest.raises(RecordNotFound):
        never_ask(stranger, rule="no_such_rule", about_id=commitment.pk)


def test_what_somebody_says_is_not_theirs_is_put_before_the_manager_until_another_has_it(
    official: User, colleague: User, manager: User, commitment: Commitment
) -> None:
    decline(official, rule=RULE, about_id=commitment.pk)
    assert asked(official) == []
    [item] = items_for([manager], on=MONDAY)[manager.pk]
    assert (item.about_id, item.person, item.is_declined) == (commitment.pk, official.full_name, True)
    assert str(item.why) == "says: not mine; today"
    Commitment.objects.update(executor=colleague)
    assert asked(manager) == []
    assert asked(colleague) == [(commitment.pk, "")]


def test_the_manager_may_give_it_back(official: User, manager: User, commitment: Commitment) -> None:
    decline(official, rule=RULE, about_id=commitment.pk)
    with pytest.raises(NotAllowed):
        give_back(official, rule=RULE, about_id=commitment.pk, on=MONDAY)
    assert give_back(manager, rule=RULE, about_id=commitment.pk, on=MONDAY) == 1
    assert asked(official) == [(commitment.pk, "")]
    assert asked(manager) == []


def digest_that_asked(user: User, commitment: Commitment, *, week: int, times: int) -> None:
    sent = datetime(2026, 2, 2 + 7 * (week - 6), 3, tzinfo=UTC)
    delivery = DigestDelivery.objects.create(
        user=user,
        week=f"2026-W{week:02d}",
        scheduled_for=sent,
        lease_until=sent,
        sent_at=sent,
        state="sent",
        message_id=f"<{user.pk}.{week}@example.kz>",
    )
    kind = ContentType.objects.get_for_model(Commitment)
    DigestItem.objects.create(delivery=delivery, rule=RULE, about_type=kind, about_id=commitment.pk, times=times)


def ignored(manager: User) -> list[tuple[str, str, str]]:
    briefing = agendas_for([manager], on=MONDAY)[manager.pk].briefing
    return [(line.title, line.person, str(line.why)) for part in briefing.sections for line in part.lines]


def test_what_two_digests_asked_in_vain_is_told_to_the_manager(
    official: User, manager: User, commitment: Commitment
) -> None:
    digest_that_asked(official, commitment, week=8, times=1)
    assert ignored(manager) == []
    digest_that_asked(official, commitment, week=9, times=2)
    assert ignored(manager) == [(commitment.text, official.full_name, "asked 2 times")]
    assert not agendas_for([manager], on=MONDAY)[manager.pk].is_empty


def test_what_was_answered_since_is_not_told(official: User, manager: User, commitment: Commitment) -> None:
    digest_that_asked(official, commitment, week=9, times=2)
    put_off(official, rule=RULE, about_id=commitment.pk, until=date(2026, 3, 9), on=MONDAY)
    assert ignored(manager) == []
    ask_again(official, rule=RULE, about_id=commitment.pk, on=MONDAY)
    Commitment.objects.update(status="kept", closed_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert ignored(manager) == []


def test_a_question_knows_how_often_it_was_asked_running(official: User, commitment: Commitment) -> None:
    digest_that_asked(official, commitment, week=9, times=4)
    [item] = agendas_for([official], on=MONDAY)[official.pk].items
    assert item.asked_before == 4


def test_one_record_is_asked_about_once(official: User) -> None:
    deal = DealFactory(
        owner=official, stage="agreement", expected_start=date(2026, 2, 1), last_activity_at="2025-01-01T00:00Z"
    )
    [item] = items_for([official], on=MONDAY)[official.pk]
    assert (item.about_id, item.rule) == (deal.pk, "start_passed")


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_does_not_grow_with_people_and_questions(
    manager: User, number: int, django_assert_max_num_queries
) -> None:
    for _number in range(number):
        row = CommitmentFactory(due_date=date(2026, 2, 20))
        digest_that_asked(row.executor, row, week=9, times=2)
        decline(row.executor, rule=RULE, about_id=CommitmentFactory(executor=row.executor, due_date=DUE).pk)
    people = list(User.objects.select_related("region__parent"))
    agendas_for(people, on=MONDAY)
    with django_assert_max_num_queries(45):
        agendas_for(people, on=MONDAY)
