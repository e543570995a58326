"""What an official may decide about a card, and what the values of a card may be."""

from uuid import uuid4

import pytest

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.shared.errors import NotAllowed, VersionConflict
from leads.visit_reports.errors import AlreadyDecided, ChoiceNeeded, InvalidValue, NotInReview
from leads.visit_reports.models import Suggestion, VisitReport
from leads.visit_reports.services import add_suggestion, commit_report, decide_suggestion
from leads.visit_reports.services.values import VALUES, clean_values
from tests.factories.companies import CompanyFactory


def card(report: VisitReport, kind: str) -> Suggestion:
    return report.suggestions.filter(kind=kind).order_by("position")[0]


def test_a_correction_keeps_what_was_read_and_counts_the_version_up(official: User, report: VisitReport) -> None:
    lead = decide_suggestion(card(report, "lead"), by=official, values={"title": "  Concrete   plant "})
    assert (lead.values["title"], lead.version, lead.changed_by) == ("Concrete plant", 2, official)
    assert lead.read["title"] != "Concrete plant"


def test_what_changes_nothing_writes_nothing(official: User, report: VisitReport) -> None:
    lead = card(report, "lead")
    decide_suggestion(lead, by=official, values={"title": lead.values["title"]}, decision="accepted")
    lead.refresh_from_db()
    assert lead.version == 1
    assert not AuditEvent.objects.exists()


def test_the_log_says_which_values_changed_and_not_what_they_say(official: User, report: VisitReport) -> None:
    decide_suggestion(card(report, "lead"), by=official, values={"title": "Secret plant"}, decision="rejected")
    event = AuditEvent.objects.get()
    assert event.changes["values"] == [None, ["title"]]
    assert event.changes["decision"] == ["accepted", "rejected"]
    assert "Secret" not in str(event.changes)


def test_another_name_is_looked_up_again_and_opens_the_question(official: User, report: VisitReport) -> None:
    CompanyFactory(name="Eskişehir Organize Sanayi Bölgesi")
    zone = decide_suggestion(
        card(report, "organisation"), by=official, values={"name": "Eskisehir Organize Sanayi Bolgesi"}
    )
    assert (zone.match, zone.decision) == ("undecided", "open")
    with pytest.raises(ChoiceNeeded):
        decide_suggestion(zone, by=official, decision="accepted")


def test_a_choice_accepts_the_card_and_a_new_name_takes_it_back(official: User, report: VisitReport) -> None:
    CompanyFactory(name="Eskişehir OSB Kimya")
    zone = decide_suggestion(card(report, "organisation"), by=official, values={"name": "Eskişehir OSB Kimya"})
    zone = decide_suggestion(zone, by=official, match="new")
    assert (zone.match, zone.decision) == ("new", "accepted")
    zone = decide_suggestion(zone, by=official, values={"name": "Kayseri Mobilya"})
    assert (zone.match, zone.candidates) == ("", [])


@pytest.mark.parametrize("known", [None, 999_999])
def test_only_a_candidate_is_the_same(known: int | None, official: User, report: VisitReport) -> None:
    with pytest.raises(InvalidValue):
        decide_suggestion(card(report, "organisation"), by=official, match="known", known_id=known)


def test_a_colleagues_change_since_is_a_conflict_ones_own_is_not(
    official: User, colleague: User, report: VisitReport
) -> None:
    lead = card(report, "lead")
    decide_suggestion(lead, by=official, values={"title": "First"}, expected_version=1)
    decide_suggestion(lead, by=official, values={"title": "Second"}, expected_version=1)
    with pytest.raises(VersionConflict):
        decide_suggestion(lead, by=colleague, values={"title": "Third"}, expected_version=1)
    assert card(report, "lead").values["title"] == "Second"


def test_a_card_that_is_a_record_is_not_changed(official: User, report: VisitReport) -> None:
    commit_report(report, by=official, idempotency_key=uuid4())
    with pytest.raises(AlreadyDecided):
        decide_suggestion(card(report, "lead"), by=official, decision="rejected")


