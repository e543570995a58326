"""What the pages of deals share."""

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from crm.accounts.queries import require_writer
from crm.shared.numbers import whole_number
from leads.deals.choices import ValueKind
from leads.deals.models import Deal, Memorandum
from leads.deals.queries import deals_visible_to


def visible_deal(request: HttpRequest, pk: int) -> Deal:
    """Return the deal with its links; 404 where the user does not see it."""
    related = ("region", "company", "sector", "owner", "delegation")
    return get_object_or_404(deals_visible_to(request.user).select_related(*related), pk=pk)


def writable_deal(request: HttpRequest, pk: int) -> Deal:
    """Return the deal; 404 where the user does not see it, 403 where the role may not write."""
    deal = visible_deal(request, pk)
    require_writer(request.user, deal.region)
    return deal


def gap_link(deal: Deal, field: str, memorandum: Memorandum | None = None) -> str:
    """Return the page where a gap of the gate is filled; "" for the second person's confirmation."""
    if field in ("company", "sector", "owner", "contact", "negotiating", "expected_start", "started_on", "site"):
        return reverse("deals:edit", args=[deal.pk, field])
    if field == "next_milestone" and memorandum:
        return reverse("deals:edit_memorandum", args=[memorandum.pk])
    if field in ("memorandum", "next_milestone"):
        return reverse("deals:add_memorandum", args=[deal.pk])
    if field == "agreed_value":
        return reverse("deals:add_value", args=[deal.pk], query={"kind": ValueKind.AGREED})
    if field in ("realised_value", "evidence", "jobs"):
        return reverse("deals:add_value", args=[deal.pk], query={"kind": ValueKind.REALISED})
    if field == "permits":
        return reverse("deals:add_permit", args=[deal.pk])
    return deal.get_absolute_url() + "#steps" if field == "next_step" else ""


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with; none when it is only shown."""
    return request.POST if request.method == "POST" else None


def sent_version(request: HttpRequest) -> int | None:
    """Return the version of the record that the form was made of."""
    return whole_number(request.POST.get("version", ""))
