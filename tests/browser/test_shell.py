"""What the shell's scripts do, in a real browser under the real content policy."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from playwright.sync_api import Page, expect
from pytest_playwright_axe import Axe

from crm.accounts.models import User
from crm.shared.errors import NotAllowed
from crm.shared.htmx import announce, toast
from crm.urls import urlpatterns as site

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PAGE = """{% extends "base.html" %}{% block title %}Bench{% endblock %}{% block heading %}Bench{% endblock %}
{% block main %}
<button id="menu-button" popovertarget="menu">Menu</button>
<div class="menu" id="menu" popover><button id="choice" hx-get="/bench/dialog/" hx-target="#dialog">Move</button></div>
<p id="row"><button id="refuse" hx-post="/bench/refuse/" hx-target="#row">Refuse</button>
<button id="fine" hx-post="/bench/fine/" hx-target="#row" hx-swap="none">Fine</button></p>
{% endblock %}"""
DIALOG = """<dialog class="dialog" open aria-labelledby="title"><form hx-post="/bench/fine/" hx-target="#dialog">
<h2 id="title">Move?</h2><button type="button" data-close>Cancel</button><button id="go">Move</button>
</form></dialog>"""


def bench(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(PAGE).render({}, request))


def dialog(request: HttpRequest) -> HttpResponse:
    return HttpResponse(DIALOG)


def fine(request: HttpRequest) -> HttpResponse:
    return toast(announce(HttpResponse(""), "Moved to Memorandum"), "Moved", undo_url="/bench/fine/")


def refuse(request: HttpRequest) -> HttpResponse:
    raise NotAllowed("Only a manager may do this.")


handler404 = "crm.shared.views.not_found"
urlpatterns = [
    *site,
    path("bench/", bench),
    path("bench/dialog/", dialog),
    path("bench/fine/", fine),
    path("bench/refuse/", refuse),
]


@pytest.fixture
def bench_page(sign_in: Callable[[User], Page], official: User, settings: Any) -> Page:
    settings.ROOT_URLCONF = __name__
    page = sign_in(official)
    page.goto("/bench/")
    return page


def test_a_dialog_from_a_menu_opens_closes_and_gives_the_focus_back(bench_page: Page) -> None:
    bench_page.click("#menu-button")
    bench_page.click("#choice")
    expect(bench_page.locator("dialog:modal")).to_be_visible()
    expect(bench_page.locator("#menu")).to_be_hidden()
    bench_page.keyboard.press("Escape")
    expect(bench_page.locator("dialog")).to_have_count(0)
    expect(bench_page.locator("#menu-button")).to_be_focused()


def test_what_happened_is_said_and_can_be_undone(bench_page: Page) -> None:
    bench_page.click("#menu-button")
    bench_page.click("#choice")
    bench_page.click("#go")
    expect(bench_page.locator("dialog")).to_have_count(0)
    expect(bench_page.locator("#live")).to_have_text("Moved to Memorandum")
    expect(bench_page.locator("#toasts")).to_contain_text("Moved")
    with bench_page.expect_request("**/bench/fine/"):
        bench_page.click("[data-undo]")


def test_a_refusal_and_a_lost_connection_are_said_and_go_away(bench_page: Page) -> None:
    bench_page.click("#refuse")
    expect(bench_page.locator("#notices")).to_contain_text("Only a manager may do this.")
    bench_page.click("#fine")
    expect(bench_page.locator("#notices")).to_be_empty()
    bench_page.context.set_offline(True)
    bench_page.click("#fine")
    expect(bench_page.locator("#notices")).to_contain_text("the connection was lost")
    bench_page.context.set_offline(False)
    bench_page.click("[data-try-again]")
    expect(bench_page.locator("#notices")).to_be_empty()


def test_the_theme_changes_without_a_reload_and_stays(bench_page: Page) -> None:
    bench_page.evaluate("window.stayed = true")
    bench_page.click(".side-foot [value=dark]")
    expect(bench_page.locator("html")).to_have_attribute("data-theme", "dark")
    assert bench_page.evaluate("window.stayed")
    bench_page.reload()
    expect(bench_page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("width", [1440, 390])
def test_pages_are_accessible_and_fit(bench_page: Page, width: int) -> None:
    bench_page.set_viewport_size({"width": width, "height": 844})
    for address in ("/bench/", "/settings/", "/account/2fa/", "/nowhere/"):
        bench_page.goto(address)
        if width == 390:
            bench_page.click(".nav .phone")
        found = Axe().run(bench_page, html_report_generated=False, json_report_generated=False)
        assert [violation["id"] for violation in found["violations"]] == []
        assert bench_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
