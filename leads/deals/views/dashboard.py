"""What leaders read: the funnel, sums, ageing, visits and the plan; as they are, or as they were reported upward."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from crm.accounts.models import User
from crm.accounts.queries import require_manager
from crm.shared.errors import DomainError
from crm.shared.forms import add_service_error
from crm.shared.htmx import render_page
from crm.shared.numbers import whole_number
from leads.deals.plan_forms import FreezeForm
from leads.deals.queries import (
    RANKS,
    Figures,
    Plan,
    age_labels,
    dashboard_figures,
    deal_facts,
    figures_of_json,
    frozen_figures_visible_to,
    money_invested,
    open_steps_of_each,
    plan_beside_actual,
    targets_visible_to,
)
from leads.deals.services import freeze_figures
from leads.deals.views.board import Lens

#: What the dashboard may be narrowed to; its links to lists carry the same parameters.
NARROWED_BY = ("owner", "region", "country", "sector", "district", "began_from", "began_to")
#: So many frozen reports are named beside the dashboard.
MOST_FROZEN = 8


class DashboardLens(Lens):
    """The deals that count: those lost and dormant too, for they were begun."""

    def __init__(self, user: User, query: QueryDict) -> None:
        narrowed = QueryDict(mutable=True)
        narrowed.update({name: query[name] for name in NARROWED_BY if query.get(name)} | {"health": "all"})
        super().__init__(user, narrowed)
        self.user = user
        self.year = self._year(query.get("plan_year", ""))

    def _year(self, asked: str) -> int:
        year = whole_number(asked)
        return year if year is not None and 1990 <= year <= 2100 else self.today.year

    def figures(self) -> tuple[Figures, Plan]:
        """Return the figures as they are today, and the plan of the year looked at."""
        overdue = Q(Exists(open_steps_of_each().filter(due_date__lt=self.today)))
        facts, invested = deal_facts(self.found, quiet=self.quiet, overdue=overdue), money_invested(self.found)
        figures = dashboard_figures(self.user, self.found, facts, invested, on=self.today)
        plan = plan_beside_actual(targets_visible_to(self.user), facts, invested, year=self.year)
        return figures, plan

    def year_choices(self) -> dict[str, Any]:
        """Return the years to choose from, and what they narrow."""
        labels = {"began_from": _("From the year"), "began_to": _("To the year"), "plan_year": _("Plan of the year")}
        return {"years": range(self.today.year + 1, self.today.year - 8, -1), "year_filters": list(labels.items())}

    def kept_query(self) -> str:
        """Return the parameters that narrow, as links to lists carry them."""
        kept = QueryDict(mutable=True)
        kept.update({name: self.query[name] for name in NARROWED_BY if self.query.get(name)})
        return kept.urlencode()


def _context(figures: Figures, plan: Plan, **more: Any) -> dict[str, Any]:
    return {
        "figures": figures,
        "plan": plan,
        "age_labels": age_labels(),
        "last_rank": len(RANKS),
        "top": max((row.announced for row in (*figures.sectors, *figures.countries)), default=0),
        "reporting_currency": settings.REPORTING_CURRENCY,
        **more,
    }


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """The figures as they are today."""
    lens = DashboardLens(request.user, request.GET)
    context = _context(*lens.figures(), kept=lens.kept_query(), query=request.GET)
    if not request.htmx:
        frozen = frozen_figures_visible_to(request.user).active().select_related("frozen_by")[:MOST_FROZEN]
        context |= {"choices": lens.choices(), "frozen_list": frozen} | lens.year_choices()
    return render_page(request, "deals/dashboard.html", context, partial="figures")


@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest) -> HttpResponse:
    """Ask for a title, and keep the figures under it."""
    require_manager(request.user)
    lens = DashboardLens(request.user, request.GET)
    form = FreezeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        figures, plan = lens.figures()
        try:
            kept = freeze_figures(
                by=request.user, title=form.cleaned_data["title"], figures=figures, plan=plan, query=lens.kept_query()
            )
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The figures are frozen; they do not change any more."))
            return redirect(kept)
    return render(request, "deals/freeze.html", {"form": form, "query": request.GET})


@require_GET
def frozen(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures as they were reported upward."""
    kept = get_object_or_404(frozen_figures_visible_to(request.user).select_related("frozen_by", "region"), pk=pk)
    return render(request, "deals/frozen.html", _context(*figures_of_json(kept.figures), frozen=kept))
