"""A briefing before a trip: one country on one page, on the screen, on paper and as Word."""

import io

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm.audit.services import record_export
from crm.shared.choices import is_country
from crm.shared.files import attachment
from leads.deals.exports import country_brief
from leads.deals.queries import CountryBriefing, country_briefing
from leads.deals.queries.countries import MOST_COMPANIES, MOST_DEALS, MOST_OWED


@require_GET
def country(request: HttpRequest, code: str) -> HttpResponse:
    """What to know before a trip there."""
    context = {
        "briefing": _briefing(request, code),
        "reporting_currency": settings.REPORTING_CURRENCY,
        "most_deals": MOST_DEALS,
        "most_owed": MOST_OWED,
        "most_companies": MOST_COMPANIES,
    }
    return render(request, "deals/country.html", context)


@require_GET
def brief(request: HttpRequest, code: str) -> HttpResponse:
    """The same as Word; that it left is in the audit log."""
    data = country_brief(_briefing(request, code), region=request.user.region.name)
    name = f"sapar-{code}-{timezone.localdate()}.docx"
    record_export(by=request.user, what=name, country=code)
    return attachment(io.BytesIO(data), name=name)


def _briefing(request: HttpRequest, code: str) -> CountryBriefing:
    """Return the briefing; a partner, who has no part in the directory, finds none."""
    if not request.user.sees_region or not is_country(code):
        raise Http404
    return country_briefing(request.user, code, on=timezone.localdate())
