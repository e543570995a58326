"""The pages of visit reports: list, upload, review, and what is done there."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.audit.services import record_export
from crm.reference.queries import regions_within
from crm.shared.choices import language_name
from crm.shared.errors import DomainError, NotAllowed, VersionConflict
from crm.shared.files import attachment
from crm.shared.forms import ReasonForm, add_service_error
from crm.shared.htmx import render_page, wants_partial
from crm.shared.limits import UPLOAD, counts_as
from crm.shared.numbers import whole_number
from crm.shared.pagination import page_of
from leads.visit_reports import services
from leads.visit_reports.choices import ReportState
from leads.visit_reports.errors import AlreadyUploaded
from leads.visit_reports.forms import CardForm, RejectForm, SampleForm, UploadForm
from leads.visit_reports.models import VisitReport
from leads.visit_reports.queries import (
    language_model_host,
    language_model_offered,
    reports_listed,
    reports_visible_to,
    samples,
    state_counts,
    visits_to_report_on,
)
from leads.visit_reports.review_page import ReviewPage

#: The filters of the list, in their order.
STATES = ("in_review", "waiting", "accepted", "unreadable", "rejected")


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports of the user's regions."""
    state = request.GET.get("state", "")
    words = request.GET.get("q", "").strip()
    listed = reports_listed(request.user, state=state if state in STATES else "", words=words)
    counts = state_counts(request.user)
    labels = {"waiting": _("Being read")} | {value: label for value, label in ReportState.choices if value in STATES}
    listed_page = page_of(request, listed)
    context = {
        "page": listed_page,
        "states": [(name, labels[name], counts.get(name, 0)) for name in STATES],
        "state": state,
        "total": counts[""],
        "words": words,
        "is_reading": any(report.is_waiting for report in listed_page),
    }
    return render_page(request, "visit_reports/reports.html", context, partial="rows")


@counts_as(UPLOAD)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a report in: a file, pasted text, or a sample."""
    user = _user(request)
    require_writer(user)
    offered = {
        "visits": visits_to_report_on(user),
        "initial": {"delegation": request.GET.get("delegation", "")},
        "regions": regions_within(user.region) if user.is_national else None,
        "language_model": language_model_host() if language_model_offered(user) else "",
    }
    form: UploadForm | SampleForm = UploadForm(**offered)
    existing = None
    if request.method == "POST":
        if "sample" in request.POST:
            form = SampleForm(request.POST)
        else:
            form = UploadForm(request.POST, request.FILES, **offered)
        if form.is_valid() and form.has_several:
            return _take_in_several(request, form)
        if form.is_valid() and (given := next(form.uploads(), None)):
            try:
                report = services.upload_report(by=user, **given)
            except AlreadyUploaded as error:
                existing = error.report
                if isinstance(form, UploadForm):
                    add_service_error(form, error)
            except NotAllowed:
                raise
            except DomainError as error:
                add_service_error(form, error)
            else:
                return redirect(report)
    shown = form if isinstance(form, UploadForm) else UploadForm(**offered)
    context = {"form": shown, "existing": existing, "samples": samples()}
    return render(request, "visit_reports/upload.html", context, status=422 if request.method == "POST" else 200)


def _take_in_several(request: HttpRequest, form: UploadForm | SampleForm) -> HttpResponse:
    """Take in what can be, say of each of the others why not, and show them being read in the list."""
    taken = 0
    for one in form.uploads():
        try:
            services.upload_report(by=_user(request), **one)
        except NotAllowed:
            raise
        except DomainError as error:
            messages.error(request, f"{one['file_name']}: {error.message}")
        else:
            taken += 1
    if taken:
        words = ngettext("%(count)s report is taken in.", "%(count)s reports are taken in.", taken)
        messages.success(request, words % {"count": taken})
    return redirect("visit_reports:reports")


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report: being read, unreadable, or its draft beside its text."""
    report = _report(request, pk)
    if report.is_waiting:
        return render_page(request, "visit_reports/reading.html", {"report": report}, partial="progress")
    if request.GET.get("reading") and wants_partial(request):
        # The progress panel asked: what it waited for is here.
        return HttpResponseClientRefresh()
    if report.state == ReportState.UNREADABLE:
        return render(request, "visit_reports/unreadable.html", {"report": report})
    return _review_page(request, report)


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the file as it was uploaded, never to be shown by the browser itself."""
    report = _report(request, pk)
    if not report.file:
        raise Http404
    record_export(by=_user(request), what="file", record=report)
    return attachment(report.file.open("rb"), name=report.file_name or "report")


@require_POST
def card(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Save what was changed on a card, and the decision on it.

    htmx gets the card (or, while somebody types in it, only its head), the cards that point at it and the decision bar.
    """
    report = _report(request, pk)
    suggestion = get_object_or_404(report.suggestions, position=position)
    form = ReviewPage(report, user=_user(request)).form(suggestion, request.POST)
    before = (suggestion.match, suggestion.values)
    error: DomainError | None = None
    if form.is_valid():
        try:
            suggestion = services.decide_suggestion(
                suggestion,
                by=_user(request),
                values=form.values(),
                decision=request.POST.get("decision") or None,
                match=_chosen_match(form),
                known_id=form.known_id(),
                expected_version=form.cleaned_data.get("version"),
            )
        except (NotAllowed, VersionConflict):
            raise
        except DomainError as refused:
            error = refused
            add_service_error(form, refused)
    if form.errors:
        return _card_refused(request, report, form, error)
    if not wants_partial(request):
        return redirect(f"{report.get_absolute_url()}#card-{position}")
    # A field that saves itself must not be swapped away under the fingers of who goes on typing.
    trigger = request.headers.get("HX-Trigger-Name", "")
    typed = bool(trigger) and not trigger.endswith("-match")
    whole = not typed or suggestion.match != before[0]
    page = ReviewPage(report, user=_user(request))
    view = page.cards[position]
    view.out_of_band = typed
    context = {
        "page": page,
        "report": report,
        "card": view,
        "whole": whole,
        "dependants": page.depending_on(position),
        "accept_key": uuid4(),
    }
    return render(request, "visit_reports/review.html#answer", context)


