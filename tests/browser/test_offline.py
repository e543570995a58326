"""Without a connection the browser shows a page of ours, and keeps nothing else of the office."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crm.accounts.models import User
from tests.factories.deals import DealFactory

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_a_lost_connection_is_said_in_every_language(official: User, sign_in: Callable[[User], Page]) -> None:
    deal = DealFactory(region=official.region, title="Glass works")
    page = sign_in(official)
    page.goto(deal.get_absolute_url())
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto("/deals/")
    for sentence in ("Байланыс жоқ", "Нет соединения", "There is no connection"):
        expect(page.locator("body")).to_contain_text(sentence)
    assert page.evaluate("getComputedStyle(document.querySelector('.entrance')).display") == "grid", "it has its style"
    kept = page.evaluate(
        "caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(one => one.keys()))))"
        ".then(found => found.flat().map(request => new URL(request.url).pathname))"
    )
    assert len(kept) == 3
    assert not [address for address in kept if not address.startswith(("/offline/", "/static/"))]
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.locator("h1")).to_have_text("Deals board")
