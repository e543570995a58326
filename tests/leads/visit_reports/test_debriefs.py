"""What members told becomes cards in the review of their delegation's report, named by who said it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from crm.accounts.models import User
from crm.commitments.models import Commitment
from crm.companies.models import Company
from crm.delegations.models import Debrief, Delegation
from crm.delegations.services import answer_debrief
from crm.delegations.services.debriefs import Told
from crm.meetings.models import Meeting
from leads.deals.models import Deal
from leads.visit_reports.choices import ReportState
from leads.visit_reports.models import VisitReport
from leads.visit_reports.services import (
    commit_report,
    decide_suggestion,
    read_report,
    take_in_debrief,
    take_up_debriefs,
    undo_commit,
    upload_report,
)
from tests.factories.companies import CompanyFactory
from tests.factories.delegations import DelegationFactory, DelegationMemberFactory, DelegationStopFactory
from tests.factories.visit_reports import SuggestionFactory, VisitReportFactory

SignIn = Callable[[User], Client]
TOLD = Told("Yıldız Prefabrik", "Mehmet Aydın", "They build a precast plant", "Three plots with gas", date(2026, 3, 6))

#: The value that a card of each kind is called by.
CALLED_BY = {"organisation": "name", "person": "name", "meeting": "subject", "lead": "title", "practice": "summary"}


@pytest.fixture
def visit(db: None, official: User) -> Delegation:
    found = DelegationFactory(region=official.region, title="Türkiye: Bursa", secretary=official)
    DelegationStopFactory(delegation=found, country="TR", city="Bursa")
    return found


def told_by(visit: Delegation, name: str, *told: Told, practice: str = "") -> Debrief:
    """Return the debrief of a member of that name who has told."""
    member = DelegationMemberFactory(delegation=visit, full_name=name, email="member@firm.example")
    debrief = Debrief.objects.create(
        delegation=visit, member=member, full_name=name, email=member.email, asked_on=date(2026, 2, 20)
    )
    return answer_debrief(debrief, told=told, practice=practice)


def cards(report: VisitReport) -> list[tuple[str, Any]]:
    """Return the cards by what each is called; PostgreSQL keeps the values in an order of its own."""
    rows = report.suggestions.order_by("position")
    return [(card.kind, card.values[CALLED_BY.get(card.kind, "text")]) for card in rows]


def accept_all(report: VisitReport, by: User) -> Any:
    for card in report.suggestions.filter(commit__isnull=True).order_by("position"):
        decide_suggestion(card, by=by, decision="accepted", match="new" if card.candidates else None)
    return commit_report(report, by=by, idempotency_key=uuid4())


def test_where_no_report_is_there_yet_one_without_a_file_is_opened_for_the_answers(
    visit: Delegation, official: User
) -> None:
    debrief = told_by(visit, "Асқар Серіков", TOLD, practice="No land tax for five years")
    assert take_in_debrief(debrief)
    assert take_in_debrief(debrief) == [], "a second run finds it taken in"
    report = VisitReport.objects.get()
    assert (report.delegation, report.uploaded_by, report.state) == (visit, official, ReportState.IN_REVIEW)
    assert cards(report) == [
        ("organisation", "Yıldız Prefabrik"),
        ("person", "Mehmet Aydın"),
        ("meeting", "Meeting with Yıldız Prefabrik, Mehmet Aydın"),
        ("lead", "Yıldız Prefabrik: They build a precast plant"),
        ("practice", "No land tax for five years"),
    ]
    organisation, person, meeting, lead, _practice = report.suggestions.order_by("position")
    assert organisation.values["country"] == "TR"
    assert person.values["organisation"] == organisation.position
    assert (meeting.values["organisations"], meeting.values["people"]) == ([organisation.position], [person.position])
    assert (lead.values["next_step"], lead.values["next_step_due"]) == ("Three plots with gas", "2026-03-06")
    assert {card.decision for card in (organisation, person, meeting, lead)} == {"open"}, "a person decides"


def test_each_card_names_who_told_it(visit: Delegation, official: User, signed_in: SignIn) -> None:
    take_in_debrief(told_by(visit, "Асқар Серіков", TOLD))
    html = signed_in(official).get(VisitReport.objects.get().get_absolute_url()).content.decode()
    assert html.count("told by Асқар Серіков") == 4
    assert "They build a precast plant. Three plots with gas" in html
    assert "No report yet" in html


def test_two_members_tell_of_the_same_company_in_one_draft(visit: Delegation) -> None:
    take_in_debrief(told_by(visit, "Асқар Серіков", TOLD))
    take_in_debrief(told_by(visit, "Гүлнар Ахметова", Told("Yildiz Prefabrik", "", "They come in May", "Send a guide")))
    report = VisitReport.objects.get()
    assert [kind for kind, _name in cards(report)].count("organisation") == 1
    ours, theirs = report.suggestions.filter(kind="commitment").order_by("-position")
    lead = report.suggestions.get(kind="lead")
    assert (theirs.values["text"], theirs.values["by"]) == ("They come in May", "counterpart")
    assert (ours.values["text"], ours.values["by"]) == ("Send a guide", "home")
    assert {ours.values["lead"], theirs.values["lead"]} == {lead.position}
    assert ours.debrief_entry is not None
    assert ours.debrief_entry.debrief.full_name == "Гүлнар Ахметова"


def test_a_report_in_review_gets_them_beside_its_own_and_an_accepted_one_is_in_review_again(
    visit: Delegation, official: User
) -> None:
    report = VisitReportFactory(region=visit.region, delegation=visit, state="accepted", uploaded_by=official)
    known = SuggestionFactory(report=report, position=4, values={"name": "Yıldız Prefabrik"}, decision="accepted")
    SuggestionFactory(report=report, kind="meeting", position=7, values={"organisations": [4]}, decision="accepted")
    take_in_debrief(told_by(visit, "Асқар Серіков", TOLD))
    report.refresh_from_db()
    assert report.state == ReportState.IN_REVIEW
    made = report.suggestions.filter(debrief_entry__isnull=False).order_by("position")
    assert [(card.kind, card.position) for card in made] == [("person", 8), ("lead", 9)]
    assert made[1].values["organisation"] == known.position
    assert VisitReport.objects.count() == 1


def test_it_waits_while_the_report_is_being_read_and_is_taken_up_later(visit: Delegation) -> None:
    VisitReportFactory(region=visit.region, delegation=visit, state="reading", reading_since=datetime.now(UTC))
    debrief = told_by(visit, "Асқар Серіков", TOLD)
    assert take_in_debrief(debrief) == []
    assert take_up_debriefs() == 1
    VisitReport.objects.update(state="in_review")
    assert take_in_debrief(debrief)
    assert take_up_debriefs() == 0


def test_where_nobody_of_the_region_may_review_it_waits(visit: Delegation, viewer: User) -> None:
    User.objects.exclude(pk=viewer.pk).update(is_active=False)
    Delegation.objects.update(secretary=viewer)
    assert take_in_debrief(told_by(visit, "Асқар Серіков", TOLD)) == []
    assert VisitReport.objects.count() == 0


def test_accepting_them_makes_records_of_the_visit_with_owner_and_next_step(
    visit: Delegation, official: User, signed_in: SignIn
) -> None:
    take_in_debrief(told_by(visit, "Асқар Серіков", TOLD, practice="No land tax for five years"))
    report = VisitReport.objects.get()
    accept_all(report, official)
    deal, meeting = Deal.objects.get(), Meeting.objects.get()
    assert (deal.delegation, deal.owner, deal.company) == (visit, official, Company.objects.get())
    assert (meeting.delegation, list(deal.meetings.all())) == (visit, [meeting])
    step = Commitment.objects.get()
    assert (step.about, step.text, step.due_date) == (deal, "Three plots with gas", date(2026, 3, 6))
    assert Delegation.objects.get() == visit
    html = signed_in(official).get(deal.get_absolute_url()).content.decode()
    assert "told by Асқар Серіков" in html


def test_accepting_can_be_undone_and_leaves_the_visit(visit: Delegation, official: User) -> None:
    take_in_debrief(told_by(visit, "Асқар Серіков", TOLD))
    report = VisitReport.objects.get()
    commit = accept_all(report, official)
    # That Sapar asks, and members tell, is no work on what was made.
    told_by(visit, "Гүлнар Ахметова", practice="One window for all permits")
    undo_commit(commit, by=official)
    assert Deal.objects.get().is_archived
    visit.refresh_from_db()
    assert not visit.is_archived


def test_a_known_company_waits_for_the_choice(visit: Delegation) -> None:
    known = CompanyFactory(name="Yıldız Prefabrik")
    take_in_debrief(told_by(visit, "Асқар Серіков", TOLD))
    card = VisitReport.objects.get().suggestions.get(kind="organisation")
    assert (card.match, [one["id"] for one in card.candidates]) == ("undecided", [known.pk])


class TestReportComes:
    TEXT = "Ақтөбе облысының делегациясы 17-19 ақпанда Түркияның Бурса қаласында болды."

    def upload(self, official: User, visit: Delegation) -> VisitReport:
        return read_report(
            upload_report(
                by=official, text=self.TEXT, not_restricted=True, published=date(2026, 2, 21), delegation=visit
            )
        )

    def test_what_nobody_has_decided_on_moves_over(
        self, visit: Delegation, official: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        debrief = told_by(visit, "Асқар Серіков", TOLD)
        take_in_debrief(debrief)
        former = VisitReport.objects.get()
        report = self.upload(official, visit)
        take_in_debrief(debrief)
        former.refresh_from_db()
        assert former.is_archived
        assert report.suggestions.filter(debrief_entry__debrief=debrief).exists()
        assert report.suggestions.filter(kind="delegation").exists()

    def test_what_was_decided_on_stays_where_it_is(self, visit: Delegation, official: User) -> None:
        debrief = told_by(visit, "Асқар Серіков", TOLD)
        take_in_debrief(debrief)
        former = VisitReport.objects.get()
        decide_suggestion(former.suggestions.get(kind="meeting"), by=official, decision="accepted")
        report = self.upload(official, visit)
        former.refresh_from_db()
        assert not former.is_archived
        assert not report.suggestions.filter(debrief_entry__isnull=False).exists()

    def test_accepting_completes_the_visit_it_was_uploaded_for(self, visit: Delegation, official: User) -> None:
        Delegation.objects.update(start_date=None, end_date=None, status="planned", purpose="")
        visit.stops.all().delete()
        report = self.upload(official, visit)
        accept_all(report, official)
        visit.refresh_from_db()
        assert Delegation.objects.get() == visit
        assert visit.title == "Türkiye: Bursa"
        assert (visit.start_date.month, visit.end_date.day, visit.status) == (2, 19, "returned")
        assert [(stop.country, stop.city) for stop in visit.stops.all()] == [("TR", "Bursa")]

    def test_the_upload_page_offers_the_visits_without_a_report(
        self, visit: Delegation, official: User, stranger: User, signed_in: SignIn
    ) -> None:
        written = DelegationFactory(region=official.region, title="Qazan")
        VisitReportFactory(
            region=official.region, delegation=written, file=ContentFile(b"x", name="r.txt"), state="in_review"
        )
        html = signed_in(official).get(f"/reports/upload/?delegation={visit.pk}").content.decode()
        assert f'<option value="{visit.pk}" selected>' in html
        assert "Qazan" not in html
        assert "Türkiye: Bursa" not in signed_in(stranger).get("/reports/upload/").content.decode()
        data = {"text": self.TEXT, "not_restricted": "on", "delegation": visit.pk}
        signed_in(official).post("/reports/upload/", data)
        assert VisitReport.objects.get(text_digest="", state="uploaded").delegation == visit
