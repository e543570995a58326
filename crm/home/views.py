from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from crm.accounts.queries import require_writer
from crm.home.queries import find_pages, find_records, mails_shown_to, question_of, week_of
from crm.reminders.errors import AnswerIncomplete
from crm.reminders.forms import forms_of
from crm.reminders.registry import Answered, Asked, Item, find_answer
from crm.reminders.services import give_answer
from crm.shared.archive import Shelf, archived_on, record_on, shelf_of, shelves
from crm.shared.errors import DomainError, InvalidRecord, RecordNotFound
from crm.shared.forms import ReasonForm, add_service_error
from crm.shared.htmx import render_page, toast, wants_partial
from crm.shared.mail_frames import for_mail_frame, mail_body
from crm.shared.navigation import navigation
from crm.shared.pagination import page_of


@require_GET
def my_week(request: HttpRequest) -> HttpResponse:
    """Show what waits for the user this week; managers may look at the whole office (``?scope=office``)."""
    return _week_page(request)


@require_POST
def answer(request: HttpRequest, rule: str, pk: int, code: str) -> HttpResponse:
    """Answer a question of My week in place: the list again for htmx, else back to the page. Undo comes here too."""
    found = find_answer(rule, code)
    if found is None:
        raise Http404
    asked = Asked(user=request.user, about_id=pk, on=timezone.localdate(), rule=rule)
    try:
        done = give_answer(found, asked, {**request.GET.dict(), **request.POST.dict()})
    except RecordNotFound as error:
        raise Http404 from error
    except AnswerIncomplete as error:
        item = question_of(request.user, rule, pk, on=asked.on) if "filled_in" in request.POST else None
        if item is not None:
            return _question_page(request, item, refused=(code, error.form))
        return _week_page(request, refusal=str(error.message), status=422)
    except InvalidRecord as error:
        return _week_page(request, refusal=str(error.message), status=422)
    undo_url = _undo_url(request, rule, pk, done)
    if wants_partial(request):
        return toast(_week_page(request), done.message, undo_url=undo_url)
    request.session["answered"] = {"text": done.message, "undo_url": undo_url}
    return redirect(_with_scope(request, reverse("home:my_week")))


@require_GET
def question(request: HttpRequest, rule: str, pk: int) -> HttpResponse:
    """Show all ways to answer one question: a dialog on My week, a page of its own without script."""
    item = question_of(request.user, rule, pk, on=timezone.localdate())
    if item is None:
        raise Http404
    return _question_page(request, item)


def _question_page(request: HttpRequest, item: Item, *, refused: tuple[str, Form | None] = ("", None)) -> HttpResponse:
    asked = Asked(user=request.user, about_id=item.about_id, on=timezone.localdate(), rule=item.rule)
    forms = forms_of(item, asked, bound=refused)
    code = refused[0] or request.GET.get("answer", "")
    context = {
        "item": item,
        "forms": forms,
        "chosen": next((form for form in forms if form.code == code), None),
        "base_url": reverse("home:question", args=[item.rule, item.about_id]),
        "scope": "?scope=office" if request.GET.get("scope") == "office" else "",
    }
    status = 422 if refused[0] else 200
    return render_page(request, "home/question.html", context, partial="dialog", status=status)


def _week_page(request: HttpRequest, *, refusal: str = "", status: int = 200) -> HttpResponse:
    whole_office = request.user.may_manage and request.GET.get("scope") == "office"
    context = {
        "week": week_of(request.user, on=timezone.localdate(), whole_office=whole_office),
        "whole_office": whole_office,
        "scope": "?scope=office" if whole_office else "",
        "refusal": refusal,
        "answered": request.session.pop("answered", None) if not wants_partial(request) else None,
    }
    response = render_page(request, "home/my_week.html", context, partial="week", status=status)
    # Whatever asked, a row, a toast's Undo: an answer redraws the whole list.
    return reswap(retarget(response, "#week"), "outerHTML") if request.method == "POST" else response


