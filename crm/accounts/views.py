from django.conf import settings as site_settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.accounts import services
from crm.accounts.forms import PreferencesForm
from crm.accounts.models import User
from crm.shared.context_processors import THEMES
from crm.shared.errors import DomainError
from crm.shared.forms import add_service_error

YEAR = 365 * 24 * 60 * 60


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The user's own settings: language, time zone, digest, deputy."""
    user = User.objects.get(pk=request.user.pk)
    # A form writes into its instance; the service compares with what the database holds.
    form = PreferencesForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        try:
            services.update_preferences(user, by=user, **form.cleaned_data)
        except DomainError as error:
            add_service_error(form, error)
        else:
            with translation.override(user.language):
                messages.success(request, _("Your settings are saved."))
            return redirect("accounts:settings")
    status = 422 if form.errors else 200
    return render(request, "accounts/settings.html", {"form": form}, status=status)


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: the cookie for this browser, the preference for who is signed in."""
    language = request.POST.get("language", "")
    if language not in dict(site_settings.LANGUAGES):
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        user = User.objects.get(pk=request.user.pk)
        services.update_preferences(user, by=user, language=language)
    response = _back(request)
    response.set_cookie(
        site_settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        secure=site_settings.LANGUAGE_COOKIE_SECURE,
        samesite=site_settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme in a cookie, which the server prints into the page, so that nothing flashes."""
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        return HttpResponseBadRequest()
    response = _back(request)
    response.set_cookie("theme", theme, max_age=YEAR, secure=site_settings.SESSION_COOKIE_SECURE, samesite="Lax")
    return response


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Return to the page of the form, never to another site."""
    page = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(page if safe else "/")
