"""Stopping the weekly mail: a page for people, one click for mail programs (RFC 8058)."""

import pytest
from django.test import Client

from crm.accounts.models import User
from crm.audit.choices import Door
from crm.audit.models import AuditEvent
from crm.reminders.services import one_click_url, unsubscribe_url

SITE = "http://127.0.0.1:8000"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def program() -> Client:
    """A mail program: it has no cookie, and nobody checks its form for a token of ours."""
    return Client(enforce_csrf_checks=True)


def path_of(url: str) -> str:
    assert url.startswith(SITE)
    return url.removeprefix(SITE)


def wants(user: User) -> bool:
    return User.objects.get(pk=user.pk).digest_wanted


def test_one_post_of_a_mail_program_stops_the_digests_and_says_so_in_the_persons_language(
    official: User, program: Client
) -> None:
    User.objects.filter(pk=official.pk).update(language="ru")
    response = program.post(path_of(one_click_url(official)), ONE_CLICK)
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert "еженедельн" in response.content.decode().lower()
    assert not wants(official)
    event = AuditEvent.objects.get(model="accounts.user")
    assert (event.door, event.actor_id, event.changes) == (Door.MAIL, official.pk, {"digest_wanted": [True, False]})


def test_a_second_click_changes_nothing_more(official: User, program: Client) -> None:
    for _ in range(2):
        assert program.post(path_of(one_click_url(official)), ONE_CLICK).status_code == 200
    assert AuditEvent.objects.filter(model="accounts.user").count() == 1


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "Maybe"}])
def test_a_post_that_does_not_say_one_click_stops_nothing(official: User, program: Client, body: dict) -> None:
    assert program.post(path_of(one_click_url(official)), body).status_code == 400
    assert wants(official)


def test_a_scanner_that_follows_links_stops_nothing(official: User, program: Client) -> None:
    for url in (one_click_url(official), unsubscribe_url(official)):
        response = program.get(path_of(url), follow=True)
        assert response.status_code == 200
        assert response.templates[0].name == "reminders/unsubscribe.html"
        program.head(path_of(url))
    assert wants(official)


def test_the_page_stops_them_by_its_button_without_signing_in(official: User) -> None:
    client = Client()
    page = client.get(path_of(unsubscribe_url(official)))
    assert not page.context["stopped"]
    assert client.post(path_of(unsubscribe_url(official))).context["stopped"]
    assert not wants(official)


def test_the_door_without_a_token_of_ours_is_for_mail_programs_alone(official: User, program: Client) -> None:
    assert program.post(path_of(unsubscribe_url(official)), ONE_CLICK).status_code == 403
    assert wants(official)


@pytest.mark.parametrize("url_of", [one_click_url, unsubscribe_url])
def test_a_link_that_was_cut_or_forged_opens_nothing(official: User, colleague: User, client: Client, url_of) -> None:
    path = path_of(url_of(official))
    token = path.split("/")[3]
    forged = token.replace(token.split(":")[0], url_of(colleague).split("/")[5].split(":")[0])
    for wrong in (token[:-2], forged):
        assert client.post(path.replace(token, wrong), ONE_CLICK).status_code == 404
    assert wants(official)
    assert wants(colleague)


def test_a_link_of_somebody_who_left_opens_nothing(official: User, program: Client) -> None:
    User.objects.filter(pk=official.pk).update(is_active=False)
    assert program.post(path_of(one_click_url(official)), ONE_CLICK).status_code == 404
