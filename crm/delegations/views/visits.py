from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.accounts.queries import require_writer
from crm.delegations import services
from crm.delegations.choices import DelegationStatus, PracticeStatus
from crm.delegations.filters import DelegationFilter, PracticeFilter
from crm.delegations.forms import DelegationForm, MemberFormSet, PracticeForm, StopFormSet, rows_of
from crm.delegations.models import Delegation, Practice
from crm.delegations.queries import (
    countries_abroad,
    delegation_for_page,
    delegations_for_list,
    delegations_visible_to,
    practices_by_status,
    practices_of,
    practices_visible_to,
    sector_names_of,
)
from crm.shared.errors import DomainError
from crm.shared.formats import page_language
from crm.shared.forms import ArchiveForm, add_service_error
from crm.shared.htmx import announce, render_page, wants_partial
from crm.shared.pagination import page_of
from crm.shared.registries import panels_of
from crm.shared.sorting import sorting_of

#: Rows of a list that a printed brief of two pages has room for.
PRINTED, PRINTED_PRACTICES = 8, 5
COLUMNS = {"title": ("title",), "start": ("start_date",), "status": ("status",)}


@require_GET
def delegations(request: HttpRequest) -> HttpResponse:
    """The visits, the newest first."""
    filtered = DelegationFilter(request.GET, queryset=delegations_for_list(request.user))
    sorting = sorting_of(request, COLUMNS, default="-start")
    context = {"page": page_of(request, sorting.apply(filtered.qs)), "filter": filtered, "sorting": sorting}
    return render_page(request, "delegations/delegations.html", context, partial="list")


