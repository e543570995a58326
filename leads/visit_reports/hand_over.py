"""The reports whose draft somebody has to review."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.accounts.registry import duty
from leads.visit_reports.choices import ReportState
from leads.visit_reports.models import VisitReport
from leads.visit_reports.services import hand_report_over

UNFINISHED = [ReportState.UPLOADED, ReportState.READING, ReportState.IN_REVIEW]


def to_review_by(user: User) -> QuerySet[VisitReport]:
    waiting = VisitReport.objects.active().filter(uploaded_by=user, state__in=UNFINISHED)
    return waiting.select_related("region").order_by("created_at", "pk")


def give_report(report: VisitReport, *, by: User, former: User, to: User) -> None:
    hand_report_over(report, by=by, to=to)


duty(
    "visit_reports.uploader",
    title=_("Reports to review"),
    position=60,
    held_by=to_review_by,
    give=give_report,
    named_by=("title", "file_name"),
)
