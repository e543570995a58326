"""Meetings by day in a real browser: by keyboard alone, and on a phone."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.accounts.models import User
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_by_keyboard_to_the_next_month_with_the_filter_kept(manager: User, sign_in: Callable[[User], Page]) -> None:
    today = timezone.localdate()
    after = (today.replace(day=1) + datetime.timedelta(days=40)).replace(day=10)
    for subject in ("Plot", "Tariff"):
        MeetingFactory(region=manager.region, subject=subject, date=after)
    page = sign_in(manager)
    page.goto("/meetings/?view=month")
    page.get_by_label("Subject, place or organisation").fill("plot")
    page.locator("a[rel=next][href*='q=plot']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "on=" in address and "q=plot" in address)
    expect(page.get_by_role("cell").get_by_role("link", name="Plot")).to_be_visible()
    expect(page.get_by_role("link", name="Tariff")).to_have_count(0)


def test_a_phone_lists_the_days_that_have_meetings(manager: User, sign_in: Callable[[User], Page]) -> None:
    today = timezone.localdate()
    MeetingFactory(region=manager.region, subject="Plot", date=today)
    page = sign_in(manager)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/meetings/?view=month")
    days = page.locator(".cal td:visible")
    expect(days).to_have_count(1)
    assert f"{today:%A}" in days.inner_text()
    assert "Plot" in days.inner_text()
