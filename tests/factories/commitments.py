import datetime

import factory

from crm.commitments.models import Commitment
from tests.factories.accounts import UserFactory
from tests.factories.deals import DealFactory


class CommitmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Commitment

    about = factory.SubFactory(DealFactory)
    region = factory.SelfAttribute("about.region")
    text = factory.Sequence(lambda n: f"Send the draft memorandum {n}")
    due_date = datetime.date(2026, 3, 6)
    executor = factory.SubFactory(UserFactory)
