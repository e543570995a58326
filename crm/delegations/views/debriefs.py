"""The form that a member fills after the return: phone first, without signing in, in three languages."""

from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from crm.audit.choices import Door
from crm.audit.context import entered_by
from crm.delegations import services
from crm.delegations.errors import DebriefAnswered, DebriefLinkBroken
from crm.delegations.forms import DebriefForm, DebriefMeetings, told_in
from crm.delegations.models import Debrief
from crm.delegations.queries import debrief_of_link
from crm.shared.errors import DomainError
from crm.shared.forms import add_service_error


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def debrief(request: HttpRequest, token: str) -> HttpResponse:
    """Let a member tell, by a signed link, what was agreed; only the POST keeps it. The signature proves who tells.

    In the member's language, unless the visitor has chosen another here. Each language of a mail has an address of its
    own (``?in=ru``), which is remembered as such a choice.
    """
    language = request.GET.get("in", "")
    if request.method != "POST" and language in dict(settings.LANGUAGES):
        response = redirect(request.path)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax"
        )
        return response
    try:
        found = debrief_of_link(token)
    except DebriefLinkBroken:
        return _page(request, {"ended": "broken"}, status=404)
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES or found.user is None
    with (
        nullcontext() if chosen else translation.override(found.user.language if found.user else None),
        entered_by(Door.MAIL, request.META.get("REMOTE_ADDR")),
    ):
        if found.answered_at or found.closed_at:
            return _page(request, {"debrief": found, "ended": "told" if found.answered_at else "closed"})
        return _form_page(request, found)


def _form_page(request: HttpRequest, found: Debrief) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form, meetings = DebriefForm(posted), DebriefMeetings(posted, prefix="met")
    sends = posted is not None and "more" not in posted
    if sends and form.is_valid() and meetings.is_valid():
        try:
            services.answer_debrief(found, told=told_in(meetings), **form.cleaned_data)
        except DebriefAnswered:
            return redirect(request.path)
        except DomainError as error:
            add_service_error(form, error)
        else:
            # Its own page: to load it again sends nothing again.
            return redirect(request.path)
    if posted is not None and "more" in posted:
        meetings = DebriefMeetings.with_one_more(posted, prefix="met")
        form = DebriefForm(initial={"practice": posted.get("practice", "")})
    context = {"debrief": found, "form": form, "meetings": meetings}
    return _page(request, context, status=422 if sends else 200)


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(request, "delegations/debrief.html", context, status=status)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
