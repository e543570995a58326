"""A real Chromium against the live server: the machine's own, nothing is downloaded."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from crm.accounts.models import User
from tests.browser.chromium import CHROMIUM, CHROMIUM_ARGUMENTS, NO_CHROMIUM

HERE = Path(__file__).parent
PASSWORD = "a long enough password"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not CHROMIUM:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_CHROMIUM)
    # Playwright's loop makes Django think that its calls are made from asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], live_server: LiveServer) -> dict[str, Any]:
    return browser_context_args | {"base_url": live_server.url, "locale": "en-GB", "reduced_motion": "reduce"}


@pytest.fixture
def sign_in(page: Page) -> Callable[[User], Page]:
    """Sign a user of the factories in through the form; give the page that they land on."""

    def by_form(user: User) -> Page:
        page.goto("/account/login/")
        page.get_by_label("E-mail").fill(user.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda address: "/account/login/" not in address)
        return page

    return by_form
