from collections.abc import Callable

from playwright.sync_api import Page, expect

from crm.accounts.models import User


def test_signing_in_leads_to_my_week_and_out_again(official: User, sign_in: Callable[[User], Page]) -> None:
    page = sign_in(official)
    expect(page.get_by_role("heading", level=1)).to_have_text("My week")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')"), "no stylesheet"


def test_a_wrong_password_is_told_and_nothing_opens(official: User, page: Page) -> None:
    page.goto("/")
    page.get_by_label("E-mail").fill(official.email)
    page.get_by_label("Password", exact=True).fill("something else entirely")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.goto("/deals/")
    assert "/account/login/" in page.url
