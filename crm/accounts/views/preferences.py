from datetime import date, datetime, time

from django.conf import settings as site_settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.accounts import services
from crm.accounts.forms import PreferencesForm, TokenForm
from crm.accounts.models import User
from crm.accounts.queries import second_factors_of, tokens_of
from crm.shared.context_processors import THEMES
from crm.shared.errors import DomainError
from crm.shared.forms import add_service_error
from crm.shared.htmx import back_to
from crm.shared.registries import panels_of

YEAR = 365 * 24 * 60 * 60


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The user's own settings: language, time zone, digest, deputy."""
    user = _account(request)
    # A form writes into its instance; the service compares with what the database holds.
    form = PreferencesForm(request.POST or None, instance=_account(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.update_preferences(user, by=user, **form.cleaned_data)
        except DomainError as error:
            add_service_error(form, error)
        else:
            return _saved(user, request)
    return _settings_page(request, form=form)


@require_POST
def create_token(request: HttpRequest) -> HttpResponse:
    """Make an API token and show its key, this once."""
    user = _account(request)
    form = TokenForm(request.POST)
    if form.is_valid():
        expires_at = _end_of_day(form.cleaned_data["expires_on"])
        try:
            made = services.create_token(user, by=user, name=form.cleaned_data["name"], expires_at=expires_at)
        except DomainError as error:
            form.add_error("expires_on", str(error.message))
        else:
            response = _settings_page(request, new_token=made)
            response["Cache-Control"] = "no-store"
            return response
    return _settings_page(request, token_form=form)


@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    user = _account(request)
    services.revoke_token(get_object_or_404(tokens_of(user), pk=pk), by=user)
    messages.success(request, _("The token no longer works."))
    return redirect("accounts:settings")


def _settings_page(
    request: HttpRequest,
    *,
    form: PreferencesForm | None = None,
    token_form: TokenForm | None = None,
    new_token: services.NewToken | None = None,
) -> HttpResponse:
    user = _account(request)
    context = {
        "form": form or PreferencesForm(instance=user),
        "token_form": token_form or TokenForm(),
        "tokens": tokens_of(user),
        "panels": panels_of(user, user),
        "new_token": new_token,
        "second_factors": second_factors_of(user).exists(),
    }
    refused = any(given is not None and given.errors for given in (form, token_form))
    return render(request, "accounts/settings.html", context, status=422 if refused else 200)


def _saved(user: User, request: HttpRequest) -> HttpResponse:
    with translation.override(user.language):
        messages.success(request, _("Your settings are saved."))
    return redirect("accounts:settings")


def _account(request: HttpRequest) -> User:
    """Return the signed-in user as a row of its own, which a form or a service may change."""
    return User.objects.select_related("region").get(pk=request.user.pk)


def _end_of_day(day: date | None) -> datetime | None:
    """Return the last moment of ``day`` in the user's time zone, which the request runs in."""
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: the cookie for this browser, the preference for who is signed in."""
    language = request.POST.get("language", "")
    if language not in dict(site_settings.LANGUAGES):
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        user = _account(request)
        services.update_preferences(user, by=user, language=language)
    response = back_to(request, "/")
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
    response = back_to(request, "/")
    response.set_cookie("theme", theme, max_age=YEAR, secure=site_settings.SESSION_COOKIE_SECURE, samesite="Lax")
    return response
