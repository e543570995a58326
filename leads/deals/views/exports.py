"""The dashboard, and the papers of deals and meetings, as files. Each one that leaves is in the audit log."""

import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from crm.audit.services import record_export
from crm.commitments.queries import open_commitments_about
from crm.companies.queries import contacts_visible_to
from crm.meetings.queries import meeting_for_page
from crm.shared.files import attachment
from crm.shared.word import in_paper_language
from leads.deals.exports import figures_brief, figures_workbook
from leads.deals.models import FrozenFigures
from leads.deals.official_papers import minutes as minutes_paper
from leads.deals.official_papers import road_map as road_map_paper
from leads.deals.queries import Figures, Plan, deals_visible_to, figures_of_json, frozen_figures_visible_to
from leads.deals.views.dashboard import DashboardLens


@require_GET
def brief(request: HttpRequest) -> HttpResponse:
    """A page for the governor, of the figures as they are."""
    return _brief(request, *DashboardLens(request.user, request.GET).figures(), frozen=None)


@require_GET
def workbook(request: HttpRequest) -> HttpResponse:
    """All tables, of the figures as they are."""
    return _workbook(request, *DashboardLens(request.user, request.GET).figures(), frozen=None)


@require_GET
def frozen_brief(request: HttpRequest, pk: int) -> HttpResponse:
    """A page for the governor, of figures that were reported upward."""
    frozen = _frozen(request, pk)
    return _brief(request, *figures_of_json(frozen.figures), frozen=frozen)


@require_GET
def frozen_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """All tables, of figures that were reported upward."""
    frozen = _frozen(request, pk)
    return _workbook(request, *figures_of_json(frozen.figures), frozen=frozen)


def _frozen(request: HttpRequest, pk: int) -> FrozenFigures:
    return get_object_or_404(frozen_figures_visible_to(request.user).select_related("region"), pk=pk)


def _brief(request: HttpRequest, figures: Figures, plan: Plan, *, frozen: FrozenFigures | None) -> HttpResponse:
    region = frozen.region if frozen else request.user.region
    data = figures_brief(figures, plan, region=region.name, title=frozen.title if frozen else "")
    return _leaving(request, data, f"sapar-{figures.as_at}.docx", frozen)


def _workbook(request: HttpRequest, figures: Figures, plan: Plan, *, frozen: FrozenFigures | None) -> HttpResponse:
    return _leaving(request, figures_workbook(figures, plan), f"sapar-{figures.as_at}.xlsx", frozen)


def _leaving(request: HttpRequest, data: bytes, name: str, frozen: FrozenFigures | None) -> HttpResponse:
    record_export(by=request.user, what=name, record=frozen, query=request.GET.urlencode())
    return attachment(io.BytesIO(data), name=name)


@require_GET
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes of a meeting, to be completed (``?in=kk`` or ``?in=ru``)."""
    meeting = get_object_or_404(meeting_for_page(request.user), pk=pk)
    contacts = contacts_visible_to(request.user).filter(meetings=meeting)
    with in_paper_language(request.GET.get("in", "")):
        data = minutes_paper(meeting, contacts=contacts, commitments=open_commitments_about([meeting]))
    record_export(by=request.user, what="minutes", record=meeting)
    return attachment(io.BytesIO(data), name=f"minutes-{meeting.pk}.docx")


@require_GET
def road_map(request: HttpRequest, pk: int) -> HttpResponse:
    """The road map of a deal (``?in=kk`` or ``?in=ru``)."""
    deal = get_object_or_404(deals_visible_to(request.user).select_related("company", "sector", "region"), pk=pk)
    with in_paper_language(request.GET.get("in", "")):
        data = road_map_paper(deal, commitments=open_commitments_about([deal]), on=timezone.localdate())
    record_export(by=request.user, what="road map", record=deal)
    return attachment(io.BytesIO(data), name=f"road-map-{deal.pk}.docx")
