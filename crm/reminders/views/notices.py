from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from crm.accounts.models import User
from crm.reminders import services
from crm.reminders.models import Notice
from crm.reminders.notices import notices_of, told, unread_notices


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What the user was told at once, the newest first; reading the list does not mark anything as read."""
    user = _user(request)
    return render(request, "reminders/notices.html", {"told": notices_of(user), "unread": unread_notices(user).count()})


@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go to its record."""
    user = _user(request)
    notice = get_object_or_404(Notice.objects.select_related("by"), pk=pk, user=user)
    shown = told(user, [notice])
    if not shown:
        raise Http404
    services.read_notice(notice, by=user)
    return redirect(shown[0].url)


@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    services.read_all_notices(by=_user(request))
    return redirect("reminders:notices")


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - LoginRequiredMiddleware let nobody else in
    return user
