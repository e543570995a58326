import factory

from leads.extraction.folding import fold
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
    search_text = factory.LazyAttribute(lambda report: fold(f"{report.title} {report.text[:10_000]}"))


class SuggestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Suggestion

    report = factory.SubFactory(VisitReportFactory)
    kind = "organisation"
    position = factory.Sequence(lambda n: n)
