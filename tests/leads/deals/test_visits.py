"""What came of a visit, as it stood 30, 90 and 365 days after the return and as it stands now."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from crm.accounts.models import User
from crm.delegations.models import Delegation
from crm.meetings.services import create_meeting, log_outcome
from leads.deals.models import Deal, StageChange
from leads.deals.queries import VisitOutcome, outcome_of_visit
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory, DealValueFactory
from tests.factories.delegations import DelegationFactory
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db

RETURN = datetime.date(2026, 2, 19)


def after(days: int) -> datetime.datetime:
    """Noon, so many days after the return."""
    noon = datetime.datetime.combine(RETURN, datetime.time(12), tzinfo=ZoneInfo("Asia/Qyzylorda"))
    return noon + datetime.timedelta(days)


@pytest.fixture
def visit(official: User) -> Delegation:
    return DelegationFactory(region=official.region, end_date=RETURN)


def outcome(visit: Delegation, user: User, *, days: int = 400) -> VisitOutcome:
    return outcome_of_visit(visit, user, on=after(days).date())


def deal_of(visit: Delegation, *, days: int = 1, **fields: object) -> Deal:
    """A deal opened so many days after the return."""
    with time_machine.travel(after(days), tick=False):
        return DealFactory(region=visit.region, delegation=visit, stage_entered_at=after(days), **fields)


def moved(deal: Deal, stage: str, *, days: int) -> None:
    StageChange.objects.create(deal=deal, from_stage=deal.stage, to_stage=stage, at=after(days))
    deal.stage, deal.stage_entered_at = stage, after(days)
    deal.save()


def test_a_deal_counts_from_the_day_it_was_opened(visit: Delegation, official: User) -> None:
    for days in (0, 30, 31, 200):
        deal_of(visit, days=days)
    assert [one.deals for one in outcome(visit, official).standings] == [2, 3, 4, 4]


def test_a_move_counts_from_its_day_also_where_the_deal_went_back(visit: Delegation, official: User) -> None:
    deal = deal_of(visit)
    moved(deal, "memorandum", days=20)
    moved(deal, "lead", days=40)
    moved(deal, "agreement", days=80)
    moved(deal, "realised", days=390)
    found = outcome(visit, official)
    assert [one.moved for one in found.standings] == [[1, 0, 0], [1, 1, 0], [1, 1, 0], [1, 1, 1]]


def test_a_deal_without_a_change_counts_from_when_it_entered_its_stage(visit: Delegation, official: User) -> None:
    deal_of(visit, days=45, stage="agreement")
    assert [one.moved for one in outcome(visit, official).standings] == [[0, 0, 0], [1, 1, 0], [1, 1, 0], [1, 1, 0]]


def test_sums_are_those_of_then(visit: Delegation, official: User) -> None:
    deal, other = deal_of(visit), deal_of(visit)
    for kind, days, amount, of in (
        ("announced", 5, 100, deal),
        ("announced", 60, 70, deal),
        ("announced", 10, 1000, other),
        ("agreed", 89, 60, deal),
        ("realised", 365, 40, deal),
    ):
        DealValueFactory(deal=of, kind=kind, date=after(days).date(), amount=amount, amount_reporting=Decimal(amount))
    standings = outcome(visit, official).standings
    assert [[int(amount) for amount in one.sums] for one in standings] == [
        [1100, 0, 0],
        [1070, 60, 0],
        [1070, 60, 40],
        [1070, 60, 40],
    ]


def test_a_figure_without_a_rate_is_counted_apart_and_an_archived_one_not_at_all(
    visit: Delegation, official: User
) -> None:
    deal = deal_of(visit)
    DealValueFactory(deal=deal, amount_reporting=None, date=RETURN)
    DealValueFactory(deal=deal, amount_reporting=9, date=RETURN, archived_at=after(2))
    found = outcome(visit, official)
    assert (found.unpriced, found.now.sums[0]) == (1, 0)


def test_an_outcome_counts_from_the_day_it_was_first_logged(visit: Delegation, official: User) -> None:
    with time_machine.travel(after(0), tick=False):
        first, never, off = (
            create_meeting(by=official, region=visit.region, subject=subject, delegation=visit)
            for subject in ("A", "B", "C")
        )
    with time_machine.travel(after(10), tick=False):
        log_outcome(first, by=official, outcome="awaiting_reply")
        log_outcome(off, by=official, outcome="did_not_take_place")
    with time_machine.travel(after(100), tick=False):
        log_outcome(first, by=official, outcome="continues")
    found = outcome(visit, official)
    assert [one.meetings for one in found.standings] == [1, 1, 1, 1]
    assert found.held == 2
    with time_machine.travel(after(300), tick=False):
        log_outcome(never, by=official, outcome="postponed")
    assert [one.meetings for one in outcome(visit, official).standings] == [1, 1, 2, 2]


def test_what_has_not_come_yet_says_so(visit: Delegation, official: User) -> None:
    assert [one.has_come for one in outcome(visit, official, days=30).standings] == [True, False, False, True]
    assert outcome(visit, official, days=30).days_since == 30


@pytest.mark.parametrize("fields", [{"start_date": None, "end_date": None}, {"status": "cancelled"}])
def test_a_visit_nobody_came_back_from_has_only_now(fields: dict, official: User) -> None:
    found = outcome(DelegationFactory(region=official.region, **fields), official)
    assert ([one.days for one in found.standings], found.days_since) == ([None], None)


def test_deals_come_with_how_far_each_ever_came(visit: Delegation, official: User) -> None:
    back, lead = deal_of(visit), deal_of(visit)
    moved(back, "negotiation", days=3)
    moved(back, "qualified", days=5)
    CommitmentFactory(about=lead, text="Later", due_date=datetime.date(2026, 5, 2))
    CommitmentFactory(about=lead, text="Send the plan", due_date=datetime.date(2026, 5, 1))
    DealValueFactory(deal=lead, amount=12_000_000)
    rows = outcome(visit, official).deals
    assert [(row.deal, row.number, row.reached_label) for row in rows] == [(back, 2, "Negotiation"), (lead, 1, "Lead")]
    assert (rows[1].deal.step_text, rows[1].amount, rows[1].currency) == ("Send the plan", 12_000_000, "USD")


def test_deals_and_meetings_of_others_are_not_counted(visit: Delegation, official: User, stranger: User) -> None:
    DealFactory(region=official.region)
    MeetingFactory(region=official.region)
    deal_of(visit, archived_at=after(3))
    deal = DealFactory(region=stranger.region, delegation=visit)
    DealValueFactory(deal=deal, amount_reporting=5)
    MeetingFactory(region=stranger.region, delegation=visit)
    found = outcome(visit, official)
    assert (found.deals, found.held, found.now.sums[0]) == ([], 0, 0)


@pytest.mark.parametrize("count", [1, 30])
def test_two_queries(
    count: int, visit: Delegation, official: User, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for _ in range(count):
        CommitmentFactory(about=deal_of(visit))
        MeetingFactory(delegation=visit)
    outcome(visit, official)
    with django_assert_max_num_queries(2):
        outcome(visit, official)


@time_machine.travel(after(40), tick=False)
def test_on_the_page_of_the_visit(visit: Delegation, official: User, signed_in: Callable[[User], Client]) -> None:
    deal = deal_of(visit, title="Precast plant")
    moved(deal, "memorandum", days=20)
    DealValueFactory(deal=deal, amount_reporting=Decimal("5400000000"), date=after(3).date())
    html = signed_in(official).get(visit.get_absolute_url()).content.decode()
    for words in (
        "Precast plant",
        "4/7",
        "₸5.4bn announced",
        "40 days since the return",
        "Deals that came to a memorandum",
    ):
        assert words in html
    assert html.index('id="h-checkpoints"') < html.index('id="h-deals"') < html.index('id="h-meetings"')
