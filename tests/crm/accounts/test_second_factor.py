"""Who needs a second step, and how somebody who lost it gets in again."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from crm.accounts import services
from crm.accounts.models import User
from crm.shared.errors import NotAllowed
from tests.sign_in import code_for, events_of, give_app, is_signed_in, sign_in_by_password, text_of

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.mark.parametrize("role", ["manager", "administrator"])
def test_managers_and_administrators_set_it_up_before_anything_else(
    role: str, required: None, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(role))
    for address in ("/", "/deals/", "/settings/", "/back-office/"):
        assert client.get(address)["Location"] == "/account/2fa/", address
    page = client.get("/account/2fa/", headers={"accept-language": "en"})
    assert "Your role needs a second step" in text_of(page)
    answer = client.get("/api/v1/deals/")
    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_needed")
    swapped = client.get("/deals/", headers={"hx-request": "true"})
    assert swapped["HX-Redirect"] == "/account/2fa/"


def test_it_is_set_up_and_all_is_open(required: None, manager: User, signed_in: SignedIn) -> None:
    client = signed_in(give_app(manager))
    assert client.get("/deals/").status_code == 200


def test_others_are_not_asked(required: None, official: User, viewer: User, signed_in: SignedIn) -> None:
    for user in (official, viewer):
        assert signed_in(user).get("/deals/").status_code == 200


def test_without_the_setting_nobody_is_asked(manager: User, signed_in: SignedIn) -> None:
    assert signed_in(manager).get("/deals/").status_code == 200


def test_whoever_needs_it_keeps_the_last_one(required: None, manager: User) -> None:
    client = sign_in_by_password(give_app(manager))
    client.post("/account/2fa/authenticate/", {"code": code_for()})
    client.post("/account/reauthenticate/", {"password": "a long enough password"})
    answer = client.post("/account/2fa/totp/deactivate/")
    assert "set up another one first" in text_of(answer)
    assert Authenticator.objects.filter(user=manager, type="totp").exists()


def test_an_administrator_takes_a_lost_one_away(administrator: User, official: User) -> None:
    client = sign_in_by_password(official)
    give_app(official)
    services.reset_second_factor(official, by=administrator)
    assert not Authenticator.objects.filter(user=official).exists()
    assert not is_signed_in(client)
    changed = [event for event in events_of(official) if event.actor == administrator]
    assert [event.changes for event in changed] == [{"second_factor": ["totp", ""]}, {"sessions": 1}]


def test_nobody_else_does(administrator: User, manager: User, official: User, stranger: User) -> None:
    give_app(official)
    for by, user in ((manager, official), (official, official), (administrator, stranger)):
        with pytest.raises(NotAllowed):
            services.reset_second_factor(user, by=by)
    with pytest.raises(NotAllowed):
        services.reset_second_factor(administrator, by=administrator)
    assert Authenticator.objects.filter(user=official).exists()
