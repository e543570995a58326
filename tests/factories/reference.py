import factory

from crm.reference.models import Currency, Region, Sector


class RegionFactory(factory.django.DjangoModelFactory):
    """The region of the code, which the data migration has made."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "KZ-15"


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
