"""The programme of a visit, hour by hour: to fill in, to change on the day itself, and to print."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from crm.accounts.queries import require_writer
from crm.delegations import services
from crm.delegations.forms import ProgrammeItemForm
from crm.delegations.models import Delegation, ProgrammeItem
from crm.delegations.queries import delegation_for_page, programme_by_day, programme_items_visible_to
from crm.shared.errors import DomainError
from crm.shared.forms import ArchiveForm, add_service_error


@require_GET
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole programme, on the screen and on paper."""
    visit = get_object_or_404(delegation_for_page(request.user), pk=pk)
    context = {"delegation": visit, "days": programme_by_day(visit)}
    return render(request, "delegations/programme.html", context)


@require_http_methods(["GET", "POST"])
def programme_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a line; who has many to add gets the next form at once, on the same day, from where the line ended."""
    visit = get_object_or_404(delegation_for_page(request.user), pk=pk)
    require_writer(request.user, visit.region)
    first = visit.start_date.isoformat() if visit.start_date else ""
    initial = {"date": request.GET.get("date", first), "starts_at": request.GET.get("from", "")}
    form = ProgrammeItemForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            added = services.add_programme_item(visit, by=request.user, **form.values)
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The line is in the programme."))
            return redirect(_next_form(added) if "more" in request.POST else added)
    return _form_page(request, form, visit)


@require_http_methods(["GET", "POST"])
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    form = ProgrammeItemForm(request.POST or None, instance=_item(request, pk))
    if form.is_bound and form.is_valid():
        try:
            version = form.expected_version
            services.update_programme_item(item, by=request.user, expected_version=version, **form.values)
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The programme is changed."))
            return redirect(item)
    return _form_page(request, form, item.delegation, item)


@require_http_methods(["GET", "POST"])
def programme_archive(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    form = ArchiveForm(request.POST or None, initial={"version": item.version})
    if form.is_bound and form.is_valid():
        reason, version = form.cleaned_data["reason"], form.cleaned_data["version"]
        services.archive_programme_item(item, by=request.user, reason=reason, expected_version=version)
        messages.success(request, _("The line is out of the programme."))
        return redirect("delegations:programme", item.delegation_id)
    context = {
        "form": form,
        "title": _("Take out of the programme"),
        "submit": _("Archive"),
        "back": item.get_absolute_url(),
    }
    return render(request, "delegations/part_form.html", context, status=422 if form.errors else 200)


def _item(request: HttpRequest, pk: int) -> ProgrammeItem:
    """Return the line for somebody who may change it."""
    items = programme_items_visible_to(request.user).select_related("delegation__region")
    item = get_object_or_404(items, pk=pk)
    require_writer(request.user, item.region)
    return item


def _next_form(added: ProgrammeItem) -> str:
    after = added.ends_at or added.starts_at
    return f"{reverse('delegations:programme_add', args=[added.delegation_id])}?date={added.date}&from={after:%H:%M}"


def _form_page(
    request: HttpRequest, form: ProgrammeItemForm, visit: Delegation, item: ProgrammeItem | None = None
) -> HttpResponse:
    context = {"form": form, "delegation": visit, "item": item}
    return render(request, "delegations/programme_form.html", context, status=422 if form.errors else 200)
