"""Whole pages with long words in them: nothing is wider than a phone, and nothing that axe would complain about."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_playwright_axe import Axe

from crm.accounts.models import User
from crm.delegations.models import Delegation, ProgrammeItem
from crm.reminders.services import never_ask
from leads.deals.services import set_target
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory, DealValueFactory
from tests.factories.delegations import DelegationFactory, ProgrammeItemFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.reference import SectorFactory

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
CALENDARS = ("/meetings/?view=month", "/meetings/?view=week")
PAGES = (
    "/documents/",
    "/documents/new/",
    "/companies/contacts/",
    "/", "/reports/", "/deals/", "/deals/table/", "/deals/dashboard/", "/deals/targets/", "/delegations/", "/meetings/",
    *CALENDARS, "/companies/", "/commitments/", "/search/?q=beton", "/settings/", "/reminders/preview/",
    "/reminders/not-asked/",
)  # fmt: skip
ASKED = ("/reminders/preview/", "/reminders/not-asked/")
#: What stands out on the right, outside of what scrolls by itself.
TOO_WIDE = """[...document.querySelectorAll("main table")].filter(one => one.getBoundingClientRect().right > innerWidth)
    .map(one => one.innerText)"""


@pytest.fixture
def busy_office(manager: User) -> User:
    """Deals of long-named sectors and companies, announced, realised, planned and put off."""
    today = timezone.localdate()
    visit = DelegationFactory(region=manager.region, end_date=today - datetime.timedelta(days=100))
    visit.companies.add(CompanyFactory(name="Оңтүстік-Қазақстан құрылыс материалдары комбинаты"))
    for sector in ("mining_metals", "renewables", "construction_materials", "agriculture"):
        deal = DealFactory(
            region=manager.region,
            title="Beton: темірбетон бұйымдарының бірлескен өндірісі",
            sector=SectorFactory(code=sector),
            company=CompanyFactory(name="Оңтүстік-Қазақстан құрылыс материалдары комбинаты"),
            delegation=visit,
            curator=manager,
            search_text="beton",
        )
        for kind in ("announced", "realised"):
            amount = Decimal("987600000000")
            DealValueFactory(
                deal=deal, kind=kind, amount=amount, amount_reporting=amount, currency__code="KZT", date=today
            )
    ProgrammeItemFactory(
        delegation=visit,
        title="Темірбетонбұйымдарыныңбірлескенөндірісі туралы келіссөз",
        place="Оңтүстік-Қазақстан құрылыс материалдары комбинатының мәжіліс залы",
        met_by="Облыс әкімінің бірінші орынбасары Сынақов",
        transport="Микроавтобус",
    )
    for day in (0, 1, 1, 1, 1):
        meeting = MeetingFactory(
            region=manager.region,
            owner=manager,
            date=today + datetime.timedelta(days=day),
            subject="Темірбетонбұйымдарыныңбірлескенөндірісі туралы келіссөз",
        )
        meeting.companies.add(CompanyFactory(name="Оңтүстік-Қазақстан құрылыс материалдары комбинаты"))
    for quarter in range(1, 5):
        set_target(by=manager, region=manager.region, year=today.year, quarter=quarter, amount=Decimal("98700000000"))
    return manager


def record_pages() -> list[str]:
    """The pages of the office's records."""
    programme = ProgrammeItem.objects.first()
    assert programme
    return [Delegation.objects.get().get_absolute_url(), "/deals/countries/TR/", programme.get_absolute_url()]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_page_is_wider_than_a_phone(language: str, busy_office: User, sign_in: Callable[[User], Page]) -> None:
    page = sign_in(busy_office)
    User.objects.filter(pk=busy_office.pk).update(language=language)
    page.set_viewport_size({"width": 390, "height": 844})
    wide = {}
    for address in (*PAGES, *record_pages()):
        page.goto(address)
        assert page.get_attribute("html", "lang") == language
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide[address] = page.evaluate(TOO_WIDE)
    assert wide == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible(theme: str, busy_office: User, sign_in: Callable[[User], Page]) -> None:
    page = sign_in(busy_office)
    page.emulate_media(color_scheme=theme)
    deal = busy_office.curated_deals.first()
    assert deal is not None
    never_ask(busy_office, rule="gone_quiet", about_id=deal.pk)
    for address in (
        "/deals/dashboard/",
        "/search/?q=beton",
        "/deals/targets/new/",
        *CALENDARS,
        *ASKED,
        *record_pages(),
    ):
        page.goto(address)
        # A mail in its sandbox runs no script, not even one that looks at it; tests/browser/test_mails.py does.
        found = Axe().run(page, options={"iframes": False}, html_report_generated=False, json_report_generated=False)
        assert [violation["id"] for violation in found["violations"]] == [], address


def test_slash_opens_the_search_and_arrows_walk_what_it_found(
    busy_office: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(busy_office)
    page.keyboard.press("/")
    page.wait_for_selector("dialog:modal input:focus")
    page.keyboard.type("бетон")
    page.wait_for_selector(".search-dialog #results a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/deals/" in address)
    assert "темірбетон" in page.inner_text("h1")
