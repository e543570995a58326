from datetime import date
from decimal import Decimal

import pytest

from crm.reference.choices import DayKind
from crm.reference.models import ExchangeRate, Holiday, Region
from crm.reference.queries import calendar_of, rate_on, regions_at_work
from tests.factories.reference import CurrencyFactory, RegionFactory

pytestmark = pytest.mark.django_db


def test_a_region_rests_on_the_days_of_its_country(django_assert_num_queries) -> None:
    region = RegionFactory()
    with django_assert_num_queries(1):
        calendar = calendar_of(region)
    assert not calendar.is_working(date(2026, 3, 9)), "Women's Day falls on a Sunday, so Monday is off"
    assert not calendar.is_working(date(2026, 3, 25))
    assert calendar.is_working(date(2026, 3, 10))
    assert calendar.is_working(date(2025, 1, 5)), "a worked Sunday"


def test_a_region_may_work_when_the_country_rests_and_a_district_may_rest_again() -> None:
    region = RegionFactory()
    district = Region.objects.create(code="KZ-15-A", kind="district", parent=region, name_en="District")
    Holiday.objects.create(region=region, date=date(2026, 3, 9), kind=DayKind.WORKING_DAY)
    Holiday.objects.create(region=district, date=date(2026, 3, 9), kind=DayKind.DAY_OFF)
    elsewhere = RegionFactory(code="KZ-23")
    working = {place.code: calendar_of(place).is_working(date(2026, 3, 9)) for place in (region, district, elsewhere)}
    assert working == {"KZ-15": True, "KZ-15-A": False, "KZ-23": False}


def test_the_calendars_of_all_regions_are_the_same_as_one_by_one_in_one_query(django_assert_num_queries) -> None:
    region = RegionFactory()
    Holiday.objects.create(region=region, date=date(2026, 9, 1), name_en="Day of the region")
    with django_assert_num_queries(1):
        at_work = regions_at_work()
    places = Region.objects.select_related("parent")
    assert {key: place.calendar for key, place in at_work.items()} == {place.pk: calendar_of(place) for place in places}
    assert {key: place.line for key, place in at_work.items()} == {place.pk: place.line for place in places}
    assert at_work[region.pk].zone.key == region.time_zone


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 1), None),
        (date(2026, 3, 2), Decimal(505)),
        (date(2026, 3, 4), Decimal(505)),
        (date(2026, 3, 5), Decimal(510)),
        (date(2026, 3, 15), Decimal(510)),
        (date(2026, 3, 16), None),
    ],
)
def test_the_newest_rate_of_the_last_ten_days_counts(day: date, expected: Decimal | None) -> None:
    dollar = CurrencyFactory(code="USD")
    ExchangeRate.objects.create(currency=dollar, date=date(2026, 3, 2), rate=Decimal(505))
    ExchangeRate.objects.create(currency=dollar, date=date(2026, 3, 5), rate=Decimal(510))
    found = rate_on(dollar, day)
    assert (found.rate if found else None) == expected


def test_the_reporting_currency_is_worth_itself() -> None:
    found = rate_on(CurrencyFactory(code="KZT"), date(2026, 3, 2))
    assert found is not None
    assert found.rate == 1
