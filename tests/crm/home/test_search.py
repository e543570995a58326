"""Search over everything: in any script, with mistakes of typing, and never beyond what the user may see."""

import pytest

from crm.accounts.models import User
from crm.companies.services import create_company
from crm.home.queries import find_records
from crm.shared.similarity import word_similarity
from leads.extraction.folding import fold
from leads.visit_reports.models import VisitReport
from leads.visit_reports.services import erase_report
from tests.factories.accounts import UserFactory
from tests.factories.companies import ContactFactory
from tests.factories.deals import DealFactory
from tests.factories.delegations import DelegationFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.reference import RegionFactory

#: What is there, and what people type for it: whole words, other scripts, mistakes of typing.
THERE = ["Bursa Organize Sanayi Bölgesi", "Ақтөбе рельс-арқалық зауыты", "Шаньси Нефтехим", "Qingdao Haier Solar"]
LABELLED = [
    ("Бурса", {0}),
    ("bursa sanayi", {0}),
    ("Aqtobe", {1}),
    ("АКТЮБИНСК", set()),
    ("зауыты", {1}),
    ("нефтехим", {2}),
    ("neftehim", {2}),
    ("Бусра", set()),
    ("Organizze", {0}),
    ("зауытты", {1}),
    ("Qingdoa", {3}),
    ("хайер солар", {3}),
    ("рэльс", {1}),
    ("жоқ нәрсе", set()),
    ("", set()),
]


@pytest.fixture
def named(official: User) -> list[str]:
    for name in THERE:
        create_company(by=official, name=name, country="KZ")
    return THERE


@pytest.mark.parametrize(("typed", "places"), LABELLED)
def test_same_matches_on_either_database(typed, places, named, official):
    found, _resembled = find_records(official, typed)
    titles = {record.title for one in found for record in one.records}
    assert titles == {named[place] for place in places}


def test_nearly_the_same_words_are_said_to_be_so(named, official):
    assert find_records(official, "нефтехим")[1] is False
    assert find_records(official, "Organizze")[1] is True


@pytest.mark.parametrize(
    ("word", "text", "likeness"),
    [("zauit", "ondeu zauittari", 0.83), ("zauit", "zauit", 1.0), ("zauit", "bursa", 0.0), ("zauit", "", 0.0)],
)
def test_likeness_is_what_postgresql_reckons(word, text, likeness):
    """0.83 is what PostgreSQL 15 gave for ``word_similarity('зауыт', 'өңдеу зауыттары')``."""
    assert word_similarity(word, text) == pytest.approx(likeness, abs=0.01)


@pytest.fixture
def zarafshan_everywhere(official):
    region, text = official.region, fold("Zarafshan")
    contact = ContactFactory(full_name="Mehmet Zarafshan", search_text=text)
    contact.regions.add(region)
    return {
        "companies.contact": contact,
        "deals.deal": DealFactory(region=region, title="Zarafshan plant", search_text=text),
        "delegations.delegation": DelegationFactory(region=region, title="Zarafshan visit"),
        "meetings.meeting": MeetingFactory(region=region, subject="Zarafshan chamber", search_text=text),
        "visit_reports.visitreport": VisitReport.objects.create(
            region=region, uploaded_by=official, title="Zarafshan report", search_text=text
        ),
    }


def kinds(user, text="Зарафшан"):
    return {one.kind.label: one.total for one in find_records(user, text)[0]}


def test_every_kind_is_found_in_its_region_and_by_national_staff_alone(zarafshan_everywhere, official):
    everything = dict.fromkeys(zarafshan_everywhere, 1)
    colleague, national = UserFactory(region=official.region), UserFactory(region__code="KZ")
    assert kinds(official) == kinds(colleague) == kinds(national) == everything
    stranger, partner = (
        UserFactory(region=RegionFactory(code="KZ-75")),
        UserFactory(region__code="KZ-15", role="partner"),
    )
    assert kinds(stranger) == kinds(partner) == {}


def test_page_shows_results_pages_and_counts(zarafshan_everywhere, official, signed_in):
    client = signed_in(official)
    html = client.get("/search/?q=Зарафшан").content.decode()
    assert "Zarafshan plant" in html
    assert f'href="/deals/{zarafshan_everywhere["deals.deal"].pk}/"' in html
    assert 'href="/meetings/"' in client.get("/search/?q=meet").content.decode().split('id="results"')[1]
    assert "Nothing was found" in client.get("/search/?q=zzzzzz").content.decode()


def test_a_day_is_written_as_pages_write_days(official, signed_in):
    MeetingFactory(region=official.region, subject="Zarafshan chamber", date="2026-10-19", search_text="zarafshan")
    html = signed_in(official).get("/search/?q=zarafshan").content.decode()
    assert "19 October 2026" in html
    assert "2026-10-19" not in html


def test_results_come_alone_for_htmx_and_in_a_dialog(official, signed_in):
    client = signed_in(official)
    alone = client.get("/search/?q=x", headers={"HX-Request": "true"}).content.decode()
    assert alone.lstrip().startswith('<div class="results"')
    assert "<dialog" in client.get("/search/?dialog=1", headers={"HX-Request": "true"}).content.decode()


def test_more_of_one_kind_is_a_link_away(official, signed_in):
    DealFactory.create_batch(7, region=official.region, title="Greenhouse", search_text=fold("Greenhouse"))
    client = signed_in(official)
    assert client.get("/search/?q=greenhouse").content.decode().count("Greenhouse") == 5
    assert client.get("/search/?q=greenhouse&kind=deals.deal").content.decode().count("Greenhouse") == 7


def test_erased_report_is_found_no_more(zarafshan_everywhere, official):
    report = zarafshan_everywhere["visit_reports.visitreport"]
    erase_report(report, by=UserFactory(region=official.region, role="administrator"), reason="Restricted")
    assert "visit_reports.visitreport" not in kinds(official)
    assert VisitReport.objects.get(pk=report.pk).search_text == ""


@pytest.mark.parametrize("count", [1, 30])
def test_queries_stay_few(count, official, signed_in, django_assert_max_num_queries):
    DealFactory.create_batch(count, region=official.region, search_text="zarafshan")
    client = signed_in(official)
    client.get("/search/?q=zarafshan")
    with django_assert_max_num_queries(7):
        client.get("/search/?q=zarafshan")
