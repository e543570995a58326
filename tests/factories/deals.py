import datetime
from decimal import Decimal

import factory

from leads.deals.models import Deal, DealValue, Memorandum
from tests.factories.accounts import UserFactory
from tests.factories.companies import CompanyFactory
from tests.factories.reference import CurrencyFactory, RegionFactory, SectorFactory


class DealFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Deal

    region = factory.SubFactory(RegionFactory)
    title = factory.Sequence(lambda n: f"Precast concrete plant {n}")
    company = factory.SubFactory(CompanyFactory)
    sector = factory.SubFactory(SectorFactory)
    owner = factory.SubFactory(UserFactory)


class DealValueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DealValue

    deal = factory.SubFactory(DealFactory)
    kind = "announced"
    date = datetime.date(2026, 2, 20)
    amount = Decimal("12000000.00")
    currency = factory.SubFactory(CurrencyFactory)


class MemorandumFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Memorandum

    deal = factory.SubFactory(DealFactory)
    parties = "Region, Örnek Yapı A.Ş."
    signed_on = datetime.date(2026, 3, 1)
    answerable = factory.SubFactory(UserFactory)
    next_milestone = "Feasibility study"
