from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db.models import Count, Exists, F, OuterRef, Value, Window
from django.db.models.functions import RowNumber

from crm.shared.together import Rows, Steps, fetch_together, run_together
from leads.deals.models import Deal, DealValue
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory, DealValueFactory

pytestmark = pytest.mark.django_db


def test_values_come_back_as_the_fields_have_them() -> None:
    moment = datetime(2026, 3, 2, 5, 30, 15, 250000, tzinfo=UTC)
    deal = DealFactory(title='"Қазақ" – ünlü', expected_start=date(2026, 5, 1), last_activity_at=moment, owner=None)
    DealValueFactory(deal=deal, amount=Decimal("12500000.50"))
    rows = Deal.objects.annotate(has_value=Exists(DealValue.objects.filter(deal=OuterRef("pk"))))
    columns = ("pk", "title", "expected_start", "last_activity_at", "owner_id", "owner__full_name", "has_value")
    found, values = fetch_together((Rows(rows, columns), Rows(DealValue.objects.all(), ("amount",))))
    assert tuple(found[0]) == (deal.pk, '"Қазақ" – ünlü', date(2026, 5, 1), moment, None, None, True)
    assert found[0].title == deal.title
    assert values == [(Decimal("12500000.50"),)]


def test_whoever_asks_at_the_same_time_shares_one_query(django_assert_num_queries) -> None:
    deal, company = DealFactory(), CompanyFactory(name="Bursa OSB")

    def names(times: int) -> Steps[str]:
        for _ in range(times):
            companies, deals = yield (
                Rows(type(company).objects.filter(pk=company.pk), ("name",)),
                Rows(Deal.objects.filter(pk=deal.pk), ("title",)),
            )
            yield f"{companies[0].name}, {deals[0].title}"

    with django_assert_num_queries(3):
        found = run_together([names(0), names(1), names(3), names(2)])
    assert found == [[f"Bursa OSB, {deal.title}"] * times for times in (0, 1, 3, 2)]


def test_who_finds_that_there_is_nothing_to_ask_goes_on() -> None:
    def steps() -> Steps[str]:
        found = yield ()
        yield f"after {found}"

    assert run_together([steps()]) == [["after []"]]


def test_nothing_wanted_is_nothing_asked(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert fetch_together(()) == []
        assert fetch_together((Rows(Deal.objects.none(), ("pk",)), Rows(Deal.objects.filter(pk__in=[]), ("pk",)))) == [
            [],
            [],
        ]
        assert run_together([]) == []


def test_a_part_may_be_limited_by_its_place_and_hold_what_is_counted() -> None:
    deals = DealFactory.create_batch(4)
    numbered = Deal.objects.annotate(
        place=Window(RowNumber(), partition_by=[F("region")], order_by=[F("pk").asc()]),
        in_region=Window(Count("pk"), partition_by=[F("region")]),
    ).filter(place__lte=2)
    few, none, one = fetch_together(
        (
            Rows(numbered.order_by("-pk"), ("pk", "in_region")),
            Rows(Deal.objects.none(), ("pk",)),
            Rows(Deal.objects.annotate(kind_of=Value(7)).filter(pk=deals[3].pk), ("pk", "kind_of")),
        )
    )
    assert sorted(few) == [(deals[0].pk, 4), (deals[1].pk, 4)]
    assert (none, one) == ([], [(deals[3].pk, 7)])
