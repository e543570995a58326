"""Signing in through the office's OpenID Connect provider: allauth's own pages, and words when it cannot be reached."""

from collections.abc import Callable
from functools import wraps

from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException
from structlog import get_logger

logger = get_logger(__name__)
Page = Callable[[HttpRequest, str], HttpResponse]


def _in_words(page: Page) -> Page:
    """Answer with a page of ours where the provider does not answer, or not what a provider says."""

    @login_not_required
    @wraps(page)
    def answer(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return page(request, provider_id)
        except RequestException as error:
            logger.warning("the OpenID Connect provider does not answer", provider=provider_id, error=str(error))
            return render(request, "socialaccount/authentication_error.html", status=502)

    return answer


sign_in = _in_words(openid_connect.login)
callback = _in_words(openid_connect.callback)
