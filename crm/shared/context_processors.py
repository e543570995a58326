from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from crm.shared.navigation import navigation

THEMES = ("auto", "light", "dark")


def workspace(request: HttpRequest) -> dict[str, Any]:
    """What every page needs: the theme of the cookie, the side bar's links (asked for only when drawn), the languages,
    and whether mail goes into the local outbox."""
    theme = request.COOKIES.get("theme", "auto")
    return {
        "theme": theme if theme in THEMES else "auto",
        "navigation": SimpleLazyObject(lambda: navigation.links_for(request)),
        "has_outbox": settings.OUTBOX_DIR is not None,
        "site_languages": settings.LANGUAGES,
    }
