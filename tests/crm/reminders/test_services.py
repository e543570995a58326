from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as site_settings
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.choices import Action
from crm.audit.models import AuditEvent
from crm.reminders import registry, tasks
from crm.reminders.choices import DeliveryState, Urgency
from crm.reminders.errors import LinkBroken
from crm.reminders.models import DigestDelivery, DigestItem
from crm.reminders.registry import Asking, Item, rule
from crm.reminders.services import (
    send_digest_now,
    send_digests,
    start_due_digests,
    stop_digests,
    unsubscribe_url,
    user_of_link,
)
from crm.reminders.services.claiming import LEASE
from crm.reminders.services.scheduling import MOST_ATTEMPTS
from tests.crm.reminders.conftest import MailServer, free_port, mailers_at
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.reminders import DigestDeliveryFactory

MONDAY = datetime.fromisoformat("2026-03-02T08:05+05:00")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday() -> object:
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def busy(official: User) -> User:
    """Somebody who is asked one thing."""
    User.objects.update(created_at=MONDAY - timedelta(days=100))
    CommitmentFactory(executor=official, due_date=date(2026, 3, 2), text="Send the memorandum", about__owner=official)
    return official


def run(now: datetime | None = None) -> None:
    """One round as scheduler and worker make it."""
    send_digests(start_due_digests(now=now or timezone.now()))


def state() -> tuple[str, int]:
    delivery = DigestDelivery.objects.get(week="2026-W10", user__commitments__isnull=False)
    return delivery.state, delivery.attempts


def test_a_digest_goes_out_once_and_is_noted_with_what_it_asked(busy: User, mail_server: MailServer) -> None:
    for _ in range(3):
        run()
    [message] = mail_server.received
    assert (message["To"], message["Subject"]) == (busy.email, "1 to do today")
    assert "Send the memorandum" in message.get_body(("plain",)).get_content()
    assert "Send the memorandum" in message.get_body(("html",)).get_content()
    delivery = DigestDelivery.objects.get(user=busy)
    assert (delivery.state, delivery.week, delivery.sent_at) == (DeliveryState.SENT, "2026-W10", MONDAY)
    assert message["Message-ID"] == delivery.message_id == f"<digest.{busy.pk}.2026-W10@127.0.0.1>"
    item = DigestItem.objects.get()
    assert (item.delivery, item.rule, item.about.text) == (delivery, "our_commitment", "Send the memorandum")
    event = AuditEvent.objects.get(action=Action.SENT)
    assert (event.region_code, event.changes["items"]) == ("KZ-15", 1)


def test_nothing_to_ask_means_no_mail(busy: User, colleague: User, mail_server: MailServer) -> None:
    User.objects.update(created_at=MONDAY - timedelta(days=100))
    run()
    assert len(mail_server.received) == 1
    assert DigestDelivery.objects.get(user=colleague).state == DeliveryState.EMPTY


def test_a_busy_server_is_asked_again_after_growing_pauses(busy: User, mail_server: MailServer, monday) -> None:
    mail_server.at_rcpt = ["451 try later", "451 try later"]
    run()
    assert state() == (DeliveryState.CLAIMED, 1)
    monday.move_to(MONDAY + timedelta(minutes=4))
    run()
    assert state() == (DeliveryState.CLAIMED, 1), "not before the pause is over"
    monday.move_to(MONDAY + timedelta(minutes=6))
    run()
    assert state() == (DeliveryState.CLAIMED, 2)
    monday.move_to(MONDAY + timedelta(minutes=6 + 9))
    run()
    assert state() == (DeliveryState.CLAIMED, 2), "the second pause is twice as long"
    monday.move_to(MONDAY + timedelta(minutes=6 + 11))
    run()
    assert state() == (DeliveryState.SENT, 3)
    assert len(mail_server.received) == 1


def test_a_server_that_is_always_busy_is_given_up_in_the_end(busy: User, mail_server: MailServer, monday) -> None:
    mail_server.at_rcpt = ["451 try later"] * 99
    for hour in range(0, 150, 3):
        monday.move_to(MONDAY + timedelta(hours=hour))
        run()
    assert state() == (DeliveryState.FAILED, MOST_ATTEMPTS)
    assert "451 try later" in DigestDelivery.objects.get(user=busy).error
    busy.refresh_from_db()
    assert busy.address_failed_at is None


