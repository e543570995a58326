"""Pages that say what went wrong, in the shell for who is signed in. For htmx: a notice above the page."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget

from crm.shared.errors import DomainError, VersionConflict
from crm.shared.htmx import wants_partial
from crm.shared.numbers import whole_number

#: Sent by forms beside the values, never a value of the record.
NOT_VALUES = {"csrfmiddlewaretoken", "version", "next"}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400, _("The request could not be understood"), _("Go back, reload and try again."))


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403, _("Your role does not allow this"), _("Ask a manager or an administrator."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(
        request, 404, _("Nothing is here"), _("The record does not exist, or your region does not see it.")
    )


def too_many(request: HttpRequest) -> HttpResponse:
    return error_page(request, 429, _("Too many attempts"), _("Wait a minute and try again."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the site failed. Touches neither session nor database: they may be what failed."""
    context = {
        "status": 500,
        "title": _("Something went wrong on our side"),
        "message": _("It has been noted. Nothing was saved; try again in a minute."),
    }
    theme = request.COOKIES.get("theme")
    # Rendered without the request: its context processors would ask session and database.
    template = "errors/_notice.html" if wants_partial(request) else "errors/outside.html"
    response = HttpResponse(render_to_string(template, {**context, "theme": theme}), status=500)
    return reswap(retarget(response, "#notices"), "innerHTML") if wants_partial(request) else response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(
        request, 403, _("The form is out of date"), _("Go back, reload the page and send it again. Allow cookies.")
    )


def refused(request: HttpRequest, error: DomainError, *, status: int) -> HttpResponse:
    """Answer what a service refused with its own words."""
    return error_page(request, status, _("Not done"), str(error.message))


def conflict(request: HttpRequest, error: VersionConflict) -> HttpResponse:
    """Answer 409 with both values of each field sent: what stands now, and what this user sent.

    "Keep mine" sends the same form again with the record's version of now (forms carry it as ``version``).
    """
    record = error.record
    context = {
        "differences": differences(record, request.POST),
        "resend": resendable(request, record),
        "record_url": record.get_absolute_url() if hasattr(record, "get_absolute_url") else "",
    }
    return error_page(
        request, 409, _("Somebody changed this record in the meantime"), str(error.message), context=context
    )


def differences(record: Model, sent: QueryDict) -> list[dict[str, Any]]:
    """Return ``label``, ``now`` and ``sent`` of each field of ``record`` whose sent value is another."""
    rows = []
    for name in sent:
        try:
            field: Any = record._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if name in NOT_VALUES or not getattr(field, "concrete", False) or field.many_to_many:
            continue
        now = field.value_to_string(record) if field.value_from_object(record) is not None else ""
        if str(now) != sent[name]:
            row = {
                "label": field.verbose_name,
                "now": _shown(field, record, now),
                "sent": _as_chosen(field, sent[name]),
            }
            rows.append(row)
    return rows


def resendable(request: HttpRequest, record: Model) -> list[tuple[str, str]]:
    """Return the pairs that send the same form again over the record's present version; none when files came along."""
    version = getattr(record, "version", None)
    if request.FILES or "version" not in request.POST or version is None:
        return []
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_VALUES]
    return [*kept, ("version", str(version))]


def error_page(
    request: HttpRequest, status: int, title: str, message: str, *, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Render an error in the shell, outside it for who is not signed in, as a notice for htmx."""
    full = {"status": status, "title": title, "message": message, **(context or {})}
    if wants_partial(request):
        return _notice(request, full)
    user = getattr(request, "user", None)
    inside = user is not None and user.is_authenticated
    template = "errors/conflict.html" if status == 409 else "errors/inside.html"
    return render(request, template if inside else "errors/outside.html", full, status=status)


def _notice(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "errors/_notice.html", context, status=context["status"])
    return reswap(retarget(response, "#notices"), "innerHTML")


def _shown(field: Any, record: Model, plain: str) -> str:
    if field.is_relation:
        return str(getattr(record, field.name) or "")
    return _as_chosen(field, plain)


def _as_chosen(field: Any, value: str) -> str:
    if field.is_relation and whole_number(value) is not None:
        # Named only when the record may be picked anyway; the number alone tells nothing.
        return f"№ {value}"
    return str({str(key): label for key, label in field.flatchoices}.get(value, value))
