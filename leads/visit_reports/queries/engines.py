"""Whether the language model may read a region's reports."""

from urllib.parse import urlsplit

from django.conf import settings

from crm.accounts.models import User
from crm.reference.models import Region
from leads.visit_reports.models import ReadingPolicy


def language_model_allowed(region: Region) -> bool:
    """Say whether a language model is set and the region's administrator, or the next one above it, allows it."""
    if not settings.LLM_URL:
        return False
    decided = dict(
        ReadingPolicy.objects.filter(region__in=region.line).values_list("region_id", "allows_language_model")
    )
    return next((decided[key] for key in region.line if key in decided), False)


def language_model_offered(user: User) -> bool:
    """Say whether the upload page offers the choice: allowed in the user's region, for national staff in any."""
    if user.is_national:
        return bool(settings.LLM_URL) and ReadingPolicy.objects.filter(allows_language_model=True).exists()
    return language_model_allowed(user.region)


def language_model_host() -> str:
    """Return the machine that texts are sent to; empty where no language model is set."""
    return str(urlsplit(settings.LLM_URL).netloc).rpartition("@")[2]
