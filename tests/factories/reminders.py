import datetime

import factory

from crm.reminders.models import DigestDelivery
from tests.factories.accounts import UserFactory

MONDAY = datetime.datetime(2026, 3, 2, 3, 0, tzinfo=datetime.UTC)


class DigestDeliveryFactory(factory.django.DjangoModelFactory):
    """A row of the week of 2 March 2026 that nobody holds."""

    class Meta:
        model = DigestDelivery

    user = factory.SubFactory(UserFactory)
    week = "2026-W10"
    scheduled_for = MONDAY
    lease_until = MONDAY
    message_id = factory.Sequence(lambda n: f"<digest.{n}.2026-W10@127.0.0.1>")
