from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from crm.accounts.queries import require_writer
from crm.notes import services
from crm.notes.forms import NoteForm
from crm.notes.queries import region_of
from crm.shared.errors import DomainError, RecordNotFound
from crm.shared.forms import add_service_error
from crm.shared.htmx import announce, render_page, wants_partial
from crm.shared.registries import find_visible, timeline_of


@require_GET
def timeline(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """What happened around a record of any kind, with a form for one more note; a part of the record's page."""
    record = _visible(request, label, pk)
    return _timeline_page(request, record, label, _empty_form(request, record))


@require_POST
def create(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Write a note about a record."""
    record = _visible(request, label, pk)
    region = region_of(record, request.user)
    require_writer(request.user, region)
    form = NoteForm(request.POST, region=region, author=request.user)
    if form.is_valid():
        try:
            services.create_note(by=request.user, about=record, **form.cleaned_data)
        except DomainError as error:
            add_service_error(form, error)
        else:
            if not wants_partial(request):
                return redirect("notes:timeline", label, pk)
            response = _timeline_page(request, record, label, _empty_form(request, record))
            return announce(response, _("The note is saved."))
    return _timeline_page(request, record, label, form, status=422)


def _visible(request: HttpRequest, label: str, pk: int) -> Any:
    try:
        return find_visible(request.user, label, pk)
    except RecordNotFound as error:
        raise Http404 from error


def _empty_form(request: HttpRequest, record: Any) -> NoteForm | None:
    if not request.user.may_write:
        return None
    return NoteForm(region=region_of(record, request.user), author=request.user)


def _timeline_page(
    request: HttpRequest, record: Any, label: str, form: NoteForm | None, *, status: int = 200
) -> HttpResponse:
    context = {
        "record": record,
        "record_url": record.get_absolute_url() if hasattr(record, "get_absolute_url") else "",
        "timeline_url": reverse("notes:timeline", args=[label, record.pk]),
        "create_url": reverse("notes:create", args=[label, record.pk]),
        "entries": timeline_of(record, request.user),
        "form": form,
    }
    return render_page(request, "notes/timeline.html", context, partial="timeline", status=status)
