"""Deals on the pages of lower records."""

import pytest

from crm.shared.registries import panels_of
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory, DealValueFactory
from tests.factories.meetings import MeetingFactory


def rows(record, user):
    (panel,) = [panel for panel in panels_of(record, user) if panel.template == "deals/_panel.html"]
    return panel.context["deal_rows"]


def test_a_company_shows_its_deals_to_who_may_see_them(official, stranger):
    company = CompanyFactory()
    deal = DealFactory(region=official.region, company=company)
    DealFactory(region=official.region)

    assert [row["deal"] for row in rows(company, official)] == [deal]
    assert rows(company, stranger) == []


def test_a_meeting_too(official):
    meeting = MeetingFactory(region=official.region)
    deal = DealFactory(region=official.region)
    deal.meetings.add(meeting)

    assert [row["deal"] for row in rows(meeting, official)] == [deal]


def test_on_the_companys_page(official, signed_in):
    deal = DealFactory(region=official.region)
    CommitmentFactory(about=deal, text="Send the plan")
    DealValueFactory(deal=deal)

    html = signed_in(official).get(deal.company.get_absolute_url()).content.decode()

    for words in [deal.title, "Send the plan", "$12.0m"]:
        assert words in html


@pytest.mark.parametrize("count", [1, 30])
def test_three_queries(count, official, django_assert_num_queries):
    company = CompanyFactory()
    for _ in range(count):
        CommitmentFactory(about=DealFactory(region=official.region, company=company))
    rows(company, official)

    from leads.deals.panels import deals_of_company

    with django_assert_num_queries(3):
        deals_of_company(company, official)
