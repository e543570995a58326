from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.choices import Action
from crm.audit.models import AuditEvent
from crm.reminders.choices import DeliveryState
from crm.reminders.errors import LinkBroken
from crm.reminders.models import DigestDelivery, DigestItem
from crm.reminders.services import (
    LEASE,
    MOST_ATTEMPTS,
    send_digest_now,
    send_digests,
    start_due_digests,
    stop_digests,
    unsubscribe_url,
    user_of_link,
)
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
    CommitmentFactory(executor=official, due_date=date(2026, 3, 2), text="Send the memorandum")
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


def test_the_link_in_the_header_stops_the_digests_by_one_post(busy: User, mail_server: MailServer, client) -> None:
    run()
    [message] = mail_server.received
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = message["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert client.get(url).status_code == 200
    busy.refresh_from_db()
    assert busy.digest_wanted, "a scanner that follows links changes nothing"
    assert client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    busy.refresh_from_db()
    assert not busy.digest_wanted
    assert client.post(url + "x/").status_code == 404
    assert client.post(url.replace("unsubscribe/", "unsubscribe/x")).status_code == 404


def test_a_busy_server_is_asked_again_after_growing_pauses(busy: User, mail_server: MailServer, monday) -> None:
    mail_server.at_rcpt = ["451 try later", "451 try later"]
    run()
    assert state() == (DeliveryState.CLAIMED, 1)
    monday.move_to(MONDAY + timedelta(minutes=14))
    run()
    assert state() == (DeliveryState.CLAIMED, 1), "not before the pause is over"
    monday.move_to(MONDAY + timedelta(minutes=16))
    run()
    assert state() == (DeliveryState.CLAIMED, 2)
    monday.move_to(MONDAY + timedelta(minutes=16 + 29))
    run()
    assert state() == (DeliveryState.CLAIMED, 2), "the second pause is twice as long"
    monday.move_to(MONDAY + timedelta(minutes=16 + 31))
    run()
    assert state() == (DeliveryState.SENT, 3)
    assert len(mail_server.received) == 1


def test_a_server_that_is_always_busy_is_given_up_in_the_end(busy: User, mail_server: MailServer, monday) -> None:
    mail_server.at_rcpt = ["451 try later"] * 99
    for hour in range(0, 150, 6):
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


def test_without_a_server_one_attempt_is_counted_and_the_others_stay_free(busy: User, settings: Any) -> None:
    for _ in range(3):
        CommitmentFactory(due_date=date(2026, 3, 2))
    User.objects.update(created_at=MONDAY - timedelta(days=100))
    settings.MAILERS = mailers_at(free_port())
    run()
    rows = DigestDelivery.objects.values_list("state", "attempts")
    assert {state for state, _ in rows} == {DeliveryState.CLAIMED}
    assert sum(attempts for _, attempts in rows) == 1 < len(rows)


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
        "2026-W10": DeliveryState.FAILED,
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
