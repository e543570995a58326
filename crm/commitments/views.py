import io
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.accounts.queries import require_writer
from crm.audit.services import record_export
from crm.commitments import services
from crm.commitments.choices import CommitmentSide
from crm.commitments.exports import execution_workbook
from crm.commitments.filters import CommitmentFilter
from crm.commitments.forms import BlockForm, CommitmentForm, DropForm, KeepForm, PostponeForm
from crm.commitments.models import Commitment
from crm.commitments.queries import (
    commitments_for_list,
    commitments_visible_to,
    ours_by_executor,
    require_answerer,
    theirs_by_lateness,
)
from crm.shared.errors import DomainError, RecordNotFound
from crm.shared.files import attachment
from crm.shared.forms import add_service_error
from crm.shared.htmx import back_to, render_page, toast, wants_partial
from crm.shared.pagination import page_of
from crm.shared.registries import find_visible


@require_GET
def commitments(request: HttpRequest) -> HttpResponse:
    """What our side owes, by executor; with ``?side=theirs`` what is awaited, the longest overdue first."""
    side = CommitmentSide.THEIRS if request.GET.get("side") == "theirs" else CommitmentSide.OURS
    arranged = theirs_by_lateness if side == CommitmentSide.THEIRS else ours_by_executor
    filtered = CommitmentFilter(request.GET, queryset=commitments_for_list(request.user), request=request)
    context = {"page": page_of(request, arranged(filtered.qs)), "filter": filtered, "side": side}
    return render_page(request, "commitments/commitments.html", context, partial="list")


@require_GET
def execution(request: HttpRequest) -> FileResponse:
    """The table of execution of what the list shows, as a workbook; closed ones too unless a status is asked for."""
    filtered = CommitmentFilter(request.GET, queryset=commitments_for_list(request.user), request=request)
    today = timezone.localdate()
    data = execution_workbook(filtered.of_every_state.order_by(F("due_date").asc(nulls_last=True), "pk"), on=today)
    record_export(by=request.user, what="execution", query=request.GET.urlencode())
    return attachment(io.BytesIO(data), name=f"execution-{today}.xlsx")


@require_GET
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """One commitment with all that can be done about it."""
    return render(request, "commitments/commitment.html", {"commitment": _for_row(request, pk)})


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, label: str, about_pk: int) -> HttpResponse:
    """Write down a commitment about a record of any kind."""
    try:
        about: Any = find_visible(request.user, label, about_pk)
    except RecordNotFound as error:
        raise Http404 from error
    require_writer(request.user, getattr(about, "region", None))
    initial = {"executor": request.user.pk, "side": request.GET.get("side", CommitmentSide.OURS)}
    form = CommitmentForm(request.POST or None, initial=initial, user=request.user, about=about)
    if request.method == "POST" and form.is_valid():
        try:
            services.create_commitment(by=request.user, about=about, **form.values)
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("It is written down."))
            return redirect(_page_of(about))
    return _form_page(request, form, _("New commitment"), _page_of(about))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    require_writer(request.user, found.region)
    form = CommitmentForm(
        request.POST or None, instance=_visible(request, pk), user=request.user, about=found.about or found
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.update_commitment(found, by=request.user, expected_version=form.expected_version, **form.values)
        except DomainError as error:
            add_service_error(form, error)
        else:
            return redirect(found)
    return _form_page(request, form, _("Edit the commitment"), found.get_absolute_url())


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _visible(request, pk), KeepForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    proof, version = form.cleaned_data["proof"], form.cleaned_data["version"]
    services.keep_commitment(found, by=request.user, proof=proof, expected_version=version)
    return _answer(request, found, _("Kept: %(text)s") % {"text": found.text}, undo="commitments:reopen")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    services.reopen_commitment(found, by=request.user)
    return _answer(request, found, _("Open again: %(text)s") % {"text": found.text})


@require_POST
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it the day sent, or a week more."""
    found, form = _visible(request, pk), PostponeForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    due_date, version = form.cleaned_data["due_date"], form.cleaned_data["version"]
    if due_date:
        services.postpone_commitment(found, by=request.user, due_date=due_date, expected_version=version)
    else:
        services.postpone_by_week(found, by=request.user, today=timezone.localdate(), expected_version=version)
    return _answer(request, found, _("Postponed: %(text)s") % {"text": found.text})


@require_http_methods(["GET", "POST"])
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which body's answer is awaited."""
    found = _visible(request, pk)
    require_answerer(found, request.user)
    form = BlockForm(request.POST or None, initial={"since": timezone.localdate(), "version": found.version})
    return _answer_form(request, found, form, services.block_commitment, _("Blocked by a body"))


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    require_writer(request.user, found.region)
    form = DropForm(request.POST or None, initial={"version": found.version})
    return _answer_form(request, found, form, services.drop_commitment, _("Drop"))


def _visible(request: HttpRequest, pk: int) -> Commitment:
    return get_object_or_404(commitments_visible_to(request.user).select_related("region"), pk=pk)


def _for_row(request: HttpRequest, pk: int) -> Commitment:
    return get_object_or_404(commitments_for_list(request.user), pk=pk)


def _page_of(record: Any) -> str:
    return record.get_absolute_url() if hasattr(record, "get_absolute_url") else reverse("commitments:commitments")


def _answer(request: HttpRequest, found: Commitment, said: str, *, undo: str = "") -> HttpResponse:
    """Answer htmx with the row as it is now, others with the page they came from."""
    if not wants_partial(request):
        messages.success(request, said)
        return back_to(request, "commitments:commitments")
    context = {"commitment": _for_row(request, found.pk), "swapped": True}
    response = render(request, "commitments/_row.html", context)
    can_undo = undo and _may_undo(request, found)
    return toast(response, said, undo_url=reverse(undo, args=[found.pk]) if can_undo else "")


def _may_undo(request: HttpRequest, found: Commitment) -> bool:
    """A partner takes back what it has said itself."""
    return bool(request.user.may_write or found.closed_by_id == request.user.pk)


def _answer_form(request: HttpRequest, found: Commitment, form: Any, service: Any, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            service(found, by=request.user, expected_version=values.pop("version"), **values)
        except DomainError as error:
            add_service_error(form, error)
        else:
            return redirect(found)
    return _form_page(request, form, title, found.get_absolute_url())


def _form_page(request: HttpRequest, form: Any, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "submit": _("Save")}
    return render(request, "commitments/commitment_form.html", context, status=422 if form.errors else 200)
