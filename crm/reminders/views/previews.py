"""The weekly mail as it would be now: one's own, and an administrator's look at that of somebody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm.accounts.models import User
from crm.accounts.queries import require_administrator, users_visible_to
from crm.reminders.services import preview_digest
from crm.shared.mail_frames import for_mail_frame, mail_body


@require_GET
def preview(request: HttpRequest) -> HttpResponse:
    """Show the weekly mail that the user would get now. Nothing is sent."""
    user = _user(request)
    return render(request, "reminders/preview.html", {"mail": preview_digest(user, now=timezone.now())})


@for_mail_frame
def preview_body(request: HttpRequest) -> HttpResponse:
    return _body(_user(request))


@for_mail_frame
def preview_body_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the body of what somebody else would get, for the frame of the back office."""
    return _body(previewed(request, pk))


def previewed(request: HttpRequest, pk: int) -> User:
    """Return the user of that key to an administrator who sees them.

    Raises ``NotAllowed`` for everybody else, ``Http404`` for users of other regions.
    """
    administrator = _user(request)
    require_administrator(administrator, administrator.region)
    return get_object_or_404(users_visible_to(administrator), pk=pk)


def _body(user: User) -> HttpResponse:
    mail = preview_digest(user, now=timezone.now())
    return mail_body(html=mail.html if mail else "")


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - LoginRequiredMiddleware let nobody else in
    return user
