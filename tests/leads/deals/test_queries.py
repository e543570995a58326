"""When a deal has gone quiet: the working days of its stage and region."""

import datetime

import pytest

from crm.reference.models import Holiday
from crm.reminders.queries import asking_for
from leads.deals.models import Deal
from leads.deals.queries import deals_gone_quiet
from tests.factories.deals import DealFactory
from tests.factories.reference import RegionFactory

#: A Tuesday; the last activity was at noon in Aktobe.
LAST = datetime.datetime(2026, 2, 3, 7, tzinfo=datetime.UTC)
#: The first day on which so many working days have passed; public holidays are days off.
FIRST_QUIET = {
    "lead": datetime.date(2026, 2, 12),
    "qualified": datetime.date(2026, 3, 18),
    "negotiation": datetime.date(2026, 4, 13),
    "memorandum": datetime.date(2026, 3, 18),
    "agreement": datetime.date(2026, 3, 18),
    "implementation": datetime.date(2026, 5, 5),
}
DAY = datetime.timedelta(days=1)


def quiet_on(day):
    return deals_gone_quiet(asking_for([], on=day))


def quiet_since(last=LAST, **fields):
    deal = DealFactory(**fields)
    Deal.objects.filter(pk=deal.pk).update(last_activity_at=last)
    return deal


@pytest.mark.parametrize(("stage", "first"), FIRST_QUIET.items())
def test_from_the_stages_working_days_on(db, stage, first):
    deal = quiet_since(stage=stage)

    assert list(quiet_on(first - DAY)) == []
    assert list(quiet_on(first)) == [deal]
    assert list(quiet_on(first + 300 * DAY)) == [deal]


def test_the_days_off_of_the_deals_own_region_count(official):
    Holiday.objects.create(
        region=official.region, date=datetime.date(2026, 2, 5), name_kk="Х", name_ru="Х", name_en="Own day"
    )
    ours = quiet_since(region=official.region)
    other = quiet_since(region=RegionFactory(code="KZ-23"))

    assert set(quiet_on(FIRST_QUIET["lead"])) == {other}
    assert set(quiet_on(FIRST_QUIET["lead"] + DAY)) == {ours, other}


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": "realised"},
        {"health": "lost", "lost_reason": "Price"},
        {"health": "dormant", "dormant_reason": "Winter"},
        {"archived_at": LAST},
    ],
)
def test_never_what_is_over(db, fields):
    quiet_since(**fields)

    assert not quiet_on(datetime.date(2027, 1, 1)).exists()


@pytest.mark.parametrize("count", [1, 30])
def test_all_owners_in_a_fixed_number_of_queries(db, count, django_assert_max_num_queries):
    for _ in range(count):
        quiet_since()

    # The thresholds that regions decided, the regions with their calendars, the deals.
    with django_assert_max_num_queries(3):
        assert len(quiet_on(FIRST_QUIET["lead"])) == count
