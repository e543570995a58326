from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.accounts.permissions import sees_region
from crm.shared.navigation import Entry, navigation
from leads.visit_reports.choices import ReportState
from leads.visit_reports.models import VisitReport
from leads.visit_reports.queries import reports_visible_to


def reports_to_review(user: User) -> QuerySet[VisitReport]:
    """Return the drafts of the user's regions that wait for somebody."""
    return reports_visible_to(user).filter(archived_at__isnull=True, state=ReportState.IN_REVIEW)


navigation.add(
    Entry(
        "visit_reports:reports",
        "file-text",
        _("Visit reports"),
        _("Reports"),
        position=20,
        phone=True,
        also=("visit_reports",),
        count=reports_to_review,
        shown=sees_region,
    )
)
