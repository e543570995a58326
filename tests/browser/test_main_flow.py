"""The main job through a real browser, with a real worker: a visit report becomes deals that somebody follows up."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from crm.accounts.models import User
from crm.commitments.models import Commitment
from crm.commitments.services import postpone_commitment
from crm.companies.models import Company
from crm.delegations.models import Delegation
from crm.reference.models import Holiday
from crm.shared.jobs import enqueue
from leads.deals.models import Deal

EXAMPLE = Path(__file__).parents[1] / "leads" / "extraction" / "reports" / "aktobe-turkiye.txt"
MOST_CLICKS = 12


class Clicks:
    """Clicks and counts."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, target: Locator) -> None:
        self.number += 1
        target.click()


@pytest.mark.services
def test_a_report_goes_from_upload_to_deals_that_the_digest_names(
    official: User, sign_in: Callable[[User], Page], worker: Path
) -> None:
    page, click = sign_in(official), Clicks()
    upload_example(page, click)
    review_and_accept(page, click)
    look_at_the_board(page, click)
    assert click.number <= MOST_CLICKS
    the_records_stand(official)
    a_gate_says_what_is_missing(page)
    the_digest_names_the_next_step(page, official, worker)


def upload_example(page: Page, click: Clicks) -> None:
    click(page.get_by_role("link", name="Upload a visit report").first)
    with page.expect_file_chooser() as chooser:
        click(page.locator("input[type=file]"))
    chooser.value.set_files(EXAMPLE)
    click(page.get_by_label("The text is not restricted"))
    click(page.get_by_role("button", name="Upload", exact=True))
    page.wait_for_selector(".draft", timeout=60_000)


def review_and_accept(page: Page, click: Clicks) -> None:
    """See that values and words light each other up, correct a value, reject a card, accept the rest."""
    zone = page.locator(".draft", has=page.locator("[value='Bursa Organize Sanayi Bölgesi']")).first
    expect(zone).to_be_visible()
    zone.locator("[data-ev]").first.hover()
    expect(page.locator(".report .ev.lit").first).to_be_visible()
    city = zone.get_by_label("Residents")
    city.fill("310")
    city.blur()
    practice = page.locator(".draft[data-kind=prac]").last
    click(practice.get_by_role("button", name="Reject"))
    expect(practice).to_have_attribute("data-state", "rejected")
    click(page.locator("#accept"))
    page.wait_for_url("**/delegations/*/")


def look_at_the_board(page: Page, click: Clicks) -> None:
    click(page.get_by_role("link", name="Deals board").first)
    expect(page.locator(".bcard")).to_have_count(3)


def the_records_stand(official: User) -> None:
    delegation = Delegation.objects.get()
    stop = delegation.stops.get()
    assert (stop.country, stop.city) == ("TR", "Bursa")
    assert (delegation.start_date, delegation.end_date) == (datetime.date(2026, 2, 17), datetime.date(2026, 2, 19))
    zone = Company.objects.get()
    assert (zone.name, zone.kind, zone.residents) == ("Bursa Organize Sanayi Bölgesi", "industrial_zone", 310)
    assert delegation.meetings.exists()
    assert delegation.practices.count() >= 4
    assert set(Deal.objects.values_list("sector__code", "stage", "owner")) == {
        ("construction_materials", "lead", official.pk),
        ("transport_logistics", "lead", official.pk),
        ("hospitality_catering", "lead", official.pk),
    }
    assert all(step.executor == official and step.due_date for step in Commitment.objects.all())


def a_gate_says_what_is_missing(page: Page) -> None:
    page.locator(".bcard a").first.click()
    expect(page.get_by_text("What the report says")).to_be_visible()
    page.goto(f"{page.url}move/")
    qualified = page.get_by_role("button", name="Qualified")
    expect(qualified).to_contain_text("Company")
    qualified.click()
    gate = page.get_by_role("dialog")
    expect(gate).to_contain_text("one thing is missing")
    expect(gate.get_by_label("Company")).to_be_visible()
    assert set(Deal.objects.values_list("stage", flat=True)) == {"lead"}


def the_digest_names_the_next_step(page: Page, official: User, worker: Path) -> None:
    """The step falls due, the digest's hour comes, and the worker's mail lies in the outbox."""
    Holiday.objects.all().delete()  # none moves the digest
    step = Commitment.objects.first()
    postpone_commitment(step, by=official, due_date=timezone.localdate())
    long_here = timezone.now() - datetime.timedelta(days=30)
    User.objects.filter(pk=official.pk).update(digest_day=0, digest_hour=0, language="kk", created_at=long_here)
    enqueue("reminders.send_due_digests")
    mail = page.get_by_role("main").get_by_role("link").first
    for _attempt in range(60):
        page.goto("/outbox/")
        if mail.count():
            break
        page.wait_for_timeout(500)
    assert mail.count(), worker.read_text()
    mail.click()
    expect(page.frame_locator("iframe").get_by_role("link", name=step.text).first).to_be_visible()
