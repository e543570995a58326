"""Single mails: at most one and never none, whatever the mail server says."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from crm.accounts.models import User
from crm.reminders.choices import DeliveryState
from crm.reminders.models import Letter
from crm.reminders.services import send_letter_again, send_letters, start_waiting_letters, write_letter
from crm.reminders.services.claiming import LEASE
from crm.shared.errors import NotAllowed


def letter_to(user: User, **fields: Any) -> Letter:
    given: dict[str, Any] = {"key": f"test.{user.pk}", "address": user.email, "region": user.region, "user": user}
    words = {"subject": "Glass works", "text": "Plain words", "html": "<p>Rich words</p>"}
    return write_letter(**(given | words | fields))


def send_all() -> None:
    send_letters(list(Letter.objects.values_list("pk", flat=True)))


def free_again() -> None:
    Letter.objects.update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_letter_goes_out_once_with_both_bodies_and_keeps_no_words(official: User) -> None:
    letter = letter_to(official)
    assert letter_to(official, subject="Something else") == letter
    send_all()
    send_all()
    [message] = mail.outbox
    assert (message.subject, message.body, message.alternatives[0].content) == (
        "Glass works",
        "Plain words",
        "<p>Rich words</p>",
    )
    assert message.extra_headers["Message-ID"] == f"<test.{official.pk}@127.0.0.1>"
    letter.refresh_from_db()
    assert (letter.state, letter.text, letter.html) == (DeliveryState.SENT, "", "")


def test_one_that_somebody_holds_is_left_alone_until_the_lease_is_over(official: User) -> None:
    letter = letter_to(official)
    Letter.objects.update(attempts=1, lease_until=timezone.now() + LEASE)
    send_all()
    assert mail.outbox == []
    free_again()
    assert start_waiting_letters(now=timezone.now()) == [letter.pk]
    send_all()
    assert len(mail.outbox) == 1


def test_a_server_that_is_away_for_a_while_gets_the_same_mail_later(official: User, mail_server: Any) -> None:
    mail_server.at_data = ["451 4.3.0 Try later", "drop"]
    letter_to(official)
    for _ in range(3):
        send_all()
        free_again()
    assert Letter.objects.get().state == DeliveryState.SENT
    assert set(mail_server.ids) == {f"<test.{official.pk}@127.0.0.1>"}


def test_a_refused_one_waits_in_the_back_office_to_be_sent_again(
    official: User, administrator: User, mail_server: Any
) -> None:
    mail_server.at_rcpt = ["550 5.1.1 No such user"]
    letter = letter_to(official)
    send_all()
    letter.refresh_from_db()
    official.refresh_from_db()
    assert (letter.state, letter.text) == (DeliveryState.FAILED, "Plain words")
    assert official.address_failed_at is not None
    with pytest.raises(NotAllowed):
        send_letter_again(letter, by=official)
    send_letter_again(letter, by=administrator)
    send_all()
    letter.refresh_from_db()
    assert (letter.state, len(mail_server.received)) == (DeliveryState.SENT, 1)


def test_one_tried_too_often_is_given_up(official: User) -> None:
    letter_to(official)
    Letter.objects.update(attempts=12)
    free_again()
    assert start_waiting_letters(now=timezone.now()) == []
    assert Letter.objects.get().state == DeliveryState.FAILED


def test_who_has_left_gets_nothing(official: User) -> None:
    letter_to(official)
    User.objects.filter(pk=official.pk).update(is_active=False)
    send_all()
    assert (mail.outbox, Letter.objects.get().state) == ([], DeliveryState.EMPTY)
