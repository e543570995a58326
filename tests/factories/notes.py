import factory

from crm.notes.models import Note
from tests.factories.accounts import UserFactory
from tests.factories.deals import DealFactory


class NoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Note

    about = factory.SubFactory(DealFactory)
    region = factory.SelfAttribute("about.region")
    text = factory.Sequence(lambda n: f"They prefer the plot near the railway {n}")
    author = factory.SubFactory(UserFactory)
