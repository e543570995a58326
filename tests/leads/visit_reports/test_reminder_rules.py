"""Drafts that wait for review, and visits that came back without a report."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from crm.accounts.models import User
from crm.delegations.models import Delegation
from crm.reminders.models import RuleThreshold
from crm.reminders.queries import agendas_for
from tests.asking import asked_by, keys_asked_by
from tests.factories.delegations import DelegationFactory
from tests.factories.visit_reports import VisitReportFactory

#: A Thursday; three working days later is Tuesday 24 February, ten are Thursday 5 March.
RETURN = date(2026, 2, 19)
#: A Friday; two working days later is Tuesday 3 March.
READ = datetime(2026, 2, 27, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "asked"), [(date(2026, 3, 2), False), (date(2026, 3, 3), True), (date(2027, 1, 1), True)]
)
def test_the_uploader_is_asked_for_a_draft_that_has_waited_two_days(official: User, on: date, asked: bool) -> None:
    report = VisitReportFactory(uploaded_by=official, state="in_review", read_at=READ, title="Bursa")
    found = asked_by("review_waiting", official, on)
    assert [(item.about_id, item.title, item.url) for item in found] == [
        (report.pk, "Bursa", f"/reports/{report.pk}/")
    ] * asked


@pytest.mark.parametrize("fields", [{"state": "accepted"}, {"state": "rejected"}, {"archived_at": READ}])
def test_a_draft_that_is_settled_waits_no_more(official: User, fields: dict[str, Any]) -> None:
    VisitReportFactory(**{"uploaded_by": official, "state": "in_review", "read_at": READ} | fields)
    assert keys_asked_by("review_waiting", official, date(2026, 4, 1)) == []


def visit(secretary: User | None, **fields: Any) -> Delegation:
    return DelegationFactory(**{"secretary": secretary, "end_date": RETURN} | fields)


@pytest.mark.parametrize(
    ("on", "secretary_asked", "manager_asked"),
    [
        (date(2026, 2, 23), False, False),
        (date(2026, 2, 24), True, False),
        (date(2026, 3, 4), True, False),
        (date(2026, 3, 5), True, True),
        (date(2027, 3, 5), True, True),
    ],
)
def test_the_secretary_is_asked_for_the_report_and_the_manager_from_day_ten(
    official: User, manager: User, on: date, secretary_asked: bool, manager_asked: bool
) -> None:
    back = visit(official)
    asked = {
        item.owner_id: (item.about_id, item.person) for item in asked_by("report_missing", [official, manager], on)
    }
    assert asked.get(official.pk) == ((back.pk, "") if secretary_asked else None)
    assert asked.get(manager.pk) == ((back.pk, official.full_name) if manager_asked else None)


def test_without_a_secretary_the_manager_is_asked_from_the_beginning(manager: User) -> None:
    back = visit(None)
    assert keys_asked_by("report_missing", manager, date(2026, 2, 23)) == []
    assert keys_asked_by("report_missing", manager, date(2026, 2, 24)) == [back.pk]


@pytest.mark.parametrize("state", ["uploaded", "reading", "in_review", "accepted"])
def test_a_report_in_any_state_that_can_still_be_read_is_a_report(official: User, state: str) -> None:
    VisitReportFactory(delegation=visit(official), state=state)
    assert keys_asked_by("report_missing", official, date(2026, 3, 2)) == []


@pytest.mark.parametrize(
    "fields", [{"state": "rejected"}, {"state": "unreadable", "unreadable_reason": "empty"}, {"archived_at": READ}]
)
def test_a_report_that_came_to_nothing_is_none(official: User, fields: dict[str, Any]) -> None:
    report = VisitReportFactory(delegation=visit(official), **fields)
    assert keys_asked_by("report_missing", official, date(2026, 3, 2)) == [report.delegation_id]


@pytest.mark.parametrize(
    "fields",
    [{"status": "cancelled"}, {"end_date": None}, {"archived_at": READ}, {"no_report_reason": "Nobody was met."}],
)
def test_no_report_is_asked_for_where_there_is_nothing_to_report(official: User, fields: dict[str, Any]) -> None:
    visit(official, **fields)
    assert keys_asked_by("report_missing", official, date(2026, 4, 1)) == []


def test_a_region_decides_on_the_days(official: User, manager: User) -> None:
    back = visit(official)
    RuleThreshold.objects.create(region=official.region, threshold="report_missing.days", days=1)
    RuleThreshold.objects.create(region=official.region, threshold="report_missing.manager", days=2)
    assert keys_asked_by("report_missing", official, date(2026, 2, 20)) == [back.pk]
    assert keys_asked_by("report_missing", manager, date(2026, 2, 20)) == []
    assert keys_asked_by("report_missing", manager, date(2026, 2, 23)) == [back.pk]


def test_managers_are_told_of_visits_without_a_report_before_they_are_asked_and_never_twice(
    official: User, manager: User
) -> None:
    back = visit(official)
    early = agendas_for([manager], on=date(2026, 2, 24))[manager.pk]
    assert early.items == ()
    assert [(str(section.title), [line.about for line in section.lines]) for section in early.briefing.sections] == [
        ("Back without a report", [("delegations.delegation", back.pk)])
    ]
    assert not early.is_empty, "it is worth a mail: something has to be done"
    late = agendas_for([manager], on=date(2026, 3, 5))[manager.pk]
    assert [item.about_id for item in late.items] == [back.pk]
    assert late.briefing.sections == ()
