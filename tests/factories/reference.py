from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import factory

from crm.reference.models import Currency, Region, Sector

#: The region of records that are made without naming one.
_region = ContextVar("region", default="KZ-15")


@contextmanager
def in_region(code: str) -> Iterator[None]:
    """Make records of that region for a while."""
    token = _region.set(code)
    try:
        yield
    finally:
        _region.reset(token)


class RegionFactory(factory.django.DjangoModelFactory):
    """The region of the code, which the data migration has made."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = factory.LazyFunction(_region.get)


class SectorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sector
        django_get_or_create = ("code",)

    code = "construction_materials"


class CurrencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Currency
        django_get_or_create = ("code",)

    code = "USD"