def test_a_refused_address_is_marked_and_not_written_to_again(busy: User, mail_server: MailServer, monday) -> None:
    mail_server.at_rcpt = ["550 no such user"]
    run()
    busy.refresh_from_db()
    assert busy.address_failed_at == MONDAY
    assert state() == (DeliveryState.FAILED, 1)
    assert "550 no such user" in DigestDelivery.objects.get(user=busy).error
    monday.shift(timedelta(days=7))
    run()
    assert DigestDelivery.objects.filter(user=busy).count() == 1


def test_a_refused_text_fails_this_mail_but_not_the_address(busy: User, mail_server: MailServer, monday) -> None:
    mail_server.at_data = ["554 looks like spam"]
    run()
    busy.refresh_from_db()
    assert busy.address_failed_at is None
    assert state() == (DeliveryState.FAILED, 1)
    monday.shift(timedelta(days=8))
    run()
    assert len(mail_server.received) == 1


def test_a_line_cut_after_the_data_sends_the_same_mail_again(busy: User, mail_server: MailServer, monday) -> None:
    mail_server.at_data = ["drop"]
    run()
    assert state() == (DeliveryState.CLAIMED, 1)
    monday.shift(timedelta(minutes=16))
    run()
    assert state() == (DeliveryState.SENT, 2)
    assert len(set(mail_server.ids)) == 1
    assert len(mail_server.ids) == 2


def test_without_a_server_two_are_tried_and_the_others_stay_free(busy: User, settings: Any) -> None:
    for _ in range(3):
        CommitmentFactory(due_date=date(2026, 3, 2))
    User.objects.update(created_at=MONDAY - timedelta(days=100))
    settings.MAILERS = mailers_at(free_port())
    run()
    rows = DigestDelivery.objects.exclude(state=DeliveryState.EMPTY).values_list("state", "attempts", "outages")
    assert set(rows) == {(DeliveryState.CLAIMED, 0, 0), (DeliveryState.CLAIMED, 1, 1)}
    assert sum(attempts for _, attempts, _ in rows) == 2


def test_a_server_that_is_away_for_days_costs_no_mail(busy: User, settings: Any, monday) -> None:
    settings.MAILERS = mailers_at(free_port())
    for hour in range(6 * 24):
        monday.move_to(MONDAY + timedelta(hours=hour))
        run()
    state, attempts = DigestDelivery.objects.values_list("state", "attempts").get(user=busy)
    assert (state, attempts > MOST_ATTEMPTS) == (DeliveryState.CLAIMED, True)


def test_a_server_that_is_back_is_found_within_half_an_hour(busy: User, mail_server: MailServer, monday) -> None:
    mail_server.at_rcpt = ["421 closing"] * 30
    for hour in range(30):
        monday.move_to(MONDAY + timedelta(hours=hour))
        run()
    assert (mail_server.at_rcpt, mail_server.received) == ([], [])
    monday.shift(timedelta(minutes=30))
    run()
    assert len(mail_server.received) == 1


def test_a_line_that_grew_old_costs_one_mail_a_pause_and_no_other(busy: User, mail_server: MailServer) -> None:
    CommitmentFactory(due_date=date(2026, 3, 2))
    User.objects.update(created_at=MONDAY - timedelta(days=100))
    mail_server.at_rcpt = ["421 too many on this line"]
    run()
    rows = DigestDelivery.objects.exclude(state=DeliveryState.EMPTY).values_list("state", "outages")
    assert sorted(rows) == [(DeliveryState.CLAIMED, 1), (DeliveryState.SENT, 0)]


def test_a_row_that_a_worker_holds_is_left_alone_until_its_lease_is_over(
    busy: User, mail_server: MailServer, monday
) -> None:
    DigestDeliveryFactory(user=busy, attempts=1, lease_until=MONDAY + LEASE)
    run()
    assert mail_server.received == []
    monday.shift(LEASE)
    run()
    assert len(mail_server.received) == 1
    assert state() == (DeliveryState.SENT, 2)


def test_a_missed_run_is_caught_up_within_the_week(busy: User, mail_server: MailServer, monday) -> None:
    monday.shift(timedelta(days=3))
    run()
    assert [message["Subject"] for message in mail_server.received] == ["1 overdue"]


def test_after_nine_days_without_a_scheduler_one_mail_comes(busy: User, mail_server: MailServer, monday) -> None:
    DigestDeliveryFactory(user=busy, attempts=1)
    monday.shift(timedelta(days=9))
    run()
    assert len(mail_server.received) == 1
    assert {d.week: d.state for d in DigestDelivery.objects.filter(user=busy)} == {
        "2026-W10": DeliveryState.REPLACED,
        "2026-W11": DeliveryState.SENT,
    }


