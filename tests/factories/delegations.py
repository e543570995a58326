import datetime

import factory

from crm.delegations.models import Delegation, DelegationMember, DelegationStop, Practice, ProgrammeItem
from leads.extraction.folding import fold
from tests.factories.reference import RegionFactory


class DelegationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Delegation

    region = factory.SubFactory(RegionFactory)
    title = factory.Sequence(lambda n: f"Türkiye: Bursa {n}")
    status = "returned"
    start_date = datetime.date(2026, 2, 17)
    end_date = datetime.date(2026, 2, 19)
    search_text = factory.LazyAttribute(lambda record: fold(record.title))


class DelegationStopFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DelegationStop

    delegation = factory.SubFactory(DelegationFactory)
    country = "TR"
    city = "Bursa"


class DelegationMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DelegationMember

    delegation = factory.SubFactory(DelegationFactory)
    full_name = factory.Sequence(lambda n: f"Мүше Сынақов {n}")


class ProgrammeItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeItem

    delegation = factory.SubFactory(DelegationFactory)
    date = datetime.date(2026, 2, 17)
    starts_at = datetime.time(9, 30)
    title = factory.Sequence(lambda n: f"Talks in the akimat {n}")


class PracticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Practice

    region = factory.SubFactory(RegionFactory)
    topic = "tax_incentive"
    summary = factory.Sequence(lambda n: f"No land tax for the first {n + 1} years")
