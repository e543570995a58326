"""Stopping the weekly mail without signing in: a page for people, and a door of its own for mail programs."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from crm.accounts.models import User
from crm.audit.choices import Door
from crm.audit.context import entered_by
from crm.reminders import services
from crm.reminders.errors import LinkBroken


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the weekly mail by its signed link: a GET, which a scanner of mails makes too, only shows a button."""
    user = _user_of(token)
    if request.method == "POST":
        user = _stop(request, user)
    with translation.override(user.language):
        return render(request, "reminders/unsubscribe.html", {"stopped": not user.digest_wanted})


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_one_click(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the weekly mail at the word of a mail program (RFC 8058): a POST that says ``List-Unsubscribe=One-Click``.

    It brings no cookie and follows no redirect; the signature in the address says whose mail it is. Whoever opens the
    address in a browser, as older programs do, gets the page with the button.
    """
    user = _user_of(token)
    if request.method != "POST":
        return redirect("reminders:unsubscribe", token)
    if request.POST.get("List-Unsubscribe") != "One-Click":
        return HttpResponseBadRequest("List-Unsubscribe=One-Click", content_type="text/plain")
    _stop(request, user)
    with translation.override(user.language):
        stopped = _("You will get no more weekly reminders. You can turn them on again in your settings.")
        return HttpResponse(stopped, content_type="text/plain; charset=utf-8")


def _user_of(token: str) -> User:
    try:
        return services.user_of_link(token)
    except LinkBroken as error:
        raise Http404(error.message) from error


def _stop(request: HttpRequest, user: User) -> User:
    with entered_by(Door.MAIL, request.META.get("REMOTE_ADDR")):
        return services.stop_digests(user, by=user)
