from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from crm.accounts import services
from crm.accounts.devices import device_of
from crm.accounts.queries import sessions_of


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the user is signed in: device, address, last moment; this browser first."""
    here = request.session.session_key
    rows = [
        {"session": session, "device": device_of(session.user_agent), "is_here": session.session_key == here}
        for session in sessions_of(request.user)
    ]
    context = {"sessions": sorted(rows, key=lambda row: not row["is_here"])}
    return render(request, "accounts/sessions.html", context)


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    ended = services.end_sessions(request.user, by=request.user, but=request.session.session_key)
    messages.success(
        request,
        ngettext("%(count)s other session is ended.", "%(count)s other sessions are ended.", ended) % {"count": ended},
    )
    return redirect("accounts:sessions")


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out on one device; on this one that is signing out."""
    if not services.end_session(request.user, by=request.user, pk=pk):
        raise Http404
    messages.success(request, _("The session is ended."))
    return redirect("accounts:sessions")