def _undo_url(request: HttpRequest, rule: str, pk: int, done: Answered) -> str:
    if not done.undo:
        return ""
    address = reverse("home:answer", args=[rule, pk, done.undo])
    return _with_scope(request, f"{address}?{urlencode(done.undo_values)}" if done.undo_values else address)


def _with_scope(request: HttpRequest, url: str) -> str:
    if request.GET.get("scope") != "office":
        return url
    return f"{url}{'&' if '?' in url else '?'}scope=office"


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Find records and pages by words: a page, a dialog over any page (``?dialog=1``), or the results that it loads."""
    words, only = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    found, resembled = find_records(request.user, words, only=only)
    pages = find_pages(navigation.links_for(request), words) if words and not only else []
    context = {"words": words, "only": only, "found": found, "resembled": resembled and bool(found), "pages": pages}
    return render_page(request, "home/search.html", context, partial="dialog" if "dialog" in request.GET else "results")


@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """List the mails that went into the local outbox, as far as the user may read them.

    Where mail really leaves there is no such page.
    """
    _require_outbox()
    mails = mails_shown_to(request.user)
    asked = request.GET.get("mail", "")
    chosen = next((mail for mail in mails if mail.name == asked), mails[0] if mails else None)
    return render(request, "home/outbox.html", {"mails": mails, "chosen": chosen})


@for_mail_frame
def outbox_body(request: HttpRequest, name: str) -> HttpResponse:
    """Show the body of one mail as a mail program would, for the sandboxed frame of the outbox page."""
    _require_outbox()
    mail = next((mail for mail in mails_shown_to(request.user) if mail.name == name), None)
    if mail is None:
        raise Http404
    return mail_body(html=mail.html, text=mail.text)


def _require_outbox() -> None:
    if settings.OUTBOX_DIR is None:
        raise Http404


@login_not_required
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows without a connection: the same for everybody, in every language."""
    said = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said.append((language, _("There is no connection. What you typed stays in its form."), _("Try again")))
    return render(request, "home/offline.html", {"said": said})


@login_not_required
@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows the offline page; its address decides for which pages: all."""
    return render(request, "home/service_worker.js", content_type="text/javascript; charset=utf-8")


@require_GET
def archive(request: HttpRequest) -> HttpResponse:
    """What was archived, one kind at a time, the latest first; whoever may write brings it back."""
    kinds = shelves()
    asked = request.GET.get("kind", "")
    shelf = next((kind for kind in kinds if kind.label == asked), kinds[0])
    context = {
        "kinds": [(kind.label, kind.title) for kind in kinds],
        "kind": shelf.label,
        "page": page_of(request, archived_on(shelf, request.user)),
    }
    return render_page(request, "home/archive.html", context, partial="list")


@require_http_methods(["GET", "POST"])
def archive_record(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Archive a record of any kind, with the reason."""
    shelf, record = _on_shelf(request, label, pk)
    require_writer(request.user, getattr(record, "region", None))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shelf.archive(record, by=request.user, reason=form.cleaned_data["reason"])
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("It is in the archive."))
            return redirect(_archive_page(label))
    context = {"form": form, "record": record, "kind": record._meta.verbose_name, "back": _page_of(record)}
    return render(request, "home/archive_record.html", context, status=422 if form.errors else 200)


@require_POST
def restore(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Bring a record back from the archive."""
    shelf, record = _on_shelf(request, label, pk)
    shelf.restore(record, by=request.user)
    messages.success(request, _("It is back from the archive."))
    return redirect(_page_of(record) or _archive_page(label))


def _on_shelf(request: HttpRequest, label: str, pk: int) -> tuple[Shelf, Any]:
    try:
        shelf = shelf_of(label)
        return shelf, record_on(shelf, request.user, pk)
    except RecordNotFound as error:
        raise Http404 from error


def _page_of(record: Any) -> str:
    return record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""


def _archive_page(label: str) -> str:
    return f"{reverse('home:archive')}?{urlencode({'kind': label})}"
