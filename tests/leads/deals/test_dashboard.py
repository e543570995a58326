"""The dashboard: what it adds up, where its numbers lead, and what is kept when it is frozen."""

import datetime
import io
import re
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.db.models import Q
from docx import Document
from openpyxl import load_workbook

from crm.audit.models import AuditEvent
from crm.shared.errors import NotAllowed
from leads.deals.models import Deal, FrozenFigures, StageChange, Target
from leads.deals.queries import deal_facts, money_invested, plan_beside_actual, targets_visible_to
from leads.deals.services import set_target, update_deal
from tests.factories.accounts import UserFactory
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory, DealValueFactory, MemorandumFactory
from tests.factories.delegations import DelegationFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.reference import RegionFactory, SectorFactory

NOW = datetime.datetime(2026, 9, 15, 7, tzinfo=datetime.UTC)
ADDRESS = "/deals/dashboard/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def value(deal, kind, amount, day, **more):
    return DealValueFactory(
        deal=deal, kind=kind, amount=Decimal(amount), amount_reporting=Decimal(amount), currency__code="KZT",
        date=datetime.date.fromisoformat(day), **more,
    )  # fmt: skip


@pytest.fixture
def office(official):
    """Three deals of a visit: one realised in two instalments, one at a memorandum, one lost after talks."""
    region = official.region
    visit = DelegationFactory(region=region, title="Bursa visit", start_date=datetime.date(2025, 3, 1))
    MeetingFactory.create_batch(2, region=region, delegation=visit)
    turkish = CompanyFactory(country="TR")
    made = {
        "plant": DealFactory(region=region, delegation=visit, company=turkish, stage="realised", title="Brick plant"),
        "paper": DealFactory(region=region, delegation=visit, company=turkish, stage="memorandum", title="Depot",
                             sector=SectorFactory(code="transport_logistics")),
        "lost": DealFactory(region=region, delegation=visit, company=turkish, stage="lead", health="lost",
                            lost_reason="The partner withdrew", title="Catering"),
    }  # fmt: skip
    StageChange.objects.create(deal=made["lost"], from_stage="qualified", to_stage="negotiation")
    value(made["plant"], "announced", "1000", "2025-04-01")
    value(made["plant"], "realised", "300", "2026-02-10")
    value(made["plant"], "realised", "800", "2026-08-20")
    value(made["paper"], "announced", "500", "2026-05-01")
    MemorandumFactory(deal=made["paper"], signed_on=datetime.date(2026, 5, 1))
    return made


def figures(client, **query):
    response = client.get(ADDRESS, query)
    assert response.status_code == 200
    return response.context["figures"], response.context["plan"]


def test_funnel_counts_the_furthest_stage_that_each_deal_ever_came_to(office, official, signed_in):
    shown, _plan = figures(signed_in(official))
    assert [row.count for row in shown.funnel] == [3, 3, 3, 2, 1, 1, 1]
    assert [row.share for row in shown.funnel] == [None, 100, 100, 67, 50, 100, 100]
    assert shown.score.realised_deals == 1


def test_sums_are_of_the_newest_figure_of_each_kind(office, official, signed_in):
    shown, _plan = figures(signed_in(official))
    assert [(row.label, row.announced, row.realised, row.share) for row in shown.years] == [
        ("2025", 1000, 800, 80),
        ("2026", 500, 0, 0),
    ]
    assert {row.code: row.announced for row in shown.sectors} == {
        "construction_materials": 1000,
        "transport_logistics": 500,
    }
    assert [(row.code, row.count, row.realised) for row in shown.countries] == [("TR", 3, 800)]
    assert (shown.score.invested, shown.score.signed, shown.score.signed_before) == (800, 1, 0)


def test_visit_is_ranked_by_what_came_of_it(office, official, signed_in):
    idle = DelegationFactory(region=official.region, title="Idle visit", status="returned")
    (first, second) = figures(signed_in(official))[0].visits
    assert (first.title, first.meetings, first.deals, first.reached) == ("Bursa visit", 2, 3, 7)
    assert (second.pk, second.deals, second.reached) == (idle.pk, 0, 0)


