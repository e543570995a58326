"""What to know before a trip: one country, as the user's region knows it."""

import datetime
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from docx import Document

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from leads.deals.queries import CountryBriefing, country_briefing
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import CompanyFactory, ContactFactory
from tests.factories.deals import DealFactory, DealValueFactory
from tests.factories.delegations import DelegationFactory, DelegationStopFactory
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
TODAY = datetime.date(2026, 3, 2)
ADDRESS = reverse("deals:country", args=["TR"])
WORD = reverse("deals:country_brief", args=["TR"])


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime.datetime(2026, 3, 2, 6, tzinfo=datetime.UTC), tick=False):
        yield


def briefing(user: User, code: str = "TR") -> CountryBriefing:
    return country_briefing(user, code, on=TODAY)


def test_deals_in_work_come_with_their_sums_the_largest_first(official: User) -> None:
    small, large = DealFactory(region=official.region), DealFactory(region=official.region, stage="memorandum")
    done = DealFactory(region=official.region, stage="realised")
    DealFactory(region=official.region, health="lost", lost_reason="Tariff")
    DealFactory(region=official.region, company__country="CN")
    for deal, kind, amount in (
        (small, "announced", 10),
        (large, "announced", 50),
        (large, "agreed", 40),
        (done, "announced", 7),
        (done, "realised", 6),
    ):
        DealValueFactory(deal=deal, kind=kind, amount=amount, amount_reporting=Decimal(amount))
    CommitmentFactory(about=large, text="Send the plan")
    found = briefing(official)
    assert [(row.deal, row.number, row.step) for row in found.deals] == [(large, 4, "Send the plan"), (small, 1, "")]
    assert (found.announced, found.agreed, found.realised) == (60, 40, 6)


def test_a_deal_of_a_visit_there_counts_while_its_company_is_open(official: User) -> None:
    visit = DelegationStopFactory(delegation__region=official.region).delegation
    deal = DealFactory(region=official.region, company=None, delegation=visit)
    DealFactory(region=official.region, company__country="CN", delegation=visit)
    assert [row.deal for row in briefing(official).deals] == [deal]
    assert [one.pk for one in briefing(official).visits] == [visit.pk]


def test_what_either_side_owes_about_anything_of_the_country(official: User) -> None:
    company = CompanyFactory()
    meeting = MeetingFactory(region=official.region)
    meeting.companies.add(company)
    visit = DelegationStopFactory(delegation__region=official.region).delegation
    deal = DealFactory(region=official.region)
    for number, about in enumerate((deal, meeting, visit)):
        CommitmentFactory(about=about, text=f"Ours {number}", due_date=TODAY + datetime.timedelta(number))
    CommitmentFactory(about=deal, side="theirs", text="Theirs")
    CommitmentFactory(about=deal, text="Kept", status="kept", closed_at="2026-03-01T12:00:00Z")
    CommitmentFactory(about=DealFactory(region=official.region, company__country="CN"), text="Of China")
    found = briefing(official)
    assert [one.commitment.text for one in found.ours] == ["Ours 0", "Ours 1", "Ours 2"]
    assert [one.about.title for one in found.ours if one.about] == [deal.title, meeting.subject, visit.title]
    assert [one.commitment.text for one in found.theirs] == ["Theirs"]


def test_those_met_last_come_first_and_those_with_a_deal_before_them(official: User) -> None:
    met, later, dealing = CompanyFactory(name="Met"), CompanyFactory(name="Later"), CompanyFactory(name="Dealing")
    CompanyFactory(name="Only in the directory")
    DealFactory(region=official.region, company=dealing)
    for company, day in ((met, 1), (later, 2)):
        contact = ContactFactory(company=company, full_name=f"Of {company.name}")
        contact.regions.add(official.region)
        meeting = MeetingFactory(region=official.region, date=datetime.date(2026, 2, day), subject=company.name)
        meeting.companies.add(company)
        meeting.contacts.add(contact)
    MeetingFactory(region=official.region, date=datetime.date(2026, 5, 1), subject="To come").companies.add(met)
    found = briefing(official)
    assert [company.name for company in found.companies] == ["Dealing", "Met", "Later"]
    assert [meeting.subject for meeting in found.meetings] == ["Later", "Met"]
    assert [contact.full_name for contact in found.contacts] == ["Of Later", "Of Met"]


def test_another_region_knows_nothing_of_it(official: User, stranger: User, national: User) -> None:
    deal = DealFactory(region=official.region)
    CommitmentFactory(about=deal)
    ContactFactory(company=deal.company).regions.add(official.region)
    meeting = MeetingFactory(region=official.region)
    meeting.companies.add(deal.company)
    assert briefing(stranger).is_empty
    assert not briefing(stranger).contacts
    assert [row.deal for row in briefing(national).deals] == [deal]


def test_no_such_country_and_no_partner(official: User, partner: User, signed_in: SignIn) -> None:
    for code in ("XX", "tr", "TUR", "EU"):
        assert signed_in(official).get(reverse("deals:country", args=[code])).status_code == 404
    for address in (ADDRESS, WORD):
        assert signed_in(partner).get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_takes_twelve_queries_at_most(
    rows: int, official: User, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    for _number in range(rows):
        deal = DealFactory(region=official.region, owner=official)
        DealValueFactory(deal=deal, amount_reporting=5)
        meeting = MeetingFactory(region=official.region)
        meeting.companies.add(deal.company)
        visit = DelegationStopFactory(delegation__region=official.region).delegation
        ContactFactory(company=deal.company).regions.add(official.region)
        for about in (deal, meeting, visit):
            CommitmentFactory(about=about)
            CommitmentFactory(about=about, side="theirs")
    client = signed_in(official)
    client.get(ADDRESS)
    with django_assert_max_num_queries(12):
        html = client.get(ADDRESS).content.decode()
    assert min(rows, 5) <= html.count("Precast concrete plant")


def test_it_is_reached_from_the_visit_the_company_and_the_lists(official: User, signed_in: SignIn) -> None:
    visit = DelegationFactory(region=official.region)
    DelegationStopFactory(delegation=visit)
    DelegationStopFactory(delegation=visit, country="KZ")
    deal = DealFactory(region=official.region)
    DealValueFactory(deal=deal, amount_reporting=5)
    client = signed_in(official)
    companies, dashboard = reverse("companies:companies"), reverse("deals:dashboard")
    for address in (visit.get_absolute_url(), deal.company.get_absolute_url(), companies, dashboard):
        html = client.get(address).content.decode()
        assert ADDRESS in html
        assert reverse("deals:country", args=["KZ"]) not in html


def test_as_word_it_says_the_same_and_leaves_a_trace(official: User, signed_in: SignIn) -> None:
    deal = DealFactory(region=official.region, title="Precast plant")
    DealValueFactory(deal=deal, amount_reporting=Decimal("6061200000"))
    CommitmentFactory(about=deal, text="Send the plan", executor=official)
    MeetingFactory(region=official.region, subject="Talks in Bursa").companies.add(deal.company)
    response = signed_in(official).get(WORD)
    document = Document(io.BytesIO(b"".join(response.streaming_content)))
    table = [cell.text for row in document.tables[0].rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *table])
    for words in ("Türkiye", "Precast plant", "$12.0m", "₸6.1bn", f"Send the plan, {official.full_name}, 6 March 2026"):
        assert words in text
    assert "18 February 2026: Talks in Bursa" in text
    event = AuditEvent.objects.get(action="exported")
    assert (event.actor_id, event.changes["country"]) == (official.pk, "TR")