@pytest.mark.parametrize("who", ["viewer", "partner", "stranger"])
def test_who_may_not_write_decides_nothing(who: str, report: VisitReport, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed):
        decide_suggestion(card(report, "lead"), by=request.getfixturevalue(who), decision="rejected")
    with pytest.raises(NotAllowed):
        add_suggestion(report, by=request.getfixturevalue(who), kind="lead")


def test_a_rejected_report_has_nothing_to_decide(official: User, report: VisitReport) -> None:
    VisitReport.objects.filter(pk=report.pk).update(state="rejected")
    with pytest.raises(NotInReview):
        decide_suggestion(card(report, "lead"), by=official, decision="rejected")


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_a_card_of_every_kind_can_be_added(kind: str, official: User, report: VisitReport) -> None:
    added = add_suggestion(report, by=official, kind=kind)
    assert (added.decision, added.added_by, added.evidence) == ("accepted", official, {})


def test_a_card_of_no_kind_cannot(official: User, report: VisitReport) -> None:
    with pytest.raises(InvalidValue):
        add_suggestion(report, by=official, kind="wish")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("lead", {"amount": "12 000 000,50"}, {"amount": "12000000.50"}),
        ("lead", {"amount": "7400000000"}, {"amount": "7400000000"}),
        ("lead", {"amount": ""}, {"amount": None}),
        ("lead", {"jobs": " 50 "}, {"jobs": 50}),
        ("lead", {"organisation": "2"}, {"organisation": 2}),
        ("meeting", {"organisations": [2, 2]}, {"organisations": [2]}),
        ("delegation", {"countries": ["TR", "TR", "CN"]}, {"countries": ["TR", "CN"]}),
        ("delegation", {"cities": [" Bursa ", "Eskişehir"]}, {"cities": ["Bursa", "Eskişehir"]}),
        ("delegation", {"start_date": "2026-02-17"}, {"start_date": "2026-02-17"}),
        ("practice", {"organisation": None}, {"organisation": None}),
    ],
)
def test_values_are_kept_as_json_of_their_type(kind: str, given: dict, kept: dict) -> None:
    assert clean_values(kind, given, cards={1: "lead", 2: "organisation"}) == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("lead", {"title": "  "}, "title"),
        ("lead", {"title": "x" * 251}, "title"),
        ("lead", {"amount": "-5"}, "amount"),
        ("lead", {"amount": "NaN"}, "amount"),
        ("lead", {"amount": "1" * 14}, "amount"),
        ("lead", {"jobs": "many"}, "jobs"),
        ("lead", {"sector": "gambling"}, "sector"),
        ("lead", {"organisation": "1"}, "organisation"),
        ("lead", {"organisation": "x"}, "organisation"),
        ("lead", {"amount": "5", "currency": ""}, "currency"),
        ("lead", {"owner": "me"}, "owner"),
        ("delegation", {"start_date": "17 February"}, "start_date"),
        ("delegation", {"start_date": "2026-02-17", "end_date": "2026-02-16"}, "end_date"),
        ("delegation", {"countries": ["XX"]}, "countries"),
        ("organisation", {"kind": ""}, "kind"),
        ("organisation", {"residents": "²"}, "residents"),
        ("organisation", {"residents": True}, "residents"),
        ("organisation", {"city": "a\x00b"}, "city"),
        ("lead", {"organisation": "9" * 5_000}, "organisation"),
        ("lead", {"title": {"text": "Plant"}}, "title"),
        ("lead", {"sector": ["energy"]}, "sector"),
        ("meeting", {"topics": 5}, "topics"),
        ("meeting", {"topics": "energy"}, "topics"),
        ("meeting", {"people": [{"position": 1}]}, "people"),
    ],
)
def test_values_that_cannot_be_kept_are_named(kind: str, given: dict, field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        clean_values(kind, given, cards={1: "lead", 2: "organisation"})
    assert list(refused.value.fields) == [field]
