import io
from copy import copy

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from crm.accounts.queries import require_writer
from crm.audit.services import record_export
from crm.documents import services
from crm.documents.exports import letter_file, reminder_letter_file
from crm.documents.filters import DocumentFilter
from crm.documents.forms import AnsweredForm, DocumentForm
from crm.documents.models import Document
from crm.documents.queries import document_for_page, documents_for_list, documents_visible_to, letters_awaiting_reply
from crm.reference.queries import calendar_of
from crm.shared.errors import DomainError, RecordNotFound
from crm.shared.files import attachment
from crm.shared.forms import add_service_error
from crm.shared.htmx import render_page
from crm.shared.pagination import page_of
from crm.shared.registries import find_visible
from crm.shared.word import in_paper_language

#: Working days that a repeated letter gives for the reply.
REPLY_DAYS = 10
LETTERS = {"letter": letter_file, "reminder": reminder_letter_file}


@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """The letters that await a reply, the longest waiting first; with ``?show=all`` all papers."""
    show_all = request.GET.get("show") == "all"
    filtered = DocumentFilter(request.GET, queryset=documents_for_list(request.user), request=request)
    papers = filtered.qs if show_all else letters_awaiting_reply(filtered.qs)
    context = {
        "page": page_of(request, papers),
        "filter": filtered,
        "show_all": show_all,
        "today": timezone.localdate(),
    }
    return render_page(request, "documents/documents.html", context, partial="list")


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper with all that can be done about it."""
    found = _for_page(request, pk)
    form = AnsweredForm(initial={"date": timezone.localdate()})
    return render(request, "documents/document.html", {"document": found, "answered_form": form})


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Enter a paper, of the record that ``?about=deals.deal:7`` names, else of the region."""
    about = _record_asked_for(request)
    require_writer(request.user, getattr(about, "region", None))
    initial = {"date": timezone.localdate(), "region": getattr(about, "region_id", None) or request.user.region_id}
    form = DocumentForm(request.POST or None, request.FILES or None, initial=initial, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_document(by=request.user, about=about, **form.values, **form.file)
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The paper is entered."))
            return redirect(made)
    return _form_page(request, form, _("New paper"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _for_writing(request, pk)
    # A form writes what it was sent into its record, also what is refused then.
    form = DocumentForm(request.POST or None, request.FILES or None, instance=copy(found), user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            changes = form.values | form.file
            services.update_document(found, by=request.user, expected_version=form.expected_version, **changes)
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The paper is saved."))
            return redirect(found)
    return _form_page(request, form, _("Edit the paper"), found)


@require_POST
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the same letter anew, of today, with ten working days for the reply."""
    letter = _for_writing(request, pk)
    if not letter.awaits_reply:
        return _no_reply_awaited(request, letter)
    today = timezone.localdate()
    reply_due = calendar_of(letter.region).add_working_days(today, REPLY_DAYS)
    sent = services.repeat_letter(letter, by=request.user, number="", date=today, reply_due=reply_due)
    messages.success(request, _("The letter is repeated: enter its number, and take the text from here."))
    return redirect(sent)


@require_POST
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the letter that came in as the answer."""
    letter = _for_writing(request, pk)
    if not letter.awaits_reply:
        return _no_reply_awaited(request, letter)
    form = AnsweredForm(request.POST)
    if form.is_valid():
        try:
            services.enter_answer(letter, by=request.user, **form.cleaned_data)
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The answer is entered."))
            return redirect(letter)
    context = {"document": _for_page(request, pk), "answered_form": form}
    return render(request, "documents/document.html", context, status=422)


@require_safe
def word(request: HttpRequest, pk: int, which: str) -> FileResponse:
    """Hand out the letter, or the one that reminds of it, as a Word file (``?in=kk`` or ``?in=ru``)."""
    letter = _for_page(request, pk)
    if which not in LETTERS or not letter.is_letter:
        raise Http404
    with in_paper_language(request.GET.get("in", "")):
        data = LETTERS[which](letter, by=request.user, on=timezone.localdate())
    record_export(by=request.user, what=which, record=letter)
    return attachment(io.BytesIO(data), name=f"{which}-{letter.pk}.docx")


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the paper's file as it was given, never to be shown by the browser itself."""
    document = get_object_or_404(documents_visible_to(request.user).select_related("region"), pk=pk)
    if not document.file:
        raise Http404
    record_export(by=request.user, what="file", record=document)
    return attachment(document.file.open("rb"), name=document.file_name)


def _for_page(request: HttpRequest, pk: int) -> Document:
    return get_object_or_404(document_for_page(request.user), pk=pk)


def _for_writing(request: HttpRequest, pk: int) -> Document:
    found = _for_page(request, pk)
    require_writer(request.user, found.region)
    return found


def _no_reply_awaited(request: HttpRequest, letter: Document) -> HttpResponse:
    """Say so instead of entering it twice: a button is pressed twice, or two people press it."""
    messages.warning(request, _("No reply to this letter is awaited any more."))
    return redirect(letter)


def _record_asked_for(request: HttpRequest) -> object | None:
    label, _colon, number = request.GET.get("about", "").partition(":")
    if not label:
        return None
    if not (number.isascii() and number.isdigit()):
        raise Http404
    try:
        return find_visible(request.user, label, int(number))
    except RecordNotFound as error:
        raise Http404 from error


def _form_page(request: HttpRequest, form: DocumentForm, title: str, found: Document | None = None) -> HttpResponse:
    context = {"form": form, "title": title, "document": found}
    return render(request, "documents/document_form.html", context, status=422 if form.errors else 200)
