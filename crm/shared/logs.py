"""The logs hold no secret: neither ours (keys, passwords in addresses) nor a visitor's (keys, signed links)."""

import logging
import re

from django.conf import settings

HIDDEN = "…"
#: Settings that are secret as they stand, and addresses that carry a password.
SECRET_SETTINGS = ("SECRET_KEY", "LLM_API_KEY")
#: `scheme://user:password@host`, `Bearer …`, `password=…`, `"token": "…"`, a key to the API.
PATTERNS = (
    (re.compile(r"(?<=//)[^\s/@:]*:[^\s/@]+(?=@)"), HIDDEN),
    (re.compile(r"(?i)\b(bearer|basic|token)\s+[\w.~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    (
        re.compile(
            r"(?i)([\"']?\b[\w-]*(?:password|passwd|secret|token|api[_-]?key|csrf|sessionid|cookie|authorization)[\w-]*"
            r"[\"']?\s*[=:]\s*)(?:\"[^\"]*\"|'[^']*'|[^\s&;,}\])]+)"
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"\bspr_[\w-]{8,}"), f"spr_{HIDDEN}"),
    # What signs a link or names a private feed: a part of an address that nobody could say by heart.
    (re.compile(r"(?<=/)(?=[\w:.=~-]*\d)(?=[\w:.=~-]*[A-Za-z])[\w:.=~-]{24,}"), HIDDEN),
)


def without_secrets(text: str) -> str:
    """Return ``text`` with everything that looks like a secret hidden."""
    for secret in _own_secrets():
        text = text.replace(secret, HIDDEN)
    for pattern, shown in PATTERNS:
        text = pattern.sub(shown, text)
    return text


class SecretFreeFormatter(logging.Formatter):
    """Formats as ``inner`` does (the standard one by default), and hides secrets, also in tracebacks."""

    def __init__(self, inner: logging.Formatter | None = None) -> None:
        super().__init__()
        self.inner = inner or logging.Formatter()

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(self.inner.format(record))


def _own_secrets() -> tuple[str, ...]:
    named = [str(getattr(settings, name, "")) for name in SECRET_SETTINGS]
    secrets = [*named, *settings.SECRET_KEY_FALLBACKS, *(database.get("PASSWORD", "") for database in _databases())]
    return tuple(secret for secret in secrets if len(secret) >= 8)


def _databases() -> list[dict[str, str]]:
    return list(settings.DATABASES.values())
