"""The dead letters: what the administrator sees of them and does about them."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from crm.accounts.models import User
from crm.accounts.services import update_user
from crm.audit.models import AuditEvent
from crm.reminders.choices import DeliveryState
from crm.reminders.models import DigestDelivery, DigestItem
from crm.reminders.services import send_again, send_digests, start_due_digests
from crm.reminders.services.scheduling import MOST_ATTEMPTS
from crm.shared.errors import DomainError, NotAllowed
from tests.crm.reminders.conftest import MailServer
from tests.factories.commitments import CommitmentFactory
from tests.factories.reminders import DigestDeliveryFactory

MONDAY = datetime.fromisoformat("2026-03-02T08:05+05:00")
UNDELIVERED = reverse("admin:reminders_undelivereddigest_changelist")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday() -> object:
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def refused(official: User) -> DigestDelivery:
    """The mail of somebody who is asked one thing and whose address the server refused."""
    User.objects.update(created_at=MONDAY - timedelta(days=100), address_failed_at=None)
    User.objects.filter(pk=official.pk).update(address_failed_at=MONDAY)
    CommitmentFactory(executor=official, due_date=MONDAY.date(), text="Send the memorandum")
    return DigestDeliveryFactory(user=official, state="failed", attempts=1, error="550 no such user", week="2026-W10")


def test_sending_again_takes_the_address_for_mended(
    refused: DigestDelivery, administrator: User, mail_server: MailServer
) -> None:
    delivery = send_again(refused, by=administrator)
    assert (delivery.state, delivery.error, delivery.attempts) == (DeliveryState.CLAIMED, "", 1)
    send_digests([delivery.pk])
    assert mail_server.ids == [refused.message_id]
    refused.refresh_from_db()
    assert (refused.state, refused.user.address_failed_at) == (DeliveryState.SENT, None)
    said = AuditEvent.objects.filter(actor=administrator).values_list("model", "changes")
    assert ("reminders.digestdelivery", ["failed", "claimed"]) in [(model, by.get("state")) for model, by in said]
    assert any("address_failed_at" in changes for _, changes in said)


def test_a_mail_that_was_tried_too_often_gets_as_many_attempts_again(
    refused: DigestDelivery, administrator: User, mail_server: MailServer, monday
) -> None:
    DigestDelivery.objects.filter(pk=refused.pk).update(attempts=MOST_ATTEMPTS)
    send_again(refused, by=administrator)
    mail_server.at_rcpt = ["451 try later"] * (MOST_ATTEMPTS - 1)
    for _ in range(MOST_ATTEMPTS):
        send_digests(start_due_digests(now=timezone.now()))
        monday.shift(timedelta(hours=12))
    refused.refresh_from_db()
    assert (refused.state, refused.attempts) == (DeliveryState.SENT, 2 * MOST_ATTEMPTS)


def test_a_mail_that_was_sent_may_be_sent_again_as_the_same_mail(
    refused: DigestDelivery, administrator: User, mail_server: MailServer
) -> None:
    for _ in range(2):
        send_digests([send_again(refused, by=administrator).pk])
        refused.refresh_from_db()
    assert mail_server.ids == [refused.message_id] * 2
    assert DigestItem.objects.filter(delivery=refused).count() == 1


def test_one_that_is_on_its_way_is_left_as_it_is(refused: DigestDelivery, administrator: User) -> None:
    held = MONDAY + timedelta(minutes=9)
    DigestDelivery.objects.filter(pk=refused.pk).update(state=DeliveryState.CLAIMED, lease_until=held)
    assert send_again(refused, by=administrator).lease_until == held


def test_an_old_mail_is_not_sent_where_a_newer_one_holds_the_same_questions(
    refused: DigestDelivery, administrator: User
) -> None:
    DigestDeliveryFactory(user=refused.user, week="2026-W11", scheduled_for=MONDAY + timedelta(days=7))
    with pytest.raises(DomainError):
        send_again(refused, by=administrator)


def test_only_an_administrator_of_the_region_sends_again(
    refused: DigestDelivery, manager: User, stranger: User
) -> None:
    for person in (manager, refused.user, stranger):
        with pytest.raises(NotAllowed), transaction.atomic():
            send_again(refused, by=person)
    refused.refresh_from_db()
    assert refused.state == DeliveryState.FAILED


def test_a_new_address_is_not_a_failed_one(refused: DigestDelivery, administrator: User) -> None:
    user = update_user(refused.user, by=administrator, email="other@example.kz")
    assert user.address_failed_at is None
    User.objects.filter(pk=user.pk).update(address_failed_at=MONDAY)
    user.refresh_from_db()
    assert update_user(user, by=administrator, email="other@example.kz").address_failed_at == MONDAY


def test_the_back_office_lists_what_could_not_be_sent_and_why(
    refused: DigestDelivery, administrator: User, stranger: User, signed_in
) -> None:
    sent = DigestDeliveryFactory(state="sent", sent_at=MONDAY, user__region=administrator.region)
    page = signed_in(administrator).get(UNDELIVERED).content.decode()
    assert "550 no such user" in page
    assert refused.user.email in page
    assert sent.user.full_name not in page
    assert "550 no such user" not in signed_in(stranger).get(UNDELIVERED).content.decode()


def test_the_back_office_sends_the_chosen_ones_again(
    refused: DigestDelivery, administrator: User, manager: User, signed_in
) -> None:
    chosen = {"action": "send_again", "_selected_action": [refused.pk]}
    signed_in(manager).post(UNDELIVERED, chosen)
    refused.refresh_from_db()
    assert refused.state == DeliveryState.FAILED
    page = signed_in(administrator).post(UNDELIVERED, chosen, follow=True)
    assert "1 mail is sent again." in page.content.decode()
    refused.refresh_from_db()
    assert refused.state == DeliveryState.CLAIMED


def test_the_back_office_says_which_are_not_sent_again(refused: DigestDelivery, administrator: User, signed_in) -> None:
    DigestDeliveryFactory(user=refused.user, week="2026-W11", scheduled_for=MONDAY + timedelta(days=7))
    chosen = {"action": "send_again", "_selected_action": [refused.pk]}
    page = signed_in(administrator).post(UNDELIVERED, chosen, follow=True).content.decode()
    assert "A newer reminder has taken this one" in page
    assert "sent again" not in page.replace("send that one again", "")
