"""An acceptance is taken back as long as nobody has worked on what it made."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from crm.accounts.models import User
from crm.commitments.models import Commitment
from crm.commitments.services import keep_commitment
from crm.companies.models import Company
from crm.companies.services import add_other_name
from crm.delegations.models import Delegation, Practice
from crm.meetings.models import Meeting
from crm.meetings.services import create_meeting, log_outcome
from crm.notes.services import create_note
from crm.shared.errors import NotAllowed
from leads.deals.models import Deal
from leads.deals.services import create_deal, update_deal
from leads.visit_reports.errors import StandsInTheWay
from leads.visit_reports.models import ReportCommit, VisitReport
from leads.visit_reports.services import commit_report, decide_suggestion, undo_commit
from tests.factories.companies import CompanyFactory

MakeReport = Callable[..., VisitReport]
MADE = (Delegation, Company, Meeting, Deal, Practice, Commitment)


@pytest.fixture
def commit(official: User, report: VisitReport) -> ReportCommit:
    return commit_report(report, by=official, idempotency_key=uuid4())


def active() -> dict[str, int]:
    return {model.__name__: model.objects.active().count() for model in MADE if model.objects.active().exists()}


def test_an_untouched_acceptance_is_archived_whole_and_its_cards_come_back(
    official: User, report: VisitReport, commit: ReportCommit
) -> None:
    undo_commit(commit, by=official)
    assert active() == {}
    report.refresh_from_db()
    assert (report.state, report.delegation) == ("in_review", None)
    assert not report.suggestions.filter(commit__isnull=False).exists()
    commit.refresh_from_db()
    assert commit.undone_by == official


def test_it_can_be_accepted_again(official: User, report: VisitReport, commit: ReportCommit) -> None:
    undo_commit(commit, by=official)
    commit_report(report, by=official, idempotency_key=uuid4())
    assert active()["Deal"] == 3
    assert active()["Company"] == 1


def test_undoing_twice_does_it_once(manager: User, commit: ReportCommit) -> None:
    first = undo_commit(commit, by=manager)
    assert undo_commit(commit, by=manager).undone_at == first.undone_at


def test_known_companies_stay(official: User, report_in_review: MakeReport) -> None:
    known = CompanyFactory(name="Bursa Organize Sanayi Bolgesi")
    report = report_in_review(official)
    decide_suggestion(report.suggestions.get(kind="organisation"), by=official, match="known", known_id=known.pk)
    undo_commit(commit_report(report, by=official, idempotency_key=uuid4()), by=official)
    assert list(Company.objects.active()) == [known]


def edit_a_deal(by: User) -> Any:
    return update_deal(Deal.objects.first(), by=by, title="Another title")


def note_a_deal(by: User) -> Any:
    return create_note(by=by, about=Deal.objects.first(), text="They called.")


def log_a_meeting(by: User) -> Any:
    return log_outcome(Meeting.objects.first(), by=by, outcome="continues")


def keep_a_step(by: User) -> Any:
    return keep_commitment(Commitment.objects.first(), by=by)


def name_the_company(by: User) -> Any:
    return add_other_name(Company.objects.get(), by=by, name="BOSB")


def meet_the_company(by: User) -> Any:
    return create_meeting(by=by, region=by.region, subject="Second talks", companies=[Company.objects.get()])


def deal_with_the_company(by: User) -> Any:
    return create_deal(by=by, region=by.region, title="Another deal", company=Company.objects.get())


@pytest.mark.parametrize(
    "work",
    [
        edit_a_deal,
        note_a_deal,
        log_a_meeting,
        keep_a_step,
        name_the_company,
        meet_the_company,
        deal_with_the_company,
    ],
)
def test_work_done_since_stands_in_the_way_and_nothing_is_undone(
    work: Callable[[User], Any], official: User, colleague: User, commit: ReportCommit
) -> None:
    work(colleague)
    before = active()
    with pytest.raises(StandsInTheWay, match="somebody has worked on"):
        undo_commit(commit, by=official)
    assert active() == before
    commit.refresh_from_db()
    assert commit.undone_at is None


def test_the_record_in_the_way_is_named(official: User, colleague: User, commit: ReportCommit) -> None:
    deal = edit_a_deal(colleague)
    with pytest.raises(StandsInTheWay, match="Another title") as refused:
        undo_commit(commit, by=official)
    assert refused.value.record == deal


def test_a_later_acceptance_of_the_same_report_stands_in_the_way_of_the_first(
    official: User, report_in_review: MakeReport
) -> None:
    CompanyFactory(name="Bursa Organize Sanayi Bolgesi")
    report = report_in_review(official)
    first = commit_report(report, by=official, idempotency_key=uuid4())
    decide_suggestion(report.suggestions.get(kind="organisation"), by=official, match="new")
    second = commit_report(report, by=official, idempotency_key=uuid4())
    with pytest.raises(StandsInTheWay):
        undo_commit(first, by=official)
    undo_commit(second, by=official)
    report.refresh_from_db()
    assert report.delegation is not None


@pytest.mark.parametrize("who", ["colleague", "viewer", "partner", "stranger"])
def test_only_a_manager_or_who_accepted_it_may(who: str, commit: ReportCommit, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed):
        undo_commit(commit, by=request.getfixturevalue(who))
    assert active()["Deal"] == 3
