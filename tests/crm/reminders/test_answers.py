"""Answers by the links of a mail: without sign-in, once, and never by a GET."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client

from crm.accounts.models import User
from crm.accounts.services import deactivate_user
from crm.audit.models import AuditEvent
from crm.commitments.choices import CommitmentStatus
from crm.commitments.models import Commitment
from crm.reminders.answers import SALT, link_to, read_link
from crm.reminders.digest import digest_of
from crm.reminders.errors import AlreadyAnswered
from crm.reminders.models import AnswerPolicy, DigestDelivery, MailAnswer
from crm.reminders.queries import agendas_for, items_for
from crm.reminders.registry import Item, find_answer
from crm.reminders.services import send_digest_now
from crm.reminders.services.answering import answer_by_link
from crm.reminders.services.composing import write_digest
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory

MONDAY = date(2026, 3, 2)
MORNING = datetime.fromisoformat("2026-03-02T10:00+05:00")


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def commitment(official: User) -> Commitment:
    return CommitmentFactory(executor=official, due_date=MONDAY, text="Send the memorandum")


def item_of(user: User) -> Item:
    [item] = items_for([user], on=MONDAY)[user.pk]
    return item


def address(user: User, code: str = "") -> str:
    token = link_to(item_of(user), asked_on=MONDAY)
    return f"/reminders/answers/{token}/{code + '/' if code else ''}"


@pytest.fixture
def done(official: User, commitment: Commitment) -> str:
    return address(official, "done")


def test_the_mail_offers_each_answer_at_an_address_of_this_site(
    official: User, commitment: Commitment, settings: Any
) -> None:
    digest = digest_of(official, agendas_for([official], on=MONDAY)[official.pk], on=MONDAY)
    links = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', write_digest(digest).html)
    offered = {label: url for url, label in links if "/answers/" in url}
    assert list(offered) == ["Done", "+1 week", "New date", "other answer"]
    assert all(url.startswith(settings.SITE_URL + "/reminders/answers/") for url in offered.values())
    for url in offered.values():
        assert "Send the memorandum" in Client().get(urlsplit(url).path).content.decode()


def test_following_the_link_does_nothing_and_the_press_answers_as_its_user(
    official: User, commitment: Commitment, done: str
) -> None:
    visitor = Client(enforce_csrf_checks=True)
    for ask in (visitor.get, visitor.head):
        assert ask(done).status_code == 200
    commitment.refresh_from_db()
    assert (commitment.status, MailAnswer.objects.count()) == (CommitmentStatus.OPEN, 0)
    page = visitor.post(done, {"proof": "Sent under no. 12"}, follow=True).content.decode()
    assert "Done: Send the memorandum" in page
    commitment.refresh_from_db()
    assert (commitment.status, commitment.closed_by, commitment.proof) == (
        CommitmentStatus.KEPT,
        official,
        "Sent under no. 12",
    )
    event = AuditEvent.objects.filter(model="commitments.commitment").latest("pk")
    assert (event.actor_id, event.door) == (official.pk, "mail")


def test_a_link_answers_once_and_says_kindly_what_was_answered(official: User, commitment: Commitment) -> None:
    urls = [address(official, code) for code in ("next_week", "done")]
    visitor = Client()
    visitor.post(urls[0])
    for again in (visitor.get(urls[0]), visitor.post(urls[0]), visitor.post(urls[1])):
        html = again.content.decode()
        assert "Thank you, your answer is noted" in html
        assert "Moved to Tuesday, 10 March: Send the memorandum" in html
        assert "Answered on" in html
    commitment.refresh_from_db()
    assert (commitment.status, commitment.due_date) == (CommitmentStatus.OPEN, date(2026, 3, 10))
    assert MailAnswer.objects.count() == 1


def test_two_presses_at_one_moment_answer_once(official: User, commitment: Commitment) -> None:
    """The second passed the look at what was answered before the first was there."""
    link = read_link(link_to(item_of(official), asked_on=MONDAY))
    week = find_answer("our_commitment", "next_week")
    assert week is not None
    first = answer_by_link(link, week, {}, on=MONDAY)
    with pytest.raises(AlreadyAnswered) as refused:
        answer_by_link(link, week, {}, on=MONDAY)
    assert refused.value.given == first
    commitment.refresh_from_db()
    assert commitment.due_date == date(2026, 3, 10)


def test_undo_takes_it_back_within_the_hour_and_the_link_is_good_again(
    official: User, commitment: Commitment, done: str, clock: Any
) -> None:
    undo = address(official, "undo")
    visitor = Client()
    visitor.post(done)
    assert "Send the memorandum" in visitor.post(undo, follow=True).content.decode()
    commitment.refresh_from_db()
    assert commitment.status == CommitmentStatus.OPEN
    page = visitor.post(done, follow=True).content.decode()
    assert "undo/" in page
    clock.shift(timedelta(hours=2))
    assert "undo/" not in visitor.get(done).content.decode()
    visitor.post(undo)
    commitment.refresh_from_db()
    assert commitment.status == CommitmentStatus.KEPT


def test_what_is_missing_is_said_and_the_link_stays_good(official: User, commitment: Commitment) -> None:
    url = address(official, "new_date")
    refused = Client().post(url, {"due": "2026-02-27"})
    assert refused.status_code == 422
    assert "This day has passed." in refused.content.decode()
    assert MailAnswer.objects.count() == 0
    Client().post(url, {"due": "2026-03-20"})
    commitment.refresh_from_db()
    assert commitment.due_date == date(2026, 3, 20)


def test_an_old_link_says_so_and_answers_nothing(commitment: Commitment, done: str, clock: Any) -> None:
    clock.shift(timedelta(days=15))
    for ask in (Client().get, Client().post):
        page = ask(done)
        assert page.status_code == 410
        assert "This link is too old" in page.content.decode()
    commitment.refresh_from_db()
    assert commitment.status == CommitmentStatus.OPEN


def test_a_link_that_was_cut_changed_or_signed_for_something_else_is_none(
    official: User, commitment: Commitment, done: str
) -> None:
    token = done.split("/")[3]
    forged = signing.dumps(signing.loads(token, salt=SALT), salt="reminders.unsubscribe")
    for wrong in (token[:-1], "x" + token, forged):
        assert Client().post(f"/reminders/answers/{wrong}/done/").status_code == 404
    assert Client().post(done.replace("/done/", "/reopen/")).status_code == 404
    commitment.refresh_from_db()
    assert commitment.status == CommitmentStatus.OPEN


def test_links_outlive_a_new_secret_as_long_as_the_old_one_is_kept(
    commitment: Commitment, done: str, settings: Any
) -> None:
    former, settings.SECRET_KEY = settings.SECRET_KEY, "a-new-secret-that-nobody-can-guess-0123456789"
    assert Client().get(done).status_code == 404
    settings.SECRET_KEY_FALLBACKS = [former]
    assert Client().get(done).status_code == 200


def test_a_region_can_want_sign_in_and_those_below_follow(
    official: User, national: User, commitment: Commitment, done: str
) -> None:
    AnswerPolicy.objects.create(region=national.region, allows_answers_by_mail=False)
    for ask in (Client().get, Client().post):
        page = ask(done)
        assert page.status_code == 403
        assert "Your region answers after signing in" in page.content.decode()
    commitment.refresh_from_db()
    assert commitment.status == CommitmentStatus.OPEN
    AnswerPolicy.objects.create(region=official.region, allows_answers_by_mail=True)
    assert Client().get(done).status_code == 200


def test_what_is_settled_since_is_said_so(official: User, colleague: User, commitment: Commitment, done: str) -> None:
    Commitment.objects.filter(pk=commitment.pk).update(executor=colleague)
    for ask in (Client().get, Client().post):
        assert "This is settled already" in ask(done).content.decode()
    commitment.refresh_from_db()
    assert commitment.status == CommitmentStatus.OPEN


def test_who_has_left_or_lost_sight_of_it_answers_no_more(
    official: User, administrator: User, stranger: User, commitment: Commitment, done: str
) -> None:
    User.objects.filter(pk=official.pk).update(region=stranger.region)
    assert "This is settled already" in Client().post(done).content.decode()
    User.objects.filter(pk=official.pk).update(region=administrator.region)
    deactivate_user(User.objects.get(pk=official.pk), by=administrator)
    assert Client().post(done).status_code == 404
    commitment.refresh_from_db()
    assert commitment.status == CommitmentStatus.OPEN


def test_somebody_else_signed_in_here_answers_as_whom_the_mail_asked(
    official: User, stranger: User, commitment: Commitment, done: str, signed_in: Any
) -> None:
    client = signed_in(stranger)
    assert f"You answer as {official.full_name}" in client.get(done).content.decode()
    client.post(done)
    commitment.refresh_from_db()
    assert commitment.closed_by == official


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("kk", "Орындалды"), ("ru", "Исполнено"), ("en", "Done")])
def test_the_page_speaks_the_language_of_whom_the_mail_asked(language: str, word: str) -> None:
    user = UserFactory(language=language)
    CommitmentFactory(executor=user, due_date=MONDAY)
    page = Client(headers={"Accept-Language": "de"}).get(address(user, "done"))
    assert f'lang="{language}"' in page.content.decode()
    assert word in page.content.decode()


def test_the_page_is_for_its_reader_alone(done: str) -> None:
    headers = Client().get(done).headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"


def test_the_digest_holds_the_answers_and_a_strict_office_gets_none(official: User, commitment: Commitment) -> None:
    send_digest_now(official, on=MONDAY, now=MORNING)
    html, text = mail.outbox[0].alternatives[0].content, mail.outbox[0].body
    for label in ("Done", "+1 week", "New date", "other answer"):
        assert re.search(rf'href="http://127.0.0.1:8000/reminders/answers/[^"]+"[^>]*>{re.escape(label)}<', html)
    [url] = re.findall(r"http://127.0.0.1:8000(/reminders/answers/\S+)", text)
    assert "Send the memorandum" in Client().get(url).content.decode()
    AnswerPolicy.objects.create(region=official.region, allows_answers_by_mail=False)
    DigestDelivery.objects.update(state="empty")
    send_digest_now(official, on=MONDAY, now=MORNING)
    assert "/reminders/answers/" not in mail.outbox[1].alternatives[0].content + mail.outbox[1].body
