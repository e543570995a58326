"""The weekly mail as it would be now: exactly that, and nothing is sent, written or given away."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.accounts.models import User
from crm.reminders.models import AnswerPolicy, DigestDelivery
from crm.reminders.services import preview_digest, send_digest_now
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory

MONDAY = date(2026, 3, 2)
MORNING = datetime.fromisoformat("2026-03-02T10:00+05:00")
SignIn = Callable[[User], Client]
OWN, BODY = "/reminders/preview/", "/reminders/preview/body/"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def asked(official: User) -> User:
    for text, due in [("Ask for the plan", MONDAY), ("Send the memorandum", date(2026, 2, 20))]:
        CommitmentFactory(text=text, due_date=due, executor=official, about=DealFactory(title="Glass works"))
    return official


def back_office(user: User) -> str:
    return f"/back-office/reminders/digestdelivery/preview/{user.pk}/"


def without_addresses(html: str) -> str:
    return re.sub(r'href="[^"]*"', "", html)


def test_it_is_the_mail_that_is_sent_but_for_the_links_that_act(asked: User, manager: User) -> None:
    CommitmentFactory(text="Call the akimat", due_date=date(2026, 2, 10), executor=asked)
    for user in (asked, manager):
        shown = preview_digest(user, now=MORNING)
        assert shown is not None
        send_digest_now(user, on=MONDAY, now=MORNING)
        sent = mail.outbox[-1]
        assert isinstance(sent, mail.EmailMultiAlternatives)
        assert shown.subject == sent.subject
        assert without_addresses(shown.html) == without_addresses(str(sent.alternatives[0].content))
        assert [line for line in shown.text.splitlines() if "http" not in line] == [
            line for line in str(sent.body).splitlines() if "http" not in line
        ]


def test_no_link_acts_without_sign_in(asked: User) -> None:
    shown = preview_digest(asked, now=MORNING)
    assert shown is not None
    assert "Done" in shown.html
    paths = {urlsplit(url).path for url in re.findall(r'https?://[^"\s<]+', shown.html + shown.text)}
    assert "/settings/" in paths
    assert not [path for path in paths if path.startswith("/reminders/")]
    for path in paths - {"/1999/xhtml"}:
        answer = Client().get(path)
        assert (answer.status_code, "/account/login/" in answer.headers.get("Location", "")) == (302, True), path


def test_nothing_is_sent_or_written(asked: User, administrator: User, signed_in: SignIn) -> None:
    """Not in any table, whatever the digest reads."""
    visits = [(signed_in(asked), (OWN, BODY)), (signed_in(administrator), (back_office(asked), BODY))]
    for client, paths in visits:  # what a first visit notes of a session is no matter of the preview's
        client.get(paths[0])
    rows = {model: model._default_manager.count() for model in apps.get_models()}
    with CaptureQueriesContext(connection) as asked_of_database:
        for client, paths in visits:
            for path in paths:
                assert client.get(path).status_code == 200
        assert preview_digest(asked, now=MORNING) is not None
    said = [query["sql"] for query in asked_of_database.captured_queries]
    writing = [sql for sql in said if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "session" not in sql]
    assert writing == []
    assert {model: model._default_manager.count() for model in rows} == rows
    assert (mail.outbox, DigestDelivery.objects.count()) == ([], 0)


def test_ones_own_stands_in_a_sandboxed_frame_and_in_plain_text(asked: User, signed_in: SignIn) -> None:
    client = signed_in(asked)
    assert OWN in client.get("/settings/").content.decode()
    page = client.get(OWN).content.decode()
    assert "1 overdue, 1 to do today" in page
    assert "- Send the memorandum (10 days late)" in page
    [frame] = re.findall(r"<iframe[^>]*>", page)
    assert f'src="{BODY}"' in frame
    assert 'sandbox="allow-top-navigation-by-user-activation"' in frame
    body = client.get(BODY)
    assert "Send the memorandum" in body.content.decode()
    assert "default-src 'none'" in body["Content-Security-Policy"]
    assert body["X-Frame-Options"] == "SAMEORIGIN"
    assert "script" not in body["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_it_is_in_the_persons_language_whoever_looks(
    language: str, asked: User, administrator: User, signed_in: SignIn
) -> None:
    said = {"kk": "Мерзімі өтті", "ru": "Просрочено", "en": "Overdue"}[language]
    User.objects.filter(pk=asked.pk).update(language=language)
    User.objects.filter(pk=administrator.pk).update(language="en")
    client = signed_in(administrator)
    assert f"\n{said}\n" in client.get(back_office(asked)).content.decode()
    body = client.get(f"/reminders/preview/{asked.pk}/body/").content.decode()
    assert (said in body, f'lang="{language}"' in body) == (True, True)


def test_who_is_asked_nothing_is_told_that_no_mail_would_come(
    official: User, administrator: User, signed_in: SignIn
) -> None:
    assert preview_digest(official, now=MORNING) is None
    page = signed_in(official).get(OWN).content.decode()
    assert "Nothing waits for you now" in page
    assert "<iframe" not in page
    assert signed_in(official).get(BODY).content == b""
    assert "no mail would come now" in signed_in(administrator).get(back_office(official)).content.decode()


def test_a_region_that_wants_sign_in_shows_no_answers(asked: User) -> None:
    AnswerPolicy.objects.create(region=asked.region, allows_answers_by_mail=False)
    shown = preview_digest(asked, now=MORNING)
    assert shown is not None
    assert ("Send the memorandum" in shown.html, "Done" in shown.html) == (True, False)


def test_a_partner_sees_their_own(partner: User, signed_in: SignIn) -> None:
    CommitmentFactory(text="Show the plot", due_date=MONDAY, executor=partner)
    assert "Show the plot" in signed_in(partner).get(BODY).content.decode()


def test_what_people_wrote_stays_text(asked: User, administrator: User, signed_in: SignIn) -> None:
    CommitmentFactory(text="Ask <script>for</script>", due_date=MONDAY, executor=asked)
    User.objects.filter(pk=asked.pk).update(full_name="A <script>name</script>")
    for user, path in [(asked, OWN), (asked, BODY), (administrator, back_office(asked))]:
        page = signed_in(user).get(path).content.decode()
        assert "&lt;script&gt;for" in page
        assert "<script>for" not in page
        assert "<script>name" not in page


def test_that_it_is_turned_off_is_said(asked: User, administrator: User, signed_in: SignIn) -> None:
    User.objects.filter(pk=asked.pk).update(digest_wanted=False)
    for client, path in [(signed_in(asked), OWN), (signed_in(administrator), back_office(asked))]:
        assert "The weekly reminder is turned off." in client.get(path).content.decode()


def test_an_administrator_looks_at_people_of_the_own_tree_alone(
    asked: User, stranger: User, administrator: User, manager: User, signed_in: SignIn
) -> None:
    CommitmentFactory(text="Somebody else's", due_date=MONDAY, executor=stranger, region=stranger.region)
    own, over_all = signed_in(administrator), signed_in(UserFactory(role="administrator", region__code="KZ"))
    for path in (back_office(stranger), f"/reminders/preview/{stranger.pk}/body/"):
        assert own.get(path).status_code == 404
        assert "Somebody else&#x27;s" in over_all.get(path).content.decode()
        assert signed_in(manager).get(path).status_code == 403
    account = f"/back-office/accounts/user/{asked.pk}/change/"
    assert back_office(asked) in own.get(account).content.decode()
    assert back_office(asked) not in signed_in(manager).get(account).content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_the_same_queries_for_any_number(
    official: User, signed_in: SignIn, number: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(number):
        CommitmentFactory(due_date=MONDAY, executor=official, about=DealFactory())
    client = signed_in(official)
    client.get(OWN)
    with django_assert_max_num_queries(12):
        client.get(OWN)
