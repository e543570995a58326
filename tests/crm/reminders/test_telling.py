"""Administrators hear of each mail that did not arrive: once, in one mail."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from crm.accounts.models import User
from crm.reminders.models import DigestDelivery, Letter
from crm.reminders.services import send_again, send_digests, tell_of_undelivered, write_letter
from tests.crm.reminders.conftest import MailServer
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.reminders import DigestDeliveryFactory

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def refused(person: User, words: str = "550 5.1.1 no such user", **fields: Any) -> DigestDelivery:
    return DigestDeliveryFactory(user=person, state="failed", error=words, attempts=1, **fields)


def told() -> dict[str, str]:
    return {letter.address: letter.text for letter in Letter.objects.filter(key__startswith="undelivered")}


def test_a_refusal_of_the_mail_server_reaches_the_administrator(
    official: User, administrator: User, mail_server: MailServer
) -> None:
    CommitmentFactory(executor=official, due_date=timezone.localdate())
    mail_server.at_rcpt = ["550 5.1.1 no such user"]
    send_digests([DigestDeliveryFactory(user=official).pk])
    assert tell_of_undelivered(now=NOW) == 1
    text = told()[administrator.email]
    assert official.email in text
    assert "no such user" in text
    assert "Nothing more is sent to this address" in text
    assert "/back-office/reminders/undelivereddigest/" in text


def test_what_failed_together_is_told_in_one_mail_once(official: User, colleague: User, administrator: User) -> None:
    refused(official)
    refused(colleague, "554 looks like spam")
    assert [tell_of_undelivered(now=NOW) for _ in range(2)] == [1, 0]
    [letter] = Letter.objects.all()
    assert letter.subject == "2 mails could not be delivered"
    assert (official.email in letter.text, "looks like spam" in letter.text) == (True, True)
    assert "Nothing more is sent to this address" not in letter.text


def test_what_fails_once_more_is_told_once_more(official: User, administrator: User) -> None:
    delivery = refused(official)
    tell_of_undelivered(now=NOW)
    send_again(delivery, by=administrator)
    assert tell_of_undelivered(now=NOW) == 0
    DigestDelivery.objects.update(state="failed", attempts=2)
    assert tell_of_undelivered(now=NOW) == 1


def test_a_single_mail_counts_too_but_not_one_that_tells_of_others(official: User, administrator: User) -> None:
    letter = write_letter(
        key="debrief.1", address="guest@example.kz", region=official.region, subject="Whom I met", text="x", html="x"
    )
    Letter.objects.filter(pk=letter.pk).update(state="failed", error="550 no such user")
    tell_of_undelivered(now=NOW)
    text = told()[administrator.email]
    assert "guest@example.kz" in text
    assert "Whom I met" in text
    Letter.objects.update(state="failed")
    assert tell_of_undelivered(now=NOW) == 0


def test_only_administrators_of_the_region_are_told_and_those_above_where_it_has_none(
    official: User, administrator: User, stranger: User
) -> None:
    above = UserFactory(role="administrator", region__code="KZ")
    other = refused(stranger)
    refused(official)
    tell_of_undelivered(now=NOW)
    assert {address: official.email in text for address, text in told().items()} == {
        administrator.email: True,
        above.email: False,
    }
    assert stranger.email in told()[above.email]
    assert other.user.email not in told()[administrator.email]


def test_an_administrator_whose_own_address_failed_is_passed_over(official: User, administrator: User) -> None:
    above = UserFactory(role="administrator", region__code="KZ")
    User.objects.filter(pk=administrator.pk).update(address_failed_at=NOW)
    refused(administrator)
    tell_of_undelivered(now=NOW)
    assert set(told()) == {above.email}


def test_the_mail_speaks_the_administrators_language(official: User, administrator: User) -> None:
    User.objects.filter(pk=administrator.pk).update(language="ru")
    refused(official)
    tell_of_undelivered(now=NOW)
    [letter] = Letter.objects.all()
    assert letter.subject == "Не доставлено 1 письмо"
    assert 'lang="ru"' in letter.html


@pytest.mark.parametrize("number", [1, 12])
def test_telling_takes_the_same_queries_for_any_number_of_mails(
    administrator: User, number: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(number):
        refused(UserFactory(region__code="KZ-15"))
    with django_assert_max_num_queries(12):
        tell_of_undelivered(now=NOW)
