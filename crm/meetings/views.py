from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from crm.accounts.queries import require_writer
from crm.companies.queries import contacts_visible_to
from crm.meetings import services
from crm.meetings.calendar import MONTH, WEEK, day_asked, meeting_calendar
from crm.meetings.filters import MeetingFilter
from crm.meetings.forms import MeetingForm
from crm.meetings.models import Meeting
from crm.meetings.queries import meeting_for_page, meetings_for_list, meetings_visible_to
from crm.reference.queries import calendar_of
from crm.shared.errors import DomainError
from crm.shared.forms import ArchiveForm, add_service_error
from crm.shared.htmx import render_page
from crm.shared.numbers import whole_numbers
from crm.shared.pagination import page_of
from crm.shared.registries import panels_of


@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings as a list, those that await their outcome first; or by day in a month or a week (``?view=``)."""
    view = request.GET.get("view", "")
    if view in (MONTH, WEEK):
        return _calendar_page(request, view)
    filtered = MeetingFilter(request.GET, queryset=meetings_for_list(request.user), request=request)
    context = {"page": page_of(request, filtered.qs), "filter": filtered}
    return render_page(request, "meetings/meetings.html", context, partial="list")


def _calendar_page(request: HttpRequest, view: str) -> HttpResponse:
    """The meetings by day. What the list narrows by its first day, the calendar does by the days that it shows."""
    today = timezone.localdate()
    asked = request.GET.copy()
    asked.pop("since", None)
    filtered = MeetingFilter(asked, queryset=meetings_for_list(request.user), request=request)
    on, working = day_asked(request.GET.get("on", ""), today=today), calendar_of(request.user.region)
    context = {
        "calendar": meeting_calendar(filtered.qs, view=view, on=on, today=today, working=working),
        "filter": filtered,
        "today": today,
        "undated": filtered.qs.filter(date=None).count(),
    }
    return render_page(request, "meetings/calendar.html", context, partial="list")


@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(meeting_for_page(request.user), pk=pk)
    context = {
        "meeting": found,
        "contacts": contacts_visible_to(request.user).filter(meetings=found),
        "panels": panels_of(found, request.user),
    }
    return render(request, "meetings/meeting.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Enter a meeting; ``?company=`` and ``?delegation=`` fill in where one comes from."""
    require_writer(request.user)
    asked = {"delegation": request.GET.get("delegation", ""), "owner": request.user.pk}
    initial = asked | {"companies": whole_numbers(request.GET.getlist("company"))}
    form = MeetingForm(request.POST or None, initial=initial, user=request.user)
    if form.is_bound and not form.only_looks and form.is_valid():
        try:
            entered = services.create_meeting(by=request.user, **form.values)
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The meeting is saved."))
            return redirect(entered)
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(meetings_visible_to(request.user).select_related("region"), pk=pk)
    require_writer(request.user, found.region)
    # A form writes what it was sent into its record, also what is refused then.
    form = MeetingForm(request.POST or None, instance=copy(found), user=request.user)
    if form.is_bound and not form.only_looks and form.is_valid():
        try:
            services.update_meeting(found, by=request.user, expected_version=form.expected_version, **form.values)
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The meeting is saved."))
            return redirect(found)
    return _form_page(request, form, found)


@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(meetings_visible_to(request.user), pk=pk)
    require_writer(request.user, found.region)
    form = ArchiveForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        reason, version = form.cleaned_data["reason"], form.cleaned_data["version"]
        services.archive_meeting(found, by=request.user, reason=reason, expected_version=version)
        messages.success(request, _("The meeting is archived."))
        return redirect("meetings:meetings")
    context = {"form": form, "meeting": found}
    return render(request, "meetings/archive.html", context, status=422 if form.errors else 200)


def _form_page(request: HttpRequest, form: MeetingForm, found: Meeting | None = None) -> HttpResponse:
    invalid = form.is_bound and not form.only_looks
    context = {"form": form, "meeting": found}
    return render(request, "meetings/meeting_form.html", context, status=422 if invalid else 200)