def test_who_leaves_between_claim_and_sending_gets_nothing(busy: User, mail_server: MailServer) -> None:
    keys = start_due_digests(now=MONDAY)
    stop_digests(busy, by=busy)
    send_digests(keys)
    assert mail_server.received == []
    assert DigestDelivery.objects.get(user=busy).state == DeliveryState.EMPTY


@pytest.mark.parametrize("number", [1, 30])
def test_making_the_rows_takes_the_same_queries_for_any_number_of_users(number: int, django_assert_num_queries) -> None:
    for _ in range(number):
        UserFactory()
    User.objects.update(created_at=MONDAY - timedelta(days=100))
    # Calendars, users, rows made before, the new rows; three for what is hopeless; the rows to send.
    with django_assert_num_queries(8):
        keys = start_due_digests(now=MONDAY)
    assert len(keys) == number


def test_sending_now_is_for_any_day_but_once_a_week(busy: User, mail_server: MailServer) -> None:
    for _ in range(2):
        delivery = send_digest_now(busy, on=date(2026, 3, 12), now=MONDAY)
    assert (delivery.week, delivery.state) == ("2026-W11", DeliveryState.SENT)
    assert [message["Subject"] for message in mail_server.received] == ["1 overdue"]


def test_a_link_names_its_user_and_no_other(busy: User, colleague: User) -> None:
    token = unsubscribe_url(busy).rstrip("/").rsplit("/", 1)[-1]
    assert user_of_link(token) == busy
    with pytest.raises(LinkBroken):
        user_of_link(token[:-2])


class Unreadable:
    """Words that cannot be written."""

    def __str__(self) -> str:
        raise ValueError("these words cannot be written")


@pytest.fixture
def rule_of_the_test() -> Iterator[Callable[[Callable[[Asking], list[Item]]], None]]:
    def register(ask: Callable[[Asking], list[Item]]) -> None:
        rule("of_the_test", title="Of the test", position=99, about="deals.deal")(lambda asking: iter(ask(asking)))

    yield register
    registry._rules.pop("of_the_test", None)


def asked_of(owner: User, why: object = "why") -> Item:
    about = ("accounts.user", owner.pk)
    return Item("of_the_test", owner.pk, about, "Title", why, "/", Urgency.TODAY, [owner.region_id])


def test_a_mail_that_cannot_be_written_holds_nobody_else_up(
    busy: User, colleague: User, mail_server: MailServer, rule_of_the_test
) -> None:
    User.objects.update(created_at=MONDAY - timedelta(days=100))
    rule_of_the_test(lambda asking: [asked_of(colleague, Unreadable())])
    run()
    assert [message["To"] for message in mail_server.received] == [busy.email]
    broken = DigestDelivery.objects.get(user=colleague)
    assert (broken.state, broken.attempts, broken.outages) == (DeliveryState.CLAIMED, 1, 0)
    assert "these words cannot be written" in broken.error


def test_a_question_that_breaks_its_rule_holds_up_only_whom_it_asks(
    busy: User, colleague: User, mail_server: MailServer, rule_of_the_test
) -> None:
    """The batch cannot be made, so each of it is started alone."""
    User.objects.update(created_at=MONDAY - timedelta(days=100))

    def ask(asking: Asking) -> list[Item]:
        if colleague.pk in asking.user_ids:
            raise LookupError("the record is broken")
        return []

    rule_of_the_test(ask)
    keys = start_due_digests(now=MONDAY)
    send_digests(keys)
    assert mail_server.received == []
    for key in keys:
        send_digests([key])
    assert [message["To"] for message in mail_server.received] == [busy.email]
    broken = DigestDelivery.objects.get(user=colleague)
    assert (broken.state, broken.attempts, "the record is broken" in broken.error) == (DeliveryState.CLAIMED, 1, True)


def test_a_mail_is_not_sent_on_the_last_half_of_its_lease(
    busy: User, mail_server: MailServer, rule_of_the_test, monday
) -> None:
    """As after a machine that stood still: by the time it is sent the row may be somebody else's."""

    class Slow:
        def __str__(self) -> str:
            monday.shift(LEASE)
            return "slow"

    rule_of_the_test(lambda asking: [asked_of(busy, Slow())])
    run()
    assert (state(), mail_server.received) == ((DeliveryState.CLAIMED, 1), [])


def test_a_lease_outlives_every_task_that_sends() -> None:
    """Whoever has lost a row must be gone; and the broker must not hand out a task that still runs."""
    longest = max(task.time_limit for task in (tasks.send_digests, tasks.send_letters))
    assert longest < LEASE.total_seconds()
    assert longest < site_settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
