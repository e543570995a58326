"""Two people at once, on a database that lets them: one accepts, the other is told."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connection

from crm.accounts.models import User
from crm.reference.models import Region
from crm.shared.errors import DomainError
from leads.deals.models import Deal
from leads.visit_reports.models import ReportCommit, VisitReport
from leads.visit_reports.services import commit_report, read_report, upload_report
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")


def at_once(*doings: Callable[[], object]) -> list[object]:
    """Run the doings in threads of their own, as near to one moment as threads can; return results and refusals.

    Raises what else went wrong in one of them.
    """
    gate = threading.Barrier(len(doings))

    def run(doing: Callable[[], object]) -> object:
        gate.wait()
        try:
            return doing()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(run, doings))


def accepting(report: VisitReport, by: User, key: UUID) -> Callable[[], object]:
    return lambda: commit_report(VisitReport.objects.get(pk=report.pk), by=by, idempotency_key=key, expected_commits=0)


@pytest.fixture
def people() -> tuple[User, User]:
    Region.objects.get(code="KZ-15")
    return UserFactory(region__code="KZ-15"), UserFactory(region__code="KZ-15")


def test_two_people_accept_one_draft(people: tuple[User, User], report_in_review: Callable[..., VisitReport]) -> None:
    report = report_in_review(people[0])
    results = at_once(*(accepting(report, person, uuid4()) for person in people))
    assert sorted(type(result).__name__ for result in results) == ["AlreadyAccepted", "ReportCommit"]
    assert (ReportCommit.objects.count(), Deal.objects.count()) == (1, 3)


def test_the_same_click_sent_twice(people: tuple[User, User], report_in_review: Callable[..., VisitReport]) -> None:
    report, key = report_in_review(people[0]), uuid4()
    first, second = at_once(*(accepting(report, people[0], key) for _time in range(2)))
    assert first == second
    assert (ReportCommit.objects.count(), Deal.objects.count()) == (1, 3)


def test_two_workers_read_one_report(people: tuple[User, User], bursa_text: str) -> None:
    report = upload_report(by=people[0], text=bursa_text)
    at_once(*(lambda: read_report(VisitReport.objects.get(pk=report.pk)) for _worker in range(2)))
    report.refresh_from_db()
    assert (report.state, report.attempts) == ("in_review", 1)
    assert report.suggestions.filter(kind="delegation").count() == 1


def test_two_workers_read_the_same_text_of_two_uploads(people: tuple[User, User], bursa_text: str) -> None:
    reports = [upload_report(by=person, text=bursa_text) for person in people]
    at_once(*(lambda one=report: read_report(VisitReport.objects.get(pk=one.pk)) for report in reports))
    states = sorted(VisitReport.objects.values_list("state", "unreadable_reason"))
    assert states == [("in_review", ""), ("unreadable", "duplicate")]