@require_POST
def add_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a card by hand, from words selected in the text or from nothing."""
    report = _report(request, pk)
    added = services.add_suggestion(
        report,
        by=_user(request),
        kind=request.POST.get("kind", ""),
        sentence=whole_number(request.POST.get("sentence", "")),
        words=request.POST.get("words", ""),
    )
    return redirect(f"{report.get_absolute_url()}#card-{added.position}")


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Make records of the accepted cards and go to what came of it."""
    report = _report(request, pk)
    try:
        services.commit_report(
            report,
            by=_user(request),
            idempotency_key=_key(request.POST.get("key", "")),
            expected_commits=whole_number(request.POST.get("commits", "")),
        )
    except NotAllowed:
        raise
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect(report)
    report.refresh_from_db(fields=["state", "delegation"])
    messages.success(request, _("Accepted. The deals stand on the board."))
    return redirect(report.delegation or report)


@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the whole report aside."""
    report = _report(request, pk)
    form = RejectForm(request.POST)
    if not form.is_valid():
        messages.error(request, f"{form['reason'].label}: {' '.join(form.errors['reason'])}")
        return redirect(report)
    services.reject_report(report, by=_user(request), reason=form.cleaned_data["reason"])
    messages.success(request, _("The report was rejected. Nothing was made of it."))
    return redirect("visit_reports:reports")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rejected report back into review."""
    report = _report(request, pk)
    services.reopen_report(report, by=_user(request))
    return redirect(report)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase a wrong upload, after a page that says what goes and what stays."""
    report = _report(request, pk)
    user = _user(request)
    if user.role != Role.ADMINISTRATOR:
        raise NotAllowed(_("Only an administrator may erase a report."))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.erase_report(report, by=user, reason=form.cleaned_data["reason"])
        except NotAllowed:
            raise
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The file and its text were erased."))
            return redirect("visit_reports:reports")
    status = 422 if request.method == "POST" else 200
    return render(request, "visit_reports/erase.html", {"report": report, "form": form}, status=status)


@require_POST
def undo(request: HttpRequest, pk: int, commit_pk: int) -> HttpResponse:
    """Take an acceptance back."""
    report = _report(request, pk)
    commit = get_object_or_404(report.commits, pk=commit_pk)
    try:
        services.undo_commit(commit, by=_user(request))
    except NotAllowed:
        raise
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The acceptance was undone. Its records are in the archive."))
    return redirect(report)


def _report(request: HttpRequest, pk: int) -> VisitReport:
    visible = reports_visible_to(request.user).filter(archived_at__isnull=True)
    return get_object_or_404(visible.select_related("region", "uploaded_by", "delegation", "duplicate_of"), pk=pk)


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - LoginRequiredMiddleware let nobody else in
    return user


def _review_page(
    request: HttpRequest, report: VisitReport, *, bound: CardForm | None = None, status: int = 200
) -> HttpResponse:
    page = ReviewPage(report, user=_user(request), bound=bound)
    context = {
        "page": page,
        "report": report,
        "language": language_name(report.language),
        "accept_key": uuid4(),
    }
    return render(request, "visit_reports/review.html", context, status=status)


def _card_refused(request: HttpRequest, report: VisitReport, form: CardForm, error: DomainError | None) -> HttpResponse:
    if not wants_partial(request):
        return _review_page(request, report, bound=form, status=422)
    page = ReviewPage(report, user=_user(request), bound=form)
    view = page.cards[form.suggestion.position]
    view.out_of_band = True
    context = {"page": page, "report": report, "card": view, "whole": True, "dependants": [], "accept_key": uuid4()}
    return render(request, "visit_reports/review.html#answer", context, status=422)


def _chosen_match(form: CardForm) -> str | None:
    """Return the match where the choice differs from what stands."""
    sent = str(form.cleaned_data.get("match", ""))
    standing = form.suggestion
    known = standing.company_id or standing.contact_id
    if not sent or sent == (f"known-{known}" if known else standing.match):
        return None
    return sent.partition("-")[0]


def _key(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        return uuid4()
