import factory

from crm.documents.models import Document
from tests.factories.reference import RegionFactory


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    region = factory.SubFactory(RegionFactory)
    kind = "letter_out"
    title = factory.Sequence(lambda n: f"Letter {n}")
