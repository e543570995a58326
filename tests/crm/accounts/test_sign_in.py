"""Signing in and out, the second step, and what of it stands in the audit log."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"
SignedIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: str):
    return client.post("/account/login/", {"login": user.email, "password": password, **more})


def events_of(user: User) -> list[str]:
    return list(AuditEvent.objects.filter(record_id=str(user.pk)).order_by("pk").values_list("action", flat=True))


def test_signing_in_and_out_is_logged(official: User) -> None:
    client = Client()
    answer = sign_in(client, official, next="/settings/")
    assert answer["Location"] == "/settings/"
    assert client.get("/settings/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/settings/").status_code == 302
    assert events_of(official) == ["signed_in", "signed_out"]
    assert AuditEvent.objects.filter(door="page", address="127.0.0.1").count() == 2


def test_a_wrong_password_is_logged_without_it(official: User) -> None:
    answer = sign_in(Client(headers={"accept-language": "en"}), official, "my dog's name")
    assert "The e-mail or the password is not right." in answer.content.decode()
    event = AuditEvent.objects.get(action="sign_in_failed")
    assert event.changes == {"email": official.email}
    assert event.record_id == str(official.pk)


def test_guessing_is_stopped(official: User) -> None:
    client = Client(headers={"accept-language": "en"})
    for _ in range(5):
        sign_in(client, official, "wrong")
    assert "Too many attempts failed." in sign_in(client, official).content.decode()
    assert client.get("/settings/").status_code == 302


def test_a_closed_account_does_not_sign_in() -> None:
    closed = UserFactory(is_active=False, region__code="KZ-15")
    client = Client()
    sign_in(client, closed)
    assert client.get("/settings/").status_code == 302


def test_a_closed_account_is_signed_out(official: User, signed_in: SignedIn) -> None:
    client = signed_in(official)
    User.objects.filter(pk=official.pk).update(is_active=False)
    assert client.get("/settings/").status_code == 302


def test_after_signing_in_pages_speak_the_users_language() -> None:
    user = UserFactory(language="kk", region__code="KZ-15")
    client = Client(headers={"accept-language": "ru"})
    assert '<html lang="ru"' in client.get("/account/login/").content.decode()
    sign_in(client, user)
    assert '<html lang="kk"' in client.get("/settings/").content.decode()


def test_signing_in_leads_to_no_other_site(official: User) -> None:
    assert "elsewhere" not in sign_in(Client(), official, next="https://elsewhere.example/")["Location"]


def test_nobody_signs_up() -> None:
    page = Client(headers={"accept-language": "en"}).get("/account/signup/")
    assert "Nobody signs up here." in page.content.decode()
    Client().post("/account/signup/", {"email": "x@example.kz", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(email="x@example.kz").exists()


def test_the_back_office_sends_to_our_sign_in_page() -> None:
    answer = Client().get("/back-office/login/?next=/back-office/")
    assert answer["Location"].startswith("/account/login/?next=")


def test_the_back_office_is_for_staff(viewer: User, signed_in: SignedIn) -> None:
    assert signed_in(viewer).get("/back-office/login/").status_code == 403


def test_a_forgotten_password_is_set_by_mail_in_the_accounts_language() -> None:
    user = UserFactory(language="en", region__code="KZ-15")
    client = Client(headers={"accept-language": "ru"})
    client.post("/account/password/reset/", {"email": user.email})
    [letter] = mail.outbox
    assert letter.subject == "A new password for Sapar"
    [address] = re.findall(r"https?://[^/]+(/\S+)", letter.body)
    page = client.get(address, follow=True)
    form = re.search(r'action="(/account/password/reset/key/[^"]+)"', page.content.decode())
    assert form
    client.post(form[1], {"password1": "quite another one", "password2": "quite another one"})
    user.refresh_from_db()
    assert user.check_password("quite another one")
    assert events_of(user) == ["changed"]
    again = client.get(address, follow=True, headers={"accept-language": "en"})
    assert "used or is too old" in again.content.decode()


def test_an_unknown_address_gets_no_mail_and_the_same_answer(official: User) -> None:
    answers = [
        Client().post("/account/password/reset/", {"email": email}, follow=True).content.decode()
        for email in (official.email, "nobody@example.kz")
    ]
    texts = [re.sub(r'nonce="[^"]*"|Nonce": "[^"]*"|csrf[^>]*>|CSRF[^}]*}', "", answer) for answer in answers]
    assert texts[0] == texts[1]
    assert len(mail.outbox) == 1


def test_the_password_is_changed(official: User) -> None:
    client = Client()
    sign_in(client, official)
    client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "quite another one", "password2": "quite another one"},
    )
    official.refresh_from_db()
    assert official.check_password("quite another one")
    assert client.get("/settings/").status_code == 200


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_second_step_is_turned_on_asked_for_and_off(
    official: User, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[object]]]
) -> None:
    client = Client(headers={"accept-language": "en"})
    sign_in(client, official)
    asked = client.get("/account/2fa/totp/activate/")
    assert asked["Location"] == "/account/reauthenticate/?next=%2Faccount%2F2fa%2Ftotp%2Factivate%2F"
    wrong = client.post("/account/reauthenticate/", {"password": "wrong"})
    assert "This password is not right." in wrong.content.decode()
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/").content.decode()
    [secret] = re.findall(r"<code>(\w+)</code>", page)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post("/account/2fa/totp/activate/", {"code": code_for(secret)}, follow=True).content.decode()
    assert "Recovery codes" in page
    recovery = re.findall(r"<li><code>(\w+)</code>", page)
    assert len(recovery) == 10
    client.post("/account/logout/")

    answer = sign_in(client, official)
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert client.get("/settings/").status_code == 302
    page = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "This code is not right." in page.content.decode()
    client.post("/account/2fa/authenticate/", {"code": recovery[0]})
    assert client.get("/settings/").status_code == 200
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/2fa/totp/deactivate/")
    assert "It is off" in client.get("/account/2fa/").content.decode()
    assert events_of(official) == [
        "signed_in",
        "sign_in_failed",
        "changed",
        "changed",
        "signed_out",
        "sign_in_failed",
        "signed_in",
        "changed",
        "changed",
    ]


@pytest.mark.parametrize("name", ["account_email", "account_set_password", "account_request_login_code", "mfa_trust"])
def test_pages_that_are_not_ours_have_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
    assert Client().get("/account/email/").status_code == 404


INSIDE = [
    "account_change_password",
    "account_reauthenticate",
    "account_logout",
    "mfa_index",
    "mfa_activate_totp",
]
OUTSIDE = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
]


@pytest.mark.parametrize("name", OUTSIDE + INSIDE)
def test_each_page_is_drawn_by_us(name: str, official: User) -> None:
    client = Client()
    if name in INSIDE:
        sign_in(client, official)
        client.post("/account/reauthenticate/", {"password": PASSWORD})
    html = client.get(reverse(name)).content.decode()
    assert "sapar/sapar.css" in html
    assert not re.findall(r"<[^>]+\s(style|on\w+)=", html)
    assert "placeholder" not in html
