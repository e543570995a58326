"""How the pages answer what services refuse. The API answers for itself (``crm.api.errors``)."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csp import csp_override
from django_htmx.http import HttpResponseClientRedirect

from crm.shared import views
from crm.shared.errors import DomainError, NotAllowed, VersionConflict


class DomainErrorMiddleware:
    """Turn a ``DomainError`` that a page's view lets out into its answer.

    ``NotAllowed`` 403; ``VersionConflict`` 409 with what stands now beside what was sent; any other 400 with its
    message. A view with a form catches the latter itself (``crm.shared.forms.add_service_error``).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return views.refused(request, exception, status=403)
        if isinstance(exception, VersionConflict):
            return views.conflict(request, exception)
        if isinstance(exception, DomainError):
            return views.refused(request, exception, status=400)
        return None


class ProxyAddressMiddleware:
    """Behind our own proxy (``BEHIND_PROXY``): take the visitor's address as the proxy told it.

    The last entry of ``X-Forwarded-For`` is the proxy's own; those before it are whatever the visitor wrote. Sign-in
    limits and the audit log read ``REMOTE_ADDR``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        if _is_address(told):
            request.META["REMOTE_ADDR"] = told
        return self.get_response(request)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class BackOfficePolicyMiddleware:
    """Give the pages of the back office their looser content policy; every other page keeps the strict one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.loosened = csp_override(settings.BACK_OFFICE_CSP)(get_response)
        self.path = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.loosened(request) if request.path.startswith(self.path) else self.get_response(request)


class SignInForHtmxMiddleware:
    """When a session has ended, send the whole window to sign in: htmx would put the sign-in page into a card."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        location = response.headers.get("Location", "").split("?")[0]
        if getattr(request, "htmx", False) and location == resolve_url(settings.LOGIN_URL):
            page = request.htmx.current_url_abs_path or "/"
            return HttpResponseClientRedirect(f"{location}?{urlencode({'next': page})}")
        return response
