"""A real Chromium against the live server: the machine's own, nothing is downloaded."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, Playwright
from pytest_django.live_server_helper import LiveServer

from crm.accounts.models import User

HERE = Path(__file__).parent
PASSWORD = "a long enough password"
CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not CHROMIUM:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("No Chromium here: `apt install chromium` has it.")
    # Playwright's loop makes Django think that its calls are made from asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return browser_type_launch_args | {
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
    }


@pytest.fixture(scope="session")
def reference_data(django_db_setup: None) -> str:
    """What the migrations wrote, as Django keeps it for tests that empty the tables; asked for before Playwright."""
    return str(getattr(connection, "_test_serialized_contents", ""))


@pytest.fixture(scope="session")
def playwright(reference_data: str, playwright: Playwright) -> Playwright:
    # Playwright's loop runs from here on, and with a loop running Django hands out another connection object, which
    # knows nothing of the data kept on the first one.
    if reference_data:
        connection._test_serialized_contents = reference_data  # type: ignore[attr-defined]
    return playwright


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
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda address: "/account/login/" not in address)
        return page

    return by_form
