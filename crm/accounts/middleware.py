import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from crm.accounts.queries import lacks_second_factor
from crm.accounts.services import note_session

SEEN_AT = "seen_at"
#: A session's last moment is written down at most once in so many seconds.
SEEN_EVERY = 60
#: What somebody may still do who has to set up a second step first.
WITHOUT_SECOND_FACTOR = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_reauthenticate",
        "accounts:set_language",
        "accounts:set_theme",
    }
)

GetResponse = Callable[[HttpRequest], HttpResponse]


class UserPreferencesMiddleware:
    """Speak the signed-in user's language and tell times in the user's zone.

    The preference beats the browser's cookie, which may be of who sat here before. A visitor who has not signed in
    keeps what ``LocaleMiddleware`` found, and the API answers in the language asked for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        with timezone.override(user.zone):
            if not request.path.startswith("/api/"):
                translation.activate(user.language)
                request.LANGUAGE_CODE = translation.get_language()
            return self.get_response(request)


class IdleTimeoutMiddleware:
    """Sign out whoever did nothing for ``SESSION_IDLE_MINUTES``, unless they chose to stay signed in on the device."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            seen_at = request.session.get(SEEN_AT, now)
            if request.session.get_expire_at_browser_close() and now - seen_at > settings.SESSION_IDLE_MINUTES * 60:
                logout(request)
                messages.warning(request, _("You were signed out because nothing was done here for a while."))
            elif now - seen_at >= SEEN_EVERY or SEEN_AT not in request.session:
                request.session[SEEN_AT] = now
                note_session(request.session.session_key, address=request.META.get("REMOTE_ADDR"), at=timezone.now())
        return self.get_response(request)


class SecondFactorMiddleware:
    """Where ``SECOND_FACTOR_REQUIRED`` is set: managers and administrators set up a second step before they go on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name in WITHOUT_SECOND_FACTOR or not lacks_second_factor(request.user):
            return None
        words = _("Your role needs a second step of signing in. Set it up to go on.")
        if request.path.startswith("/api/"):
            return JsonResponse({"code": "second_factor_needed", "detail": words}, status=403)
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(reverse("mfa_index"))
        messages.warning(request, words)
        return redirect("mfa_index")
