from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from crm.audit.choices import Door
from crm.audit.context import entered_by
from crm.reminders import services
from crm.reminders.errors import LinkBroken


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the weekly mail by its signed link: a GET shows a button, only the POST acts (RFC 8058 one-click too).

    The signature in the address is what proves the sender; a mail program has no cookie to prove it with.
    """
    try:
        user = services.user_of_link(token)
    except LinkBroken as error:
        raise Http404(error.message) from error
    if request.method == "POST":
        with entered_by(Door.MAIL, request.META.get("REMOTE_ADDR")):
            user = services.stop_digests(user, by=user)
    with translation.override(user.language):
        return render(request, "reminders/unsubscribe.html", {"stopped": not user.digest_wanted})