def test_plan_stands_beside_what_was_invested_in_each_quarter(office, official, manager, signed_in):
    Deal.objects.filter(pk=office["plant"].pk).update(curator=manager)
    for quarter, amount in ((1, "400"), (3, "250")):
        set_target(by=manager, region=official.region, year=2026, quarter=quarter, amount=Decimal(amount))
    set_target(by=manager, region=official.region, year=2026, curator=manager, amount=Decimal(1600))
    _figures, plan = figures(signed_in(official))
    assert [(row.plan, row.actual, row.share) for row in plan.quarters] == [
        (400, 300, 75), (None, 0, None), (250, 500, 200), (None, 0, None),
    ]  # fmt: skip
    assert [(row.label, row.plan, row.actual) for row in plan.years if row.actual or row.plan] == [("2026", 650, 800)]
    assert [(row.label, row.plan, row.actual) for row in plan.curators] == [(manager.full_name, 1600, 800)]


def test_plan_for_the_same_is_replaced(official, manager):
    first = set_target(by=manager, region=official.region, year=2026, amount=Decimal(5))
    second = set_target(by=manager, region=official.region, year=2026, amount=Decimal(7))
    assert first == second
    assert Target.objects.get().amount == 7
    with pytest.raises(NotAllowed):
        set_target(by=official, region=official.region, year=2027, amount=Decimal(5))


def test_correction_downwards_takes_from_its_own_quarter(official):
    deal = DealFactory(region=official.region)
    value(deal, "realised", "900", "2026-01-20")
    value(deal, "realised", "700", "2026-04-20")
    deals = Deal.objects.all()
    facts = deal_facts(deals, quiet=Q(), overdue=Q())
    plan = plan_beside_actual(targets_visible_to(official), facts, money_invested(deals), year=2026)
    assert [row.actual for row in plan.quarters] == [900, -200, 0, 0]


def test_start_put_off_is_told_from_the_first_one_stated(official, signed_in):
    deal = DealFactory(region=official.region, owner=official)
    for day in ("2026-03-01", "2026-05-01", "2026-09-01"):
        update_deal(deal, by=official, expected_start=datetime.date.fromisoformat(day))
    (row,) = figures(signed_in(official))[0].slips
    assert (row.first, row.now, row.days) == (datetime.date(2026, 3, 1), datetime.date(2026, 9, 1), 184)


@pytest.mark.parametrize(("days", "place"), [(14, 0), (15, 1), (30, 1), (31, 2), (61, 3)])
def test_deal_ages_by_the_days_at_its_stage(days, place, official, signed_in):
    DealFactory(region=official.region, stage_entered_at=NOW - datetime.timedelta(days=days))
    (row,) = [row for row in figures(signed_in(official))[0].ageing if row.stage == "lead"]
    assert row.counts == [int(place == one) for one in range(4)]


def test_each_number_leads_to_the_list_of_what_it_counts(office, official, signed_in):
    DealFactory.create_batch(2, region=official.region, stage_entered_at=NOW - datetime.timedelta(days=40))
    client = signed_in(official)
    html = client.get(ADDRESS).content.decode()
    links = [
        (address, number)
        for address, number in re.findall(r'<a href="(/deals/table/\?[^"]+)">([^<]+)</a>', html)
        if number.isdecimal() and "announced_in" not in address
    ]
    assert len(links) > 9
    for address, number in links:
        assert client.get(unescape(address)).context["page"].paginator.count == int(number), address


def test_list_says_what_a_link_has_narrowed_it_to(office, official, signed_in):
    html = signed_in(official).get("/deals/table/?reached=memorandum&health=all&began_from=2024").content.decode()
    assert "Furthest stage: Memorandum" in html
    assert "From the year: 2024" in html
    assert {deal.title for deal in office.values() if deal.title in html} == {"Brick plant", "Depot"}


@pytest.mark.parametrize(
    ("query", "deals"),
    [
        ({"sector": "transport_logistics"}, 1),
        ({"country": "DE"}, 0),
        ({"began_from": "2025"}, 3),
        ({"began_to": "2024"}, 0),
        ({"began_from": "nonsense"}, 3),
    ],
)
def test_figures_are_narrowed_by_the_address(query, deals, office, official, signed_in):
    assert figures(signed_in(official), **query)[0].score.deals == deals


