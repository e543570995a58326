"""How often one person may do what costs much. Sign-in has limits of its own (allauth's)."""

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from redis.exceptions import RedisError

from crm.shared.views import too_many

logger = structlog.get_logger(__name__)
View = TypeVar("View", bound=Callable[..., HttpResponse])
UPLOAD, SEARCH = "upload", "search"
#: The parameters that make a list search: each word is looked for in every row.
SEARCHING = ("q", "find", "search", "term", "company")


def counts_as(scope: str) -> Callable[[View], View]:
    """Count every POST to the view in ``scope`` of ``RATE_LIMITS``."""

    def mark(view: View) -> View:
        view.limited_as = scope  # type: ignore[attr-defined]
        return view

    return mark


def seconds_to_wait(scope: str, who: str) -> int:
    """Count one more for ``who`` in ``scope``; return for how long this is too much, 0 where it is not.

    ``RATE_LIMITS`` says how many times in how many seconds. Where the cache cannot be reached nobody is kept out.
    """
    times, seconds = settings.RATE_LIMITS[scope]
    window, passed = divmod(int(timezone.now().timestamp()), seconds)
    key = f"limit:{scope}:{who}:{window}"
    try:
        cache.add(key, 0, timeout=seconds + 60)
        count = cache.incr(key)
    except ValueError:  # it expired in between: a new window
        return 0
    except RedisError as error:
        logger.warning("nobody is limited: the cache cannot be reached", scope=scope, error=str(error))
        return 0
    return seconds - passed if count > times else 0


class RateLimitMiddleware:
    """Answer 429, and when to try again, to whoever uploads or searches too often. The API throttles itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        scope = scope_of(request, view)
        wait = seconds_to_wait(scope, who_asks(request)) if scope else 0
        if not wait:
            return None
        response = too_many(request)
        response.headers["Retry-After"] = str(wait)
        return response


def scope_of(request: HttpRequest, view: Callable[..., HttpResponse]) -> str:
    """Return what the request counts as, "" where it is not counted."""
    if request.method == "POST":
        return str(getattr(view, "limited_as", ""))
    if request.path.startswith("/api/"):
        return ""
    return SEARCH if any(request.GET.get(name, "").strip() for name in SEARCHING) else ""


def who_asks(request: HttpRequest) -> str:
    """Return the person, or the address of who has not signed in."""
    user = getattr(request, "user", None)
    return f"user-{user.pk}" if user is not None and user.is_authenticated else f"at-{request.META.get('REMOTE_ADDR')}"
