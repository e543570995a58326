"""What is handed out on paper, as Chromium prints it: briefs that keep to their pages however much there is."""

import datetime
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader

from crm.accounts.models import User
from crm.delegations.models import Delegation
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import CompanyFactory, ContactFactory
from tests.factories.deals import DealFactory, DealValueFactory
from tests.factories.delegations import (
    DelegationFactory,
    DelegationMemberFactory,
    DelegationStopFactory,
    PracticeFactory,
    ProgrammeItemFactory,
)
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
LONG_NAME = "Оңтүстік-Қазақстан құрылыс материалдары комбинаты"


@pytest.fixture
def big_visit(manager: User) -> Delegation:
    """A year-old visit with more of everything than fits on two pages."""
    end = timezone.localdate() - datetime.timedelta(days=400)
    visit = DelegationFactory(
        region=manager.region, start_date=end - datetime.timedelta(days=4), end_date=end, purpose="Серіктес табу. " * 12
    )
    for number in range(30):
        company = CompanyFactory(name=f"{LONG_NAME} {number}")
        visit.companies.add(company)
        deal = DealFactory(
            region=manager.region, delegation=visit, company=company, title="Темірбетон бұйымдарының бірлескен өндірісі"
        )
        DealValueFactory(deal=deal, amount_reporting=Decimal("98760000000"), date=end)
        CommitmentFactory(about=deal, text="Шикізат сынамасының қорытындысын инвесторға жіберу")
        CommitmentFactory(about=visit, text="Сапар қорытындысы бойынша жол картасын бекіту")
        MeetingFactory(region=manager.region, delegation=visit, subject=f"{LONG_NAME}: келіссөз", owner=manager)
        PracticeFactory(region=manager.region, delegation=visit, owner=manager, summary="Бір терезе қағидаты " * 5)
        CommitmentFactory(about=deal, side="theirs", text="Жабдық тізімін жіберу", company=company)
        ContactFactory(company=company, position="Бас директордың орынбасары").regions.add(manager.region)
        DelegationMemberFactory(delegation=visit, position="Облыс әкімінің орынбасары")
    for city in ("Konya", "İstanbul", "Bursa", "Eskişehir"):
        DelegationStopFactory(delegation=visit, city=city, start_date=end, end_date=end)
    return visit


def printed(page: Page, address: str) -> PdfReader:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return PdfReader(io.BytesIO(page.pdf(format="A4")))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_brief_of_a_visit_takes_two_pages(
    language: str, big_visit: Delegation, manager: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(manager)
    User.objects.filter(pk=manager.pk).update(language=language)
    paper = printed(page, big_visit.get_absolute_url())
    assert len(paper.pages) == 2
    text = "".join(sheet.extract_text() for sheet in paper.pages)
    assert "Eskişehir" in text
    assert "Бір терезе қағидаты" in text
    assert text.count("Облыс әкімінің орынбасары") == 8


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_briefing_before_a_trip_takes_one_page(
    language: str, big_visit: Delegation, manager: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(manager)
    User.objects.filter(pk=manager.pk).update(language=language)
    paper = printed(page, reverse("deals:country", args=["TR"]))
    assert len(paper.pages) == 1
    text = paper.pages[0].extract_text()
    assert "Жабдық тізімін жіберу" in text
    assert big_visit.title in text


def test_three_days_of_a_programme_take_one_page(manager: User, sign_in: Callable[[User], Page]) -> None:
    visit = DelegationFactory(region=manager.region, direction="inbound")
    for number in range(18):
        ProgrammeItemFactory(
            delegation=visit,
            date=datetime.date(2026, 2, 17 + number // 6),
            starts_at=datetime.time(9 + number % 6),
            title="Индустриялық аймақты аралау",
            place="«Ақтөбе» индустриялық аймағы",
            met_by="Ержан Қабылов",
            interpreter="Мадина Ли",
            transport="Микроавтобус",
        )
    paper = printed(sign_in(manager), reverse("delegations:programme", args=[visit.pk]))
    assert len(paper.pages) == 1
    text = paper.pages[0].extract_text()
    assert text.count("Мадина Ли") == 18
    assert "Add a line" not in text