def test_other_region_and_partner_count_nothing_and_national_staff_all(office, signed_in):
    stranger = UserFactory(region=RegionFactory(code="KZ-75"))
    partner = UserFactory(region__code="KZ-15", role="partner")
    national = UserFactory(region__code="KZ")
    counts = [figures(signed_in(user))[0].score.deals for user in (stranger, partner, national)]
    assert counts == [0, 0, 3]
    assert [figures(signed_in(user))[0].visits for user in (stranger, partner)] == [[], []]


def test_frozen_figures_stay_as_they_were(office, manager, signed_in):
    client = signed_in(manager)
    response = client.post(ADDRESS + "freeze/?sector=construction_materials", {"title": "Third quarter"})
    kept = FrozenFigures.objects.get()
    assert response.url == kept.get_absolute_url()
    value(office["plant"], "realised", "999999", "2026-09-01")
    page = client.get(kept.get_absolute_url())
    assert (page.context["figures"].score.realised, page.context["figures"].score.deals) == (800, 2)
    assert "/deals/table/" not in page.content.decode().split('id="main"')[1]
    assert kept.query == "sector=construction_materials"


def test_only_managers_freeze_and_only_their_region_reads(office, official, manager, signed_in):
    assert signed_in(official).post(ADDRESS + "freeze/", {"title": "Mine"}).status_code == 403
    signed_in(manager).post(ADDRESS + "freeze/", {"title": "Ours"})
    kept = FrozenFigures.objects.get()
    assert "Ours" in signed_in(official).get(kept.get_absolute_url()).content.decode()
    stranger = UserFactory(region=RegionFactory(code="KZ-75"))
    assert signed_in(stranger).get(kept.get_absolute_url()).status_code == 404


def content(response):
    assert response["X-Content-Type-Options"] == "nosniff"
    return io.BytesIO(b"".join(response.streaming_content))


def test_workbook_holds_the_exact_sums_and_no_formula(office, official, signed_in):
    DelegationFactory(region=official.region, title="=HYPERLINK(1)", status="returned")
    book = load_workbook(content(signed_in(official).get(ADDRESS + "workbook/")))
    stages = [[cell.value for cell in row] for row in book["Stages"]]
    assert stages[1] == ["Lead", 3, None, 1300]
    assert ["=HYPERLINK(1)", "s"] in [[row[0].value, row[0].data_type] for row in book["Visits"]]
    event = AuditEvent.objects.get(action="exported")
    assert event.actor_id == official.pk


def test_brief_is_in_the_language_of_whoever_asks(office, official, signed_in):
    official.language = "ru"
    official.save()
    document = Document(content(signed_in(official).get(ADDRESS + "brief/")))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Актюбинская область" in text
    assert "По состоянию на 15 сентября 2026" in text
    assert "Bursa visit" in [row.cells[0].text for row in document.tables[1].rows]


def test_plans_are_set_and_taken_back_by_managers(official, manager, signed_in):
    data = {"region": official.region_id, "year": 2026, "amount": "1200"}
    assert signed_in(official).post("/deals/targets/new/", data).status_code == 403
    assert signed_in(manager).post("/deals/targets/new/", data).status_code == 302
    target = Target.objects.get()
    assert "1,200" in signed_in(official).get("/deals/targets/").content.decode()
    stranger = UserFactory(region=RegionFactory(code="KZ-75"), role="manager")
    assert signed_in(stranger).post(f"/deals/targets/{target.pk}/archive/", {"reason": "No"}).status_code == 404
    signed_in(manager).post(f"/deals/targets/{target.pk}/archive/", {"reason": "Set twice"})
    target.refresh_from_db()
    assert target.archive_reason == "Set twice"


@pytest.mark.parametrize("count", [1, 30])
def test_queries_stay_few(count, official, signed_in, django_assert_max_num_queries):
    for _number in range(count):
        visit = DelegationFactory(region=official.region)
        value(DealFactory(region=official.region, delegation=visit), "realised", "5", "2026-02-10")
        set_target(by=None, region=official.region, year=2000 + _number, amount=Decimal(5))
    client = signed_in(official)
    client.get(ADDRESS)
    with django_assert_max_num_queries(12):
        client.get(ADDRESS)
