"""Passkeys with the authenticator that Chromium's own developer protocol plays: real keys, real signatures."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer

from crm.accounts.models import User
from tests.sign_in import PASSWORD, events_of

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, object], live_server: LiveServer) -> dict[str, object]:
    """Passkeys belong to a name: an address of numbers has none."""
    return browser_context_args | {"base_url": live_server.url.replace("127.0.0.1", "localhost")}


@pytest.fixture
def passkeys(page: Page) -> Iterator[CDPSession]:
    """The browser's device with a passkey store of its own."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield session
    session.detach()


def confirm(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def add_passkey(page: Page, name: str = "") -> None:
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    confirm(page)
    if name:
        page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def test_a_passkey_is_added_and_opens_the_account_alone(
    official: User, sign_in: Callable[[User], Page], passkeys: CDPSession
) -> None:
    page = sign_in(official)
    add_passkey(page, "work computer")
    page.goto("/account/2fa/")
    expect(page.get_by_text("work computer").first).to_be_visible()
    page.context.clear_cookies()
    page.goto("/deals/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda address: "/account/login/" not in address)
    assert page.url.endswith("/deals/")
    signed_in = [event.changes for event in events_of(official) if event.action == "signed_in"]
    assert signed_in == [{"with": "password"}, {"with": "passkey"}]


def test_it_is_the_second_step_after_a_password(
    official: User, sign_in: Callable[[User], Page], passkeys: CDPSession
) -> None:
    page = sign_in(official)
    add_passkey(page)
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(official.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My week")


def test_it_confirms_who_one_is_and_is_removed(
    official: User, sign_in: Callable[[User], Page], passkeys: CDPSession
) -> None:
    page = sign_in(official)
    add_passkey(page, "phone")
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My week")
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("link", name="Confirm by a passkey").click()
    page.get_by_role("button", name="Confirm by a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Remove the passkey")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("It is off: the password alone opens your account.")).to_be_visible()


def test_a_device_without_one_is_told_and_the_page_stays(official: User, page: Page, passkeys: CDPSession) -> None:
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The device gave no passkey")).to_be_visible()
    assert page.url.endswith("/account/login/")


def test_a_passkey_of_a_closed_account_opens_nothing(
    official: User, sign_in: Callable[[User], Page], passkeys: CDPSession
) -> None:
    page = sign_in(official)
    add_passkey(page)
    page.context.clear_cookies()
    User.objects.filter(pk=official.pk).update(is_active=False)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This account is closed")
    page.goto("/deals/")
    assert "/account/login/" in page.url


def test_a_removed_passkey_is_refused_in_words(
    official: User, sign_in: Callable[[User], Page], passkeys: CDPSession
) -> None:
    page = sign_in(official)
    add_passkey(page)
    official.authenticator_set.all().delete()
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("This passkey was not recognised.")).to_be_visible()
