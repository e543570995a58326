from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.accounts.models import User
from crm.reminders import services
from crm.reminders.calendars import calendar_of_dues, feed_of


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Hand a calendar program the due dates of the person whose address it is."""
    feed = feed_of(token)
    if feed is None:
        raise Http404
    now = timezone.now()
    services.note_read(feed, on=now.astimezone(feed.user.zone).date())
    response = HttpResponse(calendar_of_dues(feed.user, now=now), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="sapar.ics"'
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def renew_feed(request: HttpRequest) -> HttpResponse:
    """Make the user's calendar address, or another in its place."""
    services.renew_feed(_user(request))
    messages.success(request, _("The calendar has a new address. Any former one shows nothing from now on."))
    return _back()


@require_POST
def stop_feed(request: HttpRequest) -> HttpResponse:
    services.stop_feed(_user(request))
    messages.success(request, _("The calendar address shows nothing any more."))
    return _back()


def _back() -> HttpResponse:
    return HttpResponseRedirect(resolve_url("accounts:settings") + "#calendar")


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - LoginRequiredMiddleware let nobody else in
    return user
