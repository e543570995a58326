import factory

from leads.visit_reports.models import Suggestion, VisitReport
from tests.factories.accounts import UserFactory
from tests.factories.reference import RegionFactory


class VisitReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VisitReport

    region = factory.SubFactory(RegionFactory)
    uploaded_by = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Report {n}")
    text = factory.Sequence(lambda n: f"The delegation of Aktobe region visited Bursa. {n}")


class SuggestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Suggestion

    report = factory.SubFactory(VisitReportFactory)
    kind = "organisation"
    position = factory.Sequence(lambda n: n)
