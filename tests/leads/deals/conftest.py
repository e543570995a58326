"""A deal and the steps that make it ready for each stage."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest

from crm.accounts.models import User
from leads.deals.models import Deal, DealValue, Permit
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory, DealValueFactory, MemorandumFactory


@pytest.fixture
def deal(official: User) -> Deal:
    return DealFactory(region=official.region, owner=official)


def fill_lead(deal: Deal) -> None:
    """What the stage ``qualified`` needs beside company, sector and owner, which the factory gives."""
    CommitmentFactory(about=deal, executor=deal.owner)


def fill_negotiation(deal: Deal) -> None:
    deal.counterpart, deal.negotiating = "Mehmet Aydın", "The plot and the connection to the grid"


def fill_memorandum(deal: Deal) -> None:
    MemorandumFactory(deal=deal)


def fill_agreement(deal: Deal) -> None:
    DealValueFactory(deal=deal, kind="agreed")
    deal.expected_start = datetime.date(2026, 9, 1)


def fill_implementation(deal: Deal) -> None:
    deal.started_on, deal.site = datetime.date(2026, 9, 3), "Plot 14"
    Permit.objects.create(deal=deal, name="Building permit", body="Architecture department")


def fill_realised(deal: Deal) -> None:
    value: DealValue = DealValueFactory(deal=deal, kind="realised", jobs=140, evidence="Act no. 7")
    value.confirmed_at = datetime.datetime(2027, 5, 1, 9, tzinfo=datetime.UTC)
    value.save()


FILLS: dict[str, Callable[[Deal], None]] = {
    "qualified": fill_lead,
    "negotiation": fill_negotiation,
    "memorandum": fill_memorandum,
    "agreement": fill_agreement,
    "implementation": fill_implementation,
    "realised": fill_realised,
}


@pytest.fixture
def ready_for() -> Callable[[Deal, str], Deal]:
    """Give the deal what ``stage`` and the stages before it need."""

    def fill(deal: Deal, stage: str) -> Deal:
        for name, fill_stage in FILLS.items():
            fill_stage(deal)
            if name == stage:
                break
        deal.save()
        return deal

    return fill


@pytest.fixture
def million() -> Decimal:
    return Decimal("1000000.00")
