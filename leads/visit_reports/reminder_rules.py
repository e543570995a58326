"""What is asked about reports: drafts that wait for review, and visits that came back without a report."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm.delegations.choices import DelegationStatus
from crm.delegations.models import Delegation
from crm.reminders.asking import MOST_NEWS, Asking, Threshold, first_of_each_region
from crm.reminders.choices import Urgency
from crm.reminders.registry import Item, News, Questions, Telling, chapter, rule
from crm.shared.about import address_of
from crm.shared.formats import format_day
from crm.shared.together import Rows
from leads.visit_reports.choices import ReportState
from leads.visit_reports.models import VisitReport

REPORT, DELEGATION = "visit_reports.visitreport", "delegations.delegation"
REPORT_COLUMNS = ("pk", "title", "file_name", "region_id", "uploaded_by_id", "read_at", "delegation__title")
VISIT_COLUMNS = ("pk", "title", "region_id", "end_date", "secretary_id", "secretary__full_name")


@rule(
    "review_waiting",
    title=_("Draft waits for review"),
    position=35,
    about=REPORT,
    thresholds={"days": Threshold(2, _("working days that a draft has waited"))},
)
def drafts_to_review(asking: Asking) -> Questions:
    """Ask who uploaded a report whose draft has waited for 2 days."""
    waiting = asking.about(VisitReport.objects.active(), REPORT).filter(
        asking.moment_before("read_at", asking.days_ago("review_waiting.days")),
        state=ReportState.IN_REVIEW,
        uploaded_by__in=asking.user_ids,
    )
    (reports,) = yield (Rows(waiting, REPORT_COLUMNS),)
    for report in reports:
        since = asking.local_day(report.read_at, report.region_id)
        yield Item(
            rule="review_waiting",
            owner_id=report.uploaded_by_id,
            about=(REPORT, report.pk),
            title=VisitReport(pk=report.pk, title=report.title, file_name=report.file_name).heading,
            why=lazy_waiting(since, asking.on),
            url=address_of(REPORT, report.pk),
            urgency=Urgency.TODAY,
            seen_from=asking.line(report.region_id),
            due=since,
            context=report.delegation__title or "",
        )


@rule(
    "report_missing",
    title=_("Visit without a report"),
    position=25,
    about=DELEGATION,
    thresholds={
        "days": Threshold(3, _("working days past the return, to the secretary")),
        "manager": Threshold(10, _("working days past the return, to the manager")),
    },
)
def reports_to_write(asking: Asking) -> Questions:
    """Ask a delegation's secretary for its report from 3 days after the return on, the managers from day 10.

    Without a secretary the managers are asked from the beginning.
    """
    back = asking.days_ago("report_missing.days")
    missing = asking.about(without_report(), DELEGATION)
    due = missing.filter(asking.on_or_before("end_date", back), secretary__in=asking.user_ids)
    for_managers = asking.on_or_before("end_date", asking.days_ago("report_missing.manager"))
    ownerless = Q(secretary__isnull=True) & asking.on_or_before("end_date", back)
    waiting = missing.filter(for_managers | ownerless)
    own, of_regions = yield (
        Rows(due, VISIT_COLUMNS),
        asking.of_managers(waiting, "end_date", "pk", columns=VISIT_COLUMNS),
    )
    for visit in own:
        yield _visit_item(visit, visit.secretary_id, asking)
    for visit in of_regions:
        for manager in asking.managers[visit.region_id]:
            if manager != visit.secretary_id:
                yield _visit_item(visit, manager, asking)
    yield from asking.more_for_managers(of_regions, Urgency.TODAY)


def without_report() -> QuerySet[Delegation]:
    """Return the delegations that have a day of return, no report, and no reason to have none."""
    # One that holds only what members told is not the report.
    reports = VisitReport.objects.active().filter(delegation=OuterRef("pk")).exclude(file="", text="")
    written = reports.exclude(state__in=[ReportState.UNREADABLE, ReportState.REJECTED])
    visits = Delegation.objects.active().filter(~Exists(written), end_date__isnull=False, no_report_reason="")
    return visits.exclude(status=DelegationStatus.CANCELLED)


def _visit_item(visit: Any, owner: int, asking: Asking) -> Item:
    return Item(
        rule="report_missing",
        owner_id=owner,
        about=(DELEGATION, visit.pk),
        title=visit.title,
        why=lazy_back(visit.end_date),
        url=address_of(DELEGATION, visit.pk),
        urgency=Urgency.TODAY,
        seen_from=asking.line(visit.region_id),
        due=visit.end_date,
        person=(visit.secretary__full_name or "") if owner != visit.secretary_id else "",
    )


@chapter("reports_missing", title=_("Back without a report"), position=10, asks=True)
def visits_without_report(telling: Telling) -> Iterator[News]:
    """Tell of the visits that came back at least 3 working days ago and have no report."""
    asking = telling.asking
    back = asking.on_or_before("end_date", asking.days_ago("report_missing.days"))
    missing = without_report().filter(back, region__in=telling.regions).select_related("secretary")
    for visit in first_of_each_region(missing, "end_date", "pk", most=MOST_NEWS):
        assert visit.end_date is not None  # noqa: S101 - told to the type checker: filtered above
        yield News(
            about=(DELEGATION, visit.pk),
            region_id=visit.region_id,
            title=visit.title,
            why=lazy_back(visit.end_date),
            url=visit.get_absolute_url(),
            person=visit.secretary.full_name if visit.secretary else "",
            in_region=visit.in_region,  # type: ignore[attr-defined]
        )


def waiting_words(since: date, on: date) -> str:
    days = (on - since).days
    return ngettext("the draft has waited %(count)s day", "the draft has waited %(count)s days", days) % {"count": days}


def back_words(returned: date) -> str:
    return gettext("back on %(day)s, no report") % {"day": format_day(returned)}


lazy_waiting = lazy(waiting_words, str)
lazy_back = lazy(back_words, str)