@require_GET
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit: where, who, whom they met, and what came of it (upper apps' panels)."""
    visits = sector_names_of(delegation_for_page(request.user), page_language())
    visit = get_object_or_404(visits, pk=pk)
    context = {
        "delegation": visit,
        "ours": [member for member in visit.members.all() if member.side == "ours"],
        "theirs": [member for member in visit.members.all() if member.side == "theirs"],
        "panels": panels_of(visit, request.user),
        "statuses": DelegationStatus.choices,
        "practices": list(practices_of(visit, request.user)),
        "countries": countries_abroad(visit),
        "printed": PRINTED,
        "printed_practices": PRINTED_PRACTICES,
    }
    return render(request, "delegations/delegation.html", context)


@require_GET
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """What members told and what the report says of a visit; a part that comes after its page."""
    visit = get_object_or_404(delegations_visible_to(request.user), pk=pk)
    context = {"delegation": visit, "panels": panels_of(visit, request.user, part="told")}
    return render_page(request, "delegations/told.html", context, partial="told")


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    require_writer(request.user)
    form = DelegationForm(request.POST or None, user=request.user)
    stops = StopFormSet(request.POST or None, prefix="stops")
    members = MemberFormSet(request.POST or None, prefix="members")
    if _is_complete(form, stops, members):
        try:
            visit = services.create_delegation(
                by=request.user, stops=rows_of(stops), members=rows_of(members), **form.values
            )
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The visit is saved."))
            return redirect(visit)
    return _form_page(request, form, stops, members)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    visit = get_object_or_404(delegation_for_page(request.user), pk=pk)
    require_writer(request.user, visit.region)
    # A form writes what it was sent into its record, also what is refused then.
    form = DelegationForm(request.POST or None, instance=copy(visit), user=request.user)
    stops = StopFormSet(request.POST or None, prefix="stops", initial=_rows(visit.stops.all(), StopFormSet))
    members = MemberFormSet(request.POST or None, prefix="members", initial=_rows(visit.members.all(), MemberFormSet))
    if _is_complete(form, stops, members):
        try:
            services.update_delegation(
                visit,
                by=request.user,
                expected_version=form.expected_version,
                stops=rows_of(stops),
                members=rows_of(members),
                **form.values,
            )
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The visit is saved."))
            return redirect(visit)
    return _form_page(request, form, stops, members, visit)


@require_POST
def set_status(request: HttpRequest, pk: int) -> HttpResponse:
    visit = get_object_or_404(delegations_visible_to(request.user), pk=pk)
    services.set_delegation_status(visit, by=request.user, status=request.POST.get("status", ""))
    return redirect(visit)


@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    visit = get_object_or_404(delegations_visible_to(request.user), pk=pk)
    require_writer(request.user, visit.region)
    form = ArchiveForm(request.POST or None, initial={"version": visit.version})
    if request.method == "POST" and form.is_valid():
        reason, version = form.cleaned_data["reason"], form.cleaned_data["version"]
        services.archive_delegation(visit, by=request.user, reason=reason, expected_version=version)
        messages.success(request, _("The visit is archived."))
        return redirect("delegations:delegations")
    context = {"form": form, "title": _("Archive"), "submit": _("Archive"), "back": visit.get_absolute_url()}
    return render(request, "delegations/part_form.html", context, status=422 if form.errors else 200)


@require_GET
def practices(request: HttpRequest) -> HttpResponse:
    """What is worth adopting, in columns by how far each is."""
    return _practices_page(request)


@require_POST
def move_practice(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a practice with one press; htmx gets the columns, others go back to the page."""
    practice = get_object_or_404(practices_visible_to(request.user), pk=pk)
    services.move_practice(practice, by=request.user, status=request.POST.get("status", ""))
    if not wants_partial(request):
        return redirect("delegations:practices")
    return announce(_practices_page(request), _("Moved to %(status)s") % {"status": practice.get_status_display()})


@require_http_methods(["GET", "POST"])
def practice_create(request: HttpRequest) -> HttpResponse:
    require_writer(request.user)
    initial = {"delegation": request.GET.get("delegation", ""), "owner": request.user.pk}
    return _practice_form(request, PracticeForm(request.POST or None, initial=initial, user=request.user))


@require_http_methods(["GET", "POST"])
def practice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    practice = get_object_or_404(practices_visible_to(request.user), pk=pk)
    require_writer(request.user, practice.region)
    shown = get_object_or_404(practices_visible_to(request.user), pk=pk)
    return _practice_form(request, PracticeForm(request.POST or None, instance=shown, user=request.user), practice)


def _practices_page(request: HttpRequest) -> HttpResponse:
    active = practices_visible_to(request.user).filter(archived_at__isnull=True)
    filtered = PracticeFilter(request.GET, queryset=active, request=request)
    columns = practices_by_status(filtered.qs)
    context = {
        "columns": [(status, PracticeStatus(status).label, rows) for status, rows in columns.items()],
        "filter": filtered,
        "statuses": PracticeStatus.choices,
    }
    return render_page(request, "delegations/practices.html", context, partial="columns")


def _practice_form(request: HttpRequest, form: PracticeForm, practice: Practice | None = None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            if practice is None:
                services.create_practice(by=request.user, **form.values)
            else:
                version = form.expected_version
                services.update_practice(practice, by=request.user, expected_version=version, **form.values)
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The practice is saved."))
            return redirect("delegations:practices")
    title = _("Edit the practice") if practice else _("New practice")
    context = {"form": form, "title": title, "submit": _("Save")}
    return render(request, "delegations/practice_form.html", context, status=422 if form.errors else 200)


def _is_complete(form: DelegationForm, *formsets: Any) -> bool:
    """Were form and form sets sent to be saved, and are they valid? Each is checked, so that all errors show."""
    if not form.is_bound or form.only_looks:
        return False
    return all([form.is_valid(), *(formset.is_valid() for formset in formsets)])


def _rows(rows: Any, formset: Any) -> list[dict[str, Any]]:
    names = ["id", *formset.form._meta.fields]
    return [{name: getattr(row, name) for name in names} for row in rows]


def _form_page(
    request: HttpRequest, form: DelegationForm, stops: Any, members: Any, visit: Delegation | None = None
) -> HttpResponse:
    context = {"form": form, "stops": stops, "members": members, "delegation": visit}
    invalid = form.is_bound and not form.only_looks
    return render(request, "delegations/delegation_form.html", context, status=422 if invalid else 200)
