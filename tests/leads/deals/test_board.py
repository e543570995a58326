"""The board and the table."""

import datetime
import re
from decimal import Decimal

import pytest
import time_machine

from crm.reference.models import ExchangeRate
from leads.deals.models import Deal
from leads.deals.services import record_value
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory, DealValueFactory
from tests.factories.delegations import DelegationFactory
from tests.factories.reference import CurrencyFactory, RegionFactory, SectorFactory

NOW = datetime.datetime(2026, 3, 5, 7, tzinfo=datetime.UTC)
STAGES = ["lead", "qualified", "negotiation", "memorandum", "agreement", "implementation", "realised"]


def column(html: str, number: int) -> str:
    return re.search(rf'<section class="bcol" id="st{number}".*?</section>', html, re.DOTALL)[0]


def page(client, address="/deals/", **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def titles(client, **query):
    return {deal.title for deal in Deal.objects.all() if deal.title in page(client, "/deals/table/", **query)}


def many(region, count):
    """An office's board: ``count`` deals over all stages, of six owners and visits, with all that a card shows."""
    owners, visits = UserFactory.create_batch(6), DelegationFactory.create_batch(6, region=region)
    for number in range(count):
        deal = DealFactory(
            region=region, stage=STAGES[number % 7], delegation=visits[number % 6], owner=owners[number % 6]
        )
        CommitmentFactory(about=deal)
        DealValueFactory(deal=deal)


class TestColumns:
    def test_there_are_seven_and_each_deal_stands_in_its_own(self, official, signed_in):
        for stage in STAGES:
            DealFactory(region=official.region, stage=stage, title=f"At {stage}")

        html = page(signed_in(official))

        for number, stage in enumerate(STAGES, start=1):
            assert [s for s in STAGES if f"At {s}" in column(html, number)] == [stage]

    def test_money_adds_up_in_the_reporting_currency_and_counts_what_has_no_rate(self, official, signed_in):
        ExchangeRate.objects.create(currency=CurrencyFactory(), date="2026-02-20", rate=500)
        for currency, amount in [("USD", 12_000_000), ("KZT", 1_000_000_000), ("EUR", 5)]:
            record_value(
                DealFactory(region=official.region),
                by=official,
                kind="announced",
                date=datetime.date(2026, 2, 20),
                amount=Decimal(amount),
                currency=CurrencyFactory(code=currency),
            )

        html = column(page(signed_in(official)), 1)

        assert "₸7.0bn" in html
        assert "+ 1 without a rate" in html
        assert '<span class="n">3</span>' in html

    def test_the_newest_figure_stands_for_the_deal(self, deal, official, signed_in):
        DealValueFactory(deal=deal, kind="announced", amount=12_000_000, date="2026-02-20")
        DealValueFactory(deal=deal, kind="agreed", amount=15_000_000, date="2026-06-01")

        assert "$15.0m" in column(page(signed_in(official)), 1)

    def test_a_card_shows_the_next_step_and_how_late_it_is(self, deal, official, signed_in):
        CommitmentFactory(about=deal, text="Later step", due_date="2026-03-20")
        CommitmentFactory(about=deal, text="Send the wind map", due_date="2026-03-01")

        with time_machine.travel(NOW, tick=False):
            html = column(page(signed_in(official)), 1)

        assert "Send the wind map" in html
        assert "4 days late" in html
        assert "islate" in html
        assert "Later step" not in html

    def test_a_deal_without_a_step_asks_for_one(self, deal, official, signed_in):
        assert "Name the next step" in column(page(signed_in(official)), 1)

    def test_a_quiet_deal_says_for_how_long(self, deal, official, signed_in):
        Deal.objects.update(last_activity_at=datetime.datetime(2026, 2, 10, 7, tzinfo=datetime.UTC))

        with time_machine.travel(NOW, tick=False):
            assert "quiet for 23 days" in column(page(signed_in(official)), 1)

    def test_long_columns_are_cut_with_a_way_to_all(self, official, signed_in):
        DealFactory.create_batch(27, region=official.region)

        html = column(page(signed_in(official), health="all"), 1)

        assert html.count('class="bcard') == 25
        assert "/deals/table/?stage=lead&amp;health=all" in html
        assert "Show all 27" in html

    def test_deals_at_rest_stand_aside_and_are_counted(self, deal, official, signed_in):
        DealFactory(region=official.region, title="Sleeping", health="dormant", dormant_reason="Winter")
        DealFactory(region=official.region, title="Gone", health="lost", lost_reason="Price")
        client = signed_in(official)

        html = page(client)

        assert "Sleeping" not in html
        assert re.search(r"Dormant: 1<", html)
        assert re.search(r"Lost: 1<", html)
        assert "Sleeping" in page(client, health="dormant")
        assert deal.title not in page(client, health="lost")

    def test_what_needs_attention_is_counted_and_linked(self, official, signed_in):
        late, quiet = DealFactory.create_batch(2, region=official.region)
        CommitmentFactory(about=late, due_date="2026-01-01")
        Deal.objects.filter(pk=quiet.pk).update(last_activity_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))

        with time_machine.travel(NOW, tick=False):
            Deal.objects.filter(pk=late.pk).update(last_activity_at=NOW)
            html = page(signed_in(official))

        assert "1 overdue" in html
        assert "1 gone quiet" in html
        assert "1 without a next step" in html


