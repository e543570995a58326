import factory

from crm.accounts.choices import Role
from crm.accounts.models import User
from tests.factories.reference import RegionFactory


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@example.kz")
    full_name = factory.Sequence(lambda n: f"Сынақ Қызметкер {n}")
    region = factory.SubFactory(RegionFactory)
    role = Role.OFFICIAL
    language = "en"
    password = factory.django.Password("a long enough password")
