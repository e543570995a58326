"""Writes of the reference data: administrators', and the system's (``by=None``)."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit.services import Actor, create_record, update_record
from crm.reference.errors import RateRefused
from crm.reference.holiday_library import computed_holidays
from crm.reference.models import Currency, ExchangeRate, Holiday, Office, OfficeName, Region
from crm.reference.queries import country
from crm.shared.errors import NotAllowed


class Keeper(Actor, Protocol):
    def has_perm(self, perm: str, obj: object = None) -> bool: ...


@transaction.atomic
def record_rate(currency: Currency, *, by: Keeper | None, date: date, rate: Decimal, source: str = "") -> ExchangeRate:
    """Keep what one unit of ``currency`` is worth in the reporting currency on ``date``; a second call corrects it.

    Raises ``NotAllowed`` for anybody but an administrator, ``RateRefused`` for a rate that is not positive.
    """
    _require_keeper(by, "reference.change_exchangerate")
    if rate <= 0:
        raise RateRefused(_("A rate is greater than zero."), fields={"rate": _("A rate is greater than zero.")})
    known = ExchangeRate.objects.filter(currency=currency, date=date).first()
    if known:
        return update_record(known, by=by, changes={"rate": rate, "source": source})
    return create_record(ExchangeRate(currency=currency, date=date, rate=rate, source=source), by=by)


@transaction.atomic
def load_holidays(*, by: Keeper | None, years: Iterable[int]) -> list[Holiday]:
    """Add the country's computed days of ``years`` that are not there yet, and return them.

    A day that somebody has entered or edited is kept as it is, so the call is safe at any time. Raises ``NotAllowed``
    for anybody but an administrator.
    """
    _require_keeper(by, "reference.add_holiday")
    region = country()
    known = set(Holiday.objects.filter(region=region).values_list("date", flat=True))
    missing = [row for row in computed_holidays(years) if row["date"] not in known]
    return [create_record(Holiday(region=region, **row), by=by) for row in missing]


@transaction.atomic
def create_office(
    *, by: Keeper | None, region: Region, kind: str, valid_from: date, names: Mapping[str, str]
) -> Office:
    """Add an office with what it is called from ``valid_from`` on; ``names`` are the fields of ``OfficeName``.

    Raises ``NotAllowed`` for anybody but an administrator.
    """
    _require_keeper(by, "reference.add_office")
    office = create_record(Office(region=region, kind=kind), by=by)
    create_record(OfficeName(office=office, valid_from=valid_from, **names), by=by)
    return office


def _require_keeper(by: Keeper | None, permission: str) -> None:
    if by is not None and not by.has_perm(permission):
        raise NotAllowed(_("Only an administrator may change reference data."))
