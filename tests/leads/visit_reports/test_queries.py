"""The sentences behind a record, the draft as cards, and the samples."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from crm.accounts.models import User
from crm.companies.models import Company
from crm.delegations.models import Delegation
from leads.deals.models import Deal
from leads.extraction.readers import read_document
from leads.visit_reports.models import VisitReport
from leads.visit_reports.panels import source_sentences
from leads.visit_reports.queries import cards_of, reports_visible_to, samples, source_sentences_of, words_of
from leads.visit_reports.services import commit_report
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory

MakeReport = Callable[..., VisitReport]


@pytest.fixture
def accepted(official: User, report: VisitReport) -> VisitReport:
    commit_report(report, by=official, idempotency_key=uuid4())
    return report


def test_a_deal_leads_back_to_its_sentence(official: User, accepted: VisitReport) -> None:
    deal = Deal.objects.get(sector__code="construction_materials")
    (source,) = source_sentences_of([deal], user=official)["deals.deal", deal.pk]
    assert source.report == accepted
    assert "бетон мен темірбетон өнімдерін" in source.sentence.text
    assert source.hue == "lead"


def test_many_records_take_the_same_queries(
    official: User, accepted: VisitReport, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    source_sentences_of([Deal.objects.all()[0]], user=official)
    deals = list(Deal.objects.all())
    with django_assert_num_queries(1):
        assert len(source_sentences_of(deals, user=official)) == 3


def test_a_shared_company_shows_no_sentence_to_another_region(
    official: User, stranger: User, national: User, accepted: VisitReport
) -> None:
    zone = Company.objects.get()
    assert source_sentences_of([zone], user=stranger) == {}
    assert source_sentences(zone, stranger) is None
    for user in (official, national):
        panel = source_sentences(zone, user)
        assert panel is not None
        assert panel.context["source_sentences"]


def test_a_record_of_no_report_has_no_panel(official: User) -> None:
    assert source_sentences(DealFactory(), official) is None


def test_the_pages_of_delegation_company_and_deal_say_what_the_report_says(
    signed_in: Callable, official: User, accepted: VisitReport
) -> None:
    client = signed_in(official)
    told = reverse("delegations:told", args=[Delegation.objects.get().pk])
    for address in (told, Company.objects.get().get_absolute_url()):
        page = client.get(address).text
        assert "What the report says" in page
        assert f'href="{accepted.get_absolute_url()}#s' in page


def test_reports_are_seen_by_their_region_and_the_nation(
    official: User, colleague: User, viewer: User, stranger: User, partner: User, national: User, report: VisitReport
) -> None:
    seeing = {user for user in (official, colleague, viewer, stranger, partner, national) if reports_visible_to(user)}
    assert seeing == {official, colleague, viewer, national}


def test_cards_wait_for_the_organisation_they_point_at(official: User, report_in_review: MakeReport) -> None:
    CompanyFactory(name="Bursa Organize Sanayi Bolgesi")
    draft = cards_of(report_in_review(official))
    states = {card.suggestion.kind: card.state for card in reversed(draft.cards)}
    assert states["organisation"] == "open"
    assert states["meeting"] == "open"
    assert states["lead"] == "accepted"
    assert len(draft.ready) + len(draft.open) == len(draft.cards)


def test_what_accepting_makes_is_said_with_plurals(official: User, report: VisitReport) -> None:
    assert words_of(cards_of(report)) == "1 delegation, 1 organisation, 2 meetings, 3 deals, 6 practices"


def test_there_is_a_readable_sample_in_each_language() -> None:
    assert [sample.language for sample in samples()] == ["kk", "ru", "en", "tr"]
    for sample in samples():
        assert read_document(sample.read(), sample.file_name).text
