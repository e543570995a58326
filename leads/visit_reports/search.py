"""How reports are found."""

from django.utils.translation import gettext_lazy as _

from crm.shared.registries import SearchKind, register_search_kind, search_keys, visible_records
from leads.visit_reports.queries import report_search_keys, reports_visible_to

visible_records.register("visit_reports.visitreport")(reports_visible_to)
search_keys.register("visit_reports.visitreport")(report_search_keys)
register_search_kind(
    SearchKind(
        "visit_reports.visitreport",
        _("Visit reports"),
        "file-text",
        "visit_reports:review",
        "title",
        "file_name",
        position=50,
    )
)
