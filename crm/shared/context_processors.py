from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEMES = ("auto", "light", "dark")


def workspace(request: HttpRequest) -> dict[str, Any]:
    """What every page needs: the theme of the cookie, and whether mail goes into the local outbox."""
    theme = request.COOKIES.get("theme", "auto")
    return {"theme": theme if theme in THEMES else "auto", "has_outbox": settings.OUTBOX_DIR is not None}
