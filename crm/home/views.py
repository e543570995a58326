from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.http import urlencode
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap, retarget

from crm.home.queries import week_of
from crm.reminders.registry import Answered, Asked, find_answer
from crm.shared.errors import InvalidRecord, RecordNotFound
from crm.shared.htmx import render_page, toast, wants_partial
from crm.shared.mail import mail_in_outbox, mails_in_outbox

#: The body of a mail has inline styles and nothing else that runs or loads; links leave the frame.
MAIL_BODY_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "frame-ancestors": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}


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
    values = {**request.GET.dict(), **request.POST.dict()}
    try:
        done = found.act(Asked(user=request.user, about_id=pk, on=timezone.localdate(), values=values))
    except RecordNotFound as error:
        raise Http404 from error
    except InvalidRecord as error:
        return _week_page(request, refusal=str(error.message), status=422)
    undo_url = _undo_url(request, rule, pk, done)
    if wants_partial(request):
        return toast(_week_page(request), done.message, undo_url=undo_url)
    request.session["answered"] = {"text": done.message, "undo_url": undo_url}
    return redirect(_with_scope(request, reverse("home:my_week")))


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
def outbox(request: HttpRequest) -> HttpResponse:
    """List the mails that went into the local outbox. Where mail really leaves there is no such page."""
    _require_outbox()
    mails = mails_in_outbox()
    chosen = mail_in_outbox(request.GET.get("mail", "")) or (mails[0] if mails else None)
    return render(request, "home/outbox.html", {"mails": mails, "chosen": chosen})


@require_GET
@xframe_options_sameorigin
@csp_override(MAIL_BODY_CSP)
def outbox_body(request: HttpRequest, name: str) -> HttpResponse:
    """Show the body of one mail as a mail program would, for the sandboxed frame of the outbox page."""
    _require_outbox()
    mail = mail_in_outbox(name)
    if mail is None:
        raise Http404
    if not mail.html:
        return HttpResponse(mail.text, content_type="text/plain; charset=utf-8")
    # Records open in the window, not in the frame.
    return HttpResponse(mail.html.replace("<head>", '<head><base target="_top">', 1))


def _require_outbox() -> None:
    if settings.OUTBOX_DIR is None:
        raise Http404
