from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.reference.errors import RateRefused
from crm.reference.models import ExchangeRate, Holiday
from crm.reference.services import load_holidays, record_rate
from crm.shared.errors import NotAllowed
from tests.factories.reference import CurrencyFactory

pytestmark = pytest.mark.django_db


def test_the_days_off_of_three_years_come_with_the_tables_in_three_languages() -> None:
    day = Holiday.objects.get(date=date(2026, 3, 24))
    assert (day.region.code, day.kind) == ("KZ", "day_off")
    assert (day.name_kk, day.name_ru, day.name_en) == (
        "Наурыз мейрамы (қайта белгіленген демалыс)",
        "Наурыз мейрамы (перенос)",
        "Nowruz Holiday (observed)",
    )
    assert set(Holiday.objects.values_list("date__year", flat=True)) == {2025, 2026, 2027}


def test_loading_adds_the_missing_days_of_the_years_and_keeps_edited_ones() -> None:
    Holiday.objects.filter(date=date(2026, 5, 27)).update(name_en="Eid, announced")
    assert load_holidays(by=None, years=[2026]) == []
    added = load_holidays(by=None, years=[2026, 2028])
    assert {holiday.date.year for holiday in added} == {2028}
    assert Holiday.objects.get(date=date(2026, 5, 27)).name_en == "Eid, announced"
    assert AuditEvent.objects.filter(model="reference.holiday").count() == len(added)


def test_the_command_says_how_many_days_it_added(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_holidays", "--years", "2028")
    added = Holiday.objects.filter(date__year=2028).count()
    assert added > 10
    assert capsys.readouterr().out == f"{added} days added\n"


def test_a_rate_is_kept_once_a_day_and_can_be_corrected(administrator: User) -> None:
    dollar = CurrencyFactory(code="USD")
    for rate in ("505.1", "506.2"):
        record_rate(dollar, by=administrator, date=date(2026, 3, 2), rate=Decimal(rate), source="National Bank")
    assert ExchangeRate.objects.get().rate == Decimal("506.2")


def test_only_an_administrator_keeps_rates_and_days(manager: User) -> None:
    with pytest.raises(NotAllowed):
        record_rate(CurrencyFactory(), by=manager, date=date(2026, 3, 2), rate=Decimal(505))
    with pytest.raises(NotAllowed):
        load_holidays(by=manager, years=[2028])


def test_a_rate_of_zero_is_refused(administrator: User) -> None:
    with pytest.raises(RateRefused):
        record_rate(CurrencyFactory(), by=administrator, date=date(2026, 3, 2), rate=Decimal(0))
