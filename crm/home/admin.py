"""The page of the back office on how the machine does."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.audit.admin import VisibleAdmin
from crm.home.health import health
from crm.shared.models import PeriodicRun

#: The entries of ``crm.schedule`` in words.
NAMES = {
    "delegations.ask_for_debriefs": _("Ask members who are back what was agreed"),
    "reminders.send_due_digests": _("Send the reminders that are due"),
    "reminders.mail_due_notices": _("Send notices and other mails"),
    "accounts.send_waiting_invitations": _("Send the invitations that wait"),
    "accounts.clear_sessions": _("Clear the sessions that have ended"),
    "visit_reports.read_waiting_reports": _("Read the reports that wait"),
    "reference.load_coming_holidays": _("Bring the holidays of the coming year"),
    "deals.fill_missing_rates": _("Convert the figures that had no rate"),
}
QUEUE_NAMES = {"mail": _("Mail"), "extraction": _("Reading of reports"), "default": _("Everything else")}


@admin.register(PeriodicRun)
class PeriodicRunAdmin(VisibleAdmin):
    """One page instead of a list: the last run of each periodic task, what waits in the queues, and since when."""

    readonly_fields = ("task", "started_at", "finished_at", "failed_at", "error")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = health(at=timezone.now(), user=request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Running of the site"),
            "opts": self.opts,
            "health": found,
            "tasks": [(NAMES.get(one.task, one.name), one) for one in found.tasks],
            "queues": [(QUEUE_NAMES.get(queue.name, queue.name), queue) for queue in found.broker.queues]
            if found.broker
            else [],
        }
        return TemplateResponse(request, "back_office/health.html", context)
