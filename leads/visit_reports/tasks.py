"""Reading, in the background."""

from celery import shared_task
from django.utils import timezone

from crm.audit.choices import Door
from crm.audit.context import entered_by
from crm.delegations.models import Debrief
from leads.visit_reports import services
from leads.visit_reports.models import VisitReport


@shared_task(name="visit_reports.read_report")
def read_report(report_id: int) -> None:
    """Read one report; finishes quietly when it is gone."""
    report = VisitReport.objects.active().select_related("region__parent", "uploaded_by").filter(pk=report_id).first()
    if report is not None:
        with entered_by(Door.TASK):
            services.read_report(report)


@shared_task(name="visit_reports.read_waiting_reports")
def read_waiting_reports() -> None:
    """Take up what a crash or an unreachable broker left behind."""
    services.take_up_waiting_reports(at=timezone.now())
    services.take_up_debriefs()


@shared_task(name="visit_reports.take_in_debrief")
def take_in_debrief(debrief_id: int) -> None:
    """Make cards of what a member told; finishes quietly when it is gone or was taken in."""
    debrief = Debrief.objects.filter(pk=debrief_id).first()
    if debrief is not None:
        with entered_by(Door.TASK):
            services.take_in_debrief(debrief)
