from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitReportsConfig(AppConfig):
    name = "leads.visit_reports"
    verbose_name = _("Visit reports")