class TestFilters:
    @pytest.fixture
    def deals(self, official, colleague):
        """Two deals that differ in everything that a filter looks at."""
        ours = DealFactory(
            region=official.region,
            title="Cement works",
            owner=official,
            company=CompanyFactory(name="Yıldız", country="TR", search_text="iildiz"),
            sector=SectorFactory(code="logistics"),
            delegation=DelegationFactory(region=official.region),
        )
        other = DealFactory(
            region=official.region,
            title="Seed factory",
            owner=colleague,
            company=CompanyFactory(name="Hansa", country="DE"),
        )
        Deal.objects.filter(pk=ours.pk).update(search_text="tsement works")
        Deal.objects.filter(pk=other.pk).update(health="delayed")
        CommitmentFactory(about=other, due_date="2026-01-01")
        return ours, other

    def test_each_narrows_the_table(self, deals, official, signed_in):
        ours, _other = deals
        client = signed_in(official)
        for query in [
            {"owner": official.pk},
            {"country": "TR"},
            {"sector": "logistics"},
            {"delegation": ours.delegation_id},
            {"q": "цемент"},
            {"q": "Yıldız"},
            {"step": "none"},
        ]:
            assert titles(client, **query) == {"Cement works"}, query
        for query in [{"step": "overdue"}, {"health": "delayed"}, {"country": "DE"}]:
            assert titles(client, **query) == {"Seed factory"}, query
        assert titles(client) == {"Cement works", "Seed factory"}

    def test_quiet_counts_the_working_days_of_the_stage(self, deals, official, signed_in):
        ours, other = deals
        # Seven working days before Thursday 5 March 2026 is Tuesday 24 February.
        moments = {ours.pk: (2026, 2, 24), other.pk: (2026, 2, 25)}
        for key, day in moments.items():
            Deal.objects.filter(pk=key).update(last_activity_at=datetime.datetime(*day, 10, tzinfo=datetime.UTC))

        with time_machine.travel(NOW, tick=False):
            assert titles(signed_in(official), quiet="true") == {"Cement works"}

    def test_nonsense_in_the_address_is_ignored(self, deals, official, signed_in):
        for query in [{"owner": "x"}, {"stage": "x"}, {"owner": "9" * 30}, {"sort": "x"}, {"page": "x"}]:
            page(signed_in(official), "/deals/table/", **query)
            page(signed_in(official), **query)

    def test_the_bar_offers_what_there_is(self, deals, official, colleague, signed_in):
        html = page(signed_in(official))

        for choice in [official.full_name, colleague.full_name, "Türkiye", "Germany", 'value="logistics"']:
            assert choice in html
        assert 'name="region"' not in html

    def test_national_staff_choose_the_region(self, deals, national, signed_in):
        DealFactory(region=RegionFactory(code="KZ-23"), title="Far away")
        client = signed_in(national)

        assert 'name="region"' in page(client)
        assert titles(client, region="KZ-23") == {"Far away"}

    def test_htmx_gets_the_columns_alone(self, deals, official, signed_in):
        response = signed_in(official).get("/deals/", {"country": "TR"}, headers={"HX-Request": "true"})

        html = response.content.decode()
        assert "<html" not in html
        assert "Cement works" in html
        assert "HX-Request" in response["Vary"]


class TestTable:
    def test_it_is_sorted_by_its_headings_and_paged(self, official, signed_in):
        for number in range(30):
            DealFactory(region=official.region, title=f"Deal {number:02}", stage=STAGES[number % 7])
        client = signed_in(official)

        first = re.findall(r">(Deal \d\d)<", page(client, "/deals/table/", sort="deal"))
        last = re.findall(r">(Deal \d\d)<", page(client, "/deals/table/", sort="-deal", page=2))

        assert first == [f"Deal {n:02}" for n in range(25)]
        assert last == [f"Deal {n:02}" for n in range(4, -1, -1)]

    def test_stages_are_sorted_in_their_order(self, official, signed_in):
        for stage in ["qualified", "agreement", "lead"]:
            DealFactory(region=official.region, title=f"At {stage}", stage=stage)

        html = page(signed_in(official), "/deals/table/", sort="stage")

        assert re.findall(r">At (\w+)<", html) == ["lead", "qualified", "agreement"]


class TestWhoSeesWhat:
    @pytest.mark.parametrize("address", ["/deals/", "/deals/table/"])
    def test_a_deal_is_seen_in_its_region_and_by_national_staff(self, address, request, deal, signed_in):
        seen = {
            name: deal.title in page(signed_in(request.getfixturevalue(name)), address)
            for name in ["official", "colleague", "viewer", "administrator", "national", "stranger", "partner"]
        }

        assert [name for name, sees in seen.items() if not sees] == ["stranger", "partner"]

    def test_who_may_not_write_gets_no_buttons(self, deal, viewer, signed_in):
        html = page(signed_in(viewer))

        assert "New deal" not in html
        assert "/move/" not in html

    def test_the_address_asks_for_sign_in(self, client, db):
        assert client.get("/deals/").status_code == 302


@pytest.mark.parametrize("count", [1, 35])
@pytest.mark.parametrize("address", ["/deals/", "/deals/table/"])
def test_queries_stay_few(address, count, official, signed_in, django_assert_max_num_queries):
    many(official.region, count)
    client = signed_in(official)
    client.get(address)

    with django_assert_max_num_queries(12) as counted:
        client.get(address)

    assert len(counted) == len({query["sql"] for query in counted.captured_queries})


def test_fifty_cards_weigh_no_more_than_sixty_kilobytes(official, signed_in):
    many(official.region, 50)

    weight = len(signed_in(official).get("/deals/").content)

    assert weight <= 60_000, weight
