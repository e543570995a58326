from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from crm.audit.choices import Door
from crm.audit.context import entered_by


class AuditMiddleware:
    """Say through which door a request came, for the audit log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin_path = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        door = Door.PAGE
        if request.path.startswith("/api/"):
            door = Door.API
        elif request.path.startswith(self.admin_path):
            door = Door.ADMIN
        with entered_by(door, request.META.get("REMOTE_ADDR") or None):
            return self.get_response(request)
