"""A deal as it was on a day."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from leads.deals.forms import DayForm
from leads.deals.models import Deal
from leads.deals.queries import deal_as_it_was, deals_visible_to, deals_with_papers, headline_of
from leads.deals.views.record import facts_of


@require_GET
def as_it_was(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was known of the deal at the end of a day, beside what is known now."""
    found = get_object_or_404(deals_with_papers(deals_visible_to(request.user)), pk=pk)
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": timezone.localdate()})
    day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    # The day is the reader's: its last moment, in the reader's time zone.
    moment = timezone.make_aware(datetime.combine(day, time()) + timedelta(days=1)) if day else None
    was = deal_as_it_was(found, moment=moment) if moment else None
    context = {
        "deal": found,
        "form": form,
        "day": day,
        "was": was,
        "rows": _beside(was.deal, found) if was else [],
        "headline": headline_of(was.values) if was else None,
    }
    return render(request, "deals/as_it_was.html", context, status=422 if form.errors else 200)


def _beside(was: Deal, now: Deal) -> list[dict[str, Any]]:
    """Return each fact as it was and as it is; ``differs`` marks what has changed since."""
    then, today = _facts(was), _facts(now)
    return [
        {"label": label, "was": value, "now": today[label], "differs": str(value) != str(today[label])}
        for label, value in then.items()
    ]


def _facts(deal: Deal) -> dict[Any, Any]:
    own = [("title", deal.title), ("stage", deal.get_stage_display()), ("health", deal.get_health_display())]
    named = {Deal._meta.get_field(name).verbose_name: value for name, value in own}  # type: ignore[union-attr]
    return named | {fact["label"]: fact["value"] for fact in facts_of(deal)}
