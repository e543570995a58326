"""The table of the gates, requirement by requirement."""

import datetime
from itertools import pairwise

import pytest

from crm.commitments.models import Commitment
from leads.deals.choices import DealKind, Stage
from leads.deals.gates import REQUIREMENTS, checklist, dossiers_of, missing_for, next_stage
from leads.deals.models import DealValue, Memorandum, Permit
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import ContactFactory
from tests.factories.deals import DealFactory, DealValueFactory

#: What each stage asks first.
TABLE = {
    "lead": [],
    "qualified": ["company", "sector", "owner", "next_step"],
    "negotiation": ["contact", "negotiating"],
    "memorandum": ["memorandum", "next_milestone"],
    "agreement": ["agreed_value", "expected_start"],
    "implementation": ["started_on", "site", "permits"],
    "realised": ["realised_value", "evidence", "jobs", "confirmation"],
}
ORDER = list(TABLE)


def names(gaps):
    return [gap.field for gap in gaps]


def empty(deal_region, **fields):
    return DealFactory(region=deal_region, company=None, sector=None, owner=None, **fields)


@pytest.mark.parametrize("stage", ORDER)
def test_an_empty_deal_lacks_what_the_stage_and_all_before_it_ask(official, stage):
    wanted = [field for name in ORDER[: ORDER.index(stage) + 1] for field in TABLE[name]]

    assert names(missing_for(empty(official.region), stage)) == wanted


@pytest.mark.parametrize("stage", ORDER[1:])
def test_a_deal_with_everything_for_a_stage_may_enter_it(deal, ready_for, stage):
    assert missing_for(ready_for(deal, stage), stage) == []


@pytest.mark.parametrize("stage", ORDER[1:-1])
def test_what_a_stage_has_is_not_enough_for_the_next(deal, ready_for, stage):
    after = ORDER[ORDER.index(stage) + 1]

    assert names(missing_for(ready_for(deal, stage), after)) == TABLE[after]


LONG_AGO = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
#: How each thing that is not a field of the deal is taken away.
TAKEN_AWAY = {
    "next_step": lambda: Commitment.objects.update(status="dropped", closed_at=LONG_AGO),
    "memorandum": lambda: Memorandum.objects.update(archived_at=LONG_AGO),
    "next_milestone": lambda: Memorandum.objects.update(next_milestone=""),
    "agreed_value": lambda: DealValue.objects.filter(kind="agreed").update(archived_at=LONG_AGO),
    "permits": lambda: Permit.objects.all().delete(),
    "realised_value": lambda: DealValue.objects.filter(kind="realised").update(amount=None, currency=None),
    "evidence": lambda: DealValue.objects.filter(kind="realised").update(evidence=""),
    "jobs": lambda: DealValue.objects.filter(kind="realised").update(jobs=None),
    "confirmation": lambda: DealValue.objects.filter(kind="realised").update(confirmed_at=None),
}
EMPTIED = {"contact": ("counterpart", ""), "negotiating": ("negotiating", ""), "site": ("site", "")}


@pytest.mark.parametrize("field", [requirement.field for requirement in REQUIREMENTS])
def test_each_requirement_is_missed_when_it_alone_is_not_met(deal, ready_for, field):
    ready_for(deal, "realised")

    if field in TAKEN_AWAY:
        TAKEN_AWAY[field]()
    else:
        setattr(deal, *EMPTIED.get(field, (field, None)))

    # Without its memorandum a deal has no milestone of it either.
    expected = ["memorandum", "next_milestone"] if field == "memorandum" else [field]
    assert names(missing_for(deal, "realised")) == expected


def test_the_table_is_the_one_above():
    assert {stage: [r.field for r in REQUIREMENTS if r.stage == stage] for stage in Stage.values} == TABLE
    assert [r.field for r in REQUIREMENTS if not r.passable] == ["confirmation"]


def test_no_site_and_no_permits_needed_are_answers(deal, ready_for):
    ready_for(deal, "implementation")
    deal.site, deal.site_not_needed, deal.permits_not_needed = "", True, True
    deal.permits.all().delete()

    assert missing_for(deal, "implementation") == []


def test_a_contact_person_stands_for_the_counterpart(deal, ready_for):
    ready_for(deal, "negotiation")
    deal.counterpart, deal.contact = "", ContactFactory(company=deal.company)

    assert missing_for(deal, "negotiation") == []


@pytest.mark.parametrize(
    "fields",
    [{"due_date": None}, {"side": "theirs"}, {"status": "blocked", "blocked_by": "x", "blocked_since": "2026-01-01"}],
)
def test_only_an_open_dated_commitment_of_ours_is_a_next_step(deal, fields):
    CommitmentFactory(about=deal, **fields)

    assert names(missing_for(deal, "qualified")) == ["next_step"]


def test_the_newest_figure_of_a_kind_counts(deal, ready_for):
    ready_for(deal, "realised")
    DealValueFactory(deal=deal, kind="realised", date="2027-06-01", jobs=150, evidence="Act no. 9")

    assert names(missing_for(deal, "realised")) == ["confirmation"]


class TestSupply:
    def test_it_skips_the_memorandum(self, deal, ready_for):
        ready_for(deal, "agreement")
        deal.kind = DealKind.SUPPLY
        deal.memoranda.all().delete()

        assert missing_for(deal, "agreement") == []

    def test_it_is_realised_when_fulfilled_without_jobs(self, deal, ready_for):
        ready_for(deal, "realised")
        deal.kind = DealKind.SUPPLY
        deal.memoranda.all().delete()
        deal.values.filter(kind="realised").update(jobs=None)

        assert missing_for(deal, "realised") == []

    def test_moved_to_the_memorandum_all_the_same_it_needs_one(self, deal, ready_for):
        ready_for(deal, "negotiation")
        deal.kind = DealKind.SUPPLY

        assert names(missing_for(deal, "memorandum")) == ["memorandum", "next_milestone"]

    def test_its_next_stage_after_negotiation_is_the_agreement(self, deal):
        deal.kind, deal.stage = DealKind.SUPPLY, "negotiation"

        assert next_stage(deal) == "agreement"


@pytest.mark.parametrize(("stage", "after"), [*pairwise(ORDER), ("realised", None)])
def test_the_next_stage(deal, stage, after):
    deal.stage = stage

    assert next_stage(deal) == after


def test_the_checklist_shows_what_is_met_and_what_earlier_stages_lack(official):
    deal = empty(official.region, negotiating="Price")

    shown = [(gap.field, met) for gap, met in checklist(dossiers_of([deal])[deal.pk], "negotiation")]

    assert shown == [
        ("company", False),
        ("sector", False),
        ("owner", False),
        ("next_step", False),
        ("contact", False),
        ("negotiating", True),
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_the_dossiers_of_many_deals_take_four_queries(official, count, django_assert_num_queries):
    deals = DealFactory.create_batch(count, region=official.region)
    for deal in deals:
        CommitmentFactory(about=deal)
        DealValueFactory(deal=deal)
    dossiers_of(deals[:1])

    with django_assert_num_queries(4):
        dossiers = dossiers_of(deals)
        found = [missing_for(deal, "negotiation", dossier=dossiers[deal.pk]) for deal in deals]

    assert {tuple(names(gaps)) for gaps in found} == {("contact", "negotiating")}
