"""The dashboard as files. Each one that leaves is in the audit log."""

import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from crm.audit.services import record_export
from crm.shared.files import attachment
from leads.deals.exports import figures_brief, figures_workbook
from leads.deals.models import FrozenFigures
from leads.deals.queries import Figures, Plan, figures_of_json, frozen_figures_visible_to
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
