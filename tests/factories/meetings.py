import datetime

import factory

from crm.meetings.models import Meeting
from leads.extraction.folding import fold
from tests.factories.reference import RegionFactory


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting

    region = factory.SubFactory(RegionFactory)
    subject = factory.Sequence(lambda n: f"Talks with Örnek Yapı {n}")
    date = datetime.date(2026, 2, 18)
    search_text = factory.LazyAttribute(lambda record: fold(record.subject))
