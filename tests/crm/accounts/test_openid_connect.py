"""Signing in through the office's own provider, a real one on this machine: known people, by verified address."""

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client

from crm import sign_in_settings
from crm.accounts.models import User
from crm.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider, running_provider
from tests.sign_in import code_for, events_of, give_app, is_signed_in, sign_in_by_password, text_of

pytestmark = pytest.mark.django_db
DOOR = "/account/directory/127-0-0-1/"


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider named in the environment as an office does."""
    with running_provider() as running:
        monkeypatch.setattr(sign_in_settings, "OIDC_ISSUER", running.issuer)
        monkeypatch.setenv("OIDC_CLIENT_ID", CLIENT_ID)
        monkeypatch.setenv("OIDC_CLIENT_SECRET", CLIENT_SECRET)
        monkeypatch.setenv("OIDC_NAME", "Akimat")
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": sign_in_settings.openid_connect()}
        yield running


def person(user: User, **claims: Any) -> dict[str, Any]:
    return {"sub": f"person-{user.pk}", "email": user.email, "email_verified": True, **claims}


def ask_provider(address: str) -> str:
    """Go where Sapar sends the browser; return where the provider sends it back to."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    connection.request("GET", f"{parts.path}?{parts.query}")
    location = connection.getresponse().headers["Location"]
    connection.close()
    return location


def come_back(client: Client, query: str = "") -> HttpResponse:
    """Go the whole way through the provider."""
    back = urlsplit(ask_provider(client.get(f"{DOOR}{query}")["Location"]))
    return client.get(f"{back.path}?{back.query}")


def english() -> Client:
    return Client(headers={"accept-language": "en"})


def test_a_known_person_signs_in_where_they_wanted_to_go(provider: Provider, official: User) -> None:
    provider.claims = person(official, email=official.email.upper())
    client = english()
    page = text_of(client.get("/account/login/?next=/deals/"))
    assert f'href="{DOOR}?next=%2Fdeals%2F"' in page
    assert "Sign in through Akimat" in page
    assert come_back(client, "?next=/deals/")["Location"] == "/deals/"
    assert is_signed_in(client)
    tied, came = events_of(official)
    assert tied.changes == {"directory": ["", f"127-0-0-1: person-{official.pk}"]}
    assert (came.action, came.changes) == ("signed_in", {"with": "directory"})
    official.refresh_from_db()
    assert official.check_password("a long enough password"), "the password stays"


def test_afterwards_the_providers_number_counts_whatever_the_address(provider: Provider, official: User) -> None:
    provider.claims = person(official)
    come_back(english())
    provider.claims |= {"email": "renamed@example.kz", "email_verified": False}
    client = english()
    come_back(client)
    assert is_signed_in(client)
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("verified", [False, None])
def test_an_address_that_is_not_verified_opens_nothing(
    provider: Provider, official: User, verified: bool | None
) -> None:
    provider.claims = person(official, email_verified=verified)
    client = english()
    page = come_back(client)
    assert "Accounts are made by an administrator" in text_of(page)
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()
    assert AuditEvent.objects.get().changes == {"email": official.email, "with": "directory"}


def test_an_office_may_vouch_for_its_providers_addresses(
    provider: Provider, official: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIDC_ADDRESSES_ARE_VERIFIED", "1")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": sign_in_settings.openid_connect()}
    provider.claims = person(official)
    del provider.claims["email_verified"]
    client = english()
    come_back(client)
    assert is_signed_in(client)


def test_somebody_unknown_gets_no_account(provider: Provider, db: None) -> None:
    provider.claims = {"sub": "1", "email": "nobody@example.kz", "email_verified": True, "name": "Nobody"}
    client = english()
    assert "Ask the administrator of your region" in text_of(come_back(client))
    assert not User.objects.exists()
    assert not is_signed_in(client)


def test_a_closed_account_stays_closed(provider: Provider) -> None:
    closed = UserFactory(is_active=False, region__code="KZ-15")
    provider.claims = person(closed)
    client = english()
    come_back(client)
    assert not is_signed_in(client)
    SocialAccount.objects.create(user=closed, provider="127-0-0-1", uid=f"person-{closed.pk}")
    answer = come_back(client)
    assert answer["Location"] == "/account/inactive/"
    assert not is_signed_in(client)


def test_the_second_step_is_still_asked(provider: Provider, official: User) -> None:
    provider.claims = person(give_app(official))
    client = english()
    assert come_back(client)["Location"] == "/account/2fa/authenticate/"
    assert not is_signed_in(client)
    client.post("/account/2fa/authenticate/", {"code": code_for()})
    assert is_signed_in(client)
    assert events_of(official)[-1].changes == {"with": "directory, code"}


def test_nobody_ties_anothers_person_to_the_own_account(provider: Provider, official: User, colleague: User) -> None:
    """``process=connect`` in the address is not obeyed: who is vouched for signs in as themselves."""
    provider.claims = person(colleague)
    client = sign_in_by_password(official)
    come_back(client, "?process=connect")
    assert SocialAccount.objects.get().user == colleague
    assert client.get("/api/v1/users/me/").json()["email"] == colleague.email


def test_the_way_leads_to_no_other_site(provider: Provider, official: User) -> None:
    provider.claims = person(official)
    assert come_back(english(), "?next=https://elsewhere.example/")["Location"] == "/"


def test_whoever_says_no_at_the_provider_is_back_at_the_door(provider: Provider) -> None:
    provider.refuses = "access_denied"
    assert come_back(english())["Location"] == "/account/directory/cancelled/"
    assert "Signing in was cancelled" in text_of(english().get("/account/directory/cancelled/"))


def test_what_the_provider_did_not_say_to_this_browser_is_refused(provider: Provider, official: User) -> None:
    provider.claims = person(official)
    back = urlsplit(ask_provider(english().get(DOOR)["Location"]))
    thief = english()
    assert "did not confirm who you are" in text_of(thief.get(f"{back.path}?{back.query}"))
    assert not is_signed_in(thief)


def test_a_code_works_once(provider: Provider, official: User) -> None:
    provider.claims = person(official)
    client = english()
    back = urlsplit(ask_provider(client.get(DOOR)["Location"]))
    client.get(f"{back.path}?{back.query}")
    client.post("/account/logout/")
    assert "did not confirm" in text_of(client.get(f"{back.path}?{back.query}"))
    assert not is_signed_in(client)


def test_a_token_for_somebody_else_is_refused(provider: Provider, official: User) -> None:
    provider.claims, provider.audience = person(official), "another client"
    client = english()
    assert "did not confirm" in text_of(come_back(client))
    assert not is_signed_in(client)


def test_a_provider_that_does_not_answer_is_said(settings: Any, provider: Provider, db: None) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    assert "could not be reached" in text_of(english().get(DOOR))


def test_without_a_provider_there_is_no_door(db: None) -> None:
    assert "Sign in through" not in text_of(english().get("/account/login/"))
    assert english().get(DOOR).status_code == 404


def test_what_is_missing_in_the_environment_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OIDC_CLIENT_ID", raising=False)
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "x")
    with pytest.raises(ImproperlyConfigured, match="Set OIDC_CLIENT_ID: "):
        sign_in_settings.openid_connect()
