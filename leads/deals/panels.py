"""Deals on the pages of their companies, delegations and meetings."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.commitments.queries import next_steps_of
from crm.companies.models import Company
from crm.delegations.models import Delegation
from crm.meetings.models import Meeting
from crm.shared.registries import Panel, panels
from leads.deals.choices import Stage, ValueKind
from leads.deals.gates import STAGES
from leads.deals.models import Deal
from leads.deals.queries import (
    MILESTONES,
    Standing,
    VisitOutcome,
    deals_visible_to,
    headline_of,
    newest_values,
    outcome_of_visit,
)

SHOWN = 50
#: Deals that came at least to a stage.
STAGE_ROWS = {
    Stage.MEMORANDUM: _("Deals that came to a memorandum"),
    Stage.AGREEMENT: _("Deals that came to an agreement"),
    Stage.REALISED: _("Deals realised"),
}
#: What a printed brief of two pages has room for.
PRINTED = 7


@panels.register("companies.company", position=10)
def deals_of_company(company: Company, user: User) -> Panel:
    return _panel(deals_visible_to(user).filter(company=company), {"company": company})


@panels.register("delegations.delegation", position=10)
def outcome_of_delegation(delegation: Delegation, user: User) -> Panel:
    """Return what came of the visit, and its deals with how far each has come; two queries."""
    outcome = outcome_of_visit(delegation, user, on=timezone.localdate())
    context = {
        "outcome": outcome,
        "score_rows": _score_rows(outcome),
        "most_deals": SHOWN,
        "most_printed": PRINTED,
        "reporting_currency": settings.REPORTING_CURRENCY,
    }
    return Panel("deals/_visit_outcome.html", context, wide=True)


@panels.register("meetings.meeting", position=10)
def deals_of_meeting(meeting: Meeting, user: User) -> Panel:
    return _panel(deals_visible_to(user).filter(meetings=meeting), {})


def _score_rows(outcome: VisitOutcome) -> list[dict[str, object]]:
    """Return the rows of the table by checkpoints: what is counted, whether it is money, and each standing's number."""
    counted: list[tuple[object, Callable[[Standing], object]]] = [
        (_("Meetings with an outcome"), lambda one: one.meetings),
        (_("Deals opened"), lambda one: one.deals),
        *((STAGE_ROWS[stage], partial(_nth, "moved", place)) for place, stage in enumerate(MILESTONES)),
    ]
    sums = [(kind.label, partial(_nth, "sums", place)) for place, kind in enumerate(ValueKind)]
    rows = [(label, False, number) for label, number in counted] + [(label, True, number) for label, number in sums]
    return [
        {"label": label, "is_money": is_money, "cells": [(one, number(one)) for one in outcome.standings]}
        for label, is_money, number in rows
    ]


def _nth(field: str, place: int, standing: Standing) -> object:
    return getattr(standing, field)[place]


def _panel(deals: QuerySet[Deal], linked: dict[str, object]) -> Panel:
    """Return the panel of these deals, those at rest among them; three queries."""
    shown = list(deals.filter(archived_at__isnull=True).select_related("company", "owner", "sector")[:SHOWN])
    steps, values = next_steps_of(shown), newest_values([deal.pk for deal in shown])
    rows = [
        {
            "deal": deal,
            "number": STAGES.index(Stage(deal.stage)) + 1,
            "step": steps.get(deal.pk),
            "value": headline_of(values[deal.pk, kind] for kind in ValueKind if (deal.pk, kind) in values),
        }
        for deal in shown
    ]
    return Panel("deals/_panel.html", {"deal_rows": rows, "linked": linked})
