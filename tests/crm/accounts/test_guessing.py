"""Passwords are kept by Argon2, and guessing them, or codes, is stopped: by account and by the visitor's address."""

from typing import Any

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client

from crm import sign_in_settings
from crm.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.sign_in import PASSWORD, code_for, events_of, give_app, is_signed_in, sign_in_by_password, text_of

pytestmark = pytest.mark.django_db


def attempt(user: User, password: str = "wrong", address: str = "10.0.0.1") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.post("/account/login/", {"login": user.email, "password": password}, REMOTE_ADDR=address)
    return client


def test_passwords_are_kept_by_argon2(settings: Any) -> None:
    settings.PASSWORD_HASHERS = sign_in_settings.PASSWORD_HASHERS
    kept = make_password(PASSWORD)
    assert kept.startswith("argon2$argon2id$")
    assert check_password(PASSWORD, kept)


def test_five_failures_close_an_account_for_a_while_from_every_address(official: User) -> None:
    for number in range(5):
        attempt(official, address=f"10.0.0.{number}")
    assert not is_signed_in(attempt(official, PASSWORD, address="10.0.0.99"))


def test_ten_failures_close_the_door_to_an_address_whatever_the_account(official: User) -> None:
    for _ in range(10):
        attempt(UserFactory(region=official.region))
    assert not is_signed_in(attempt(official, PASSWORD))
    assert is_signed_in(attempt(official, PASSWORD, address="10.0.0.2"))


def test_codes_are_not_guessed_either(official: User) -> None:
    client = sign_in_by_password(give_app(official))
    for _ in range(5):
        client.post("/account/2fa/authenticate/", {"code": "000000"})
    told = client.post("/account/2fa/authenticate/", {"code": code_for()})
    assert "Too many attempts failed." in text_of(told)
    assert not is_signed_in(client)
    assert [event.action for event in events_of(official)] == ["sign_in_failed"] * 5


@pytest.mark.parametrize("password", ["short", "1234567890", "password123", "official-of-region"])
def test_poor_passwords_are_refused(password: str) -> None:
    user = UserFactory(region__code="KZ-15", email="official-of-region@example.kz")
    client = sign_in_by_password(user)
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post("/account/password/change/", form).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_whoever_has_no_password_sets_the_first_by_mail(official: User) -> None:
    client = sign_in_by_password(official)
    official.set_unusable_password()
    official.save()
    client.force_login(official)
    assert client.get("/account/password/change/")["Location"] == "/account/password/reset/"
