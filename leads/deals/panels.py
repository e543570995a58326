"""Deals on the pages of their companies, delegations and meetings."""

from django.db.models import QuerySet

from crm.accounts.models import User
from crm.commitments.queries import next_steps_of
from crm.companies.models import Company
from crm.delegations.models import Delegation
from crm.meetings.models import Meeting
from crm.shared.registries import Panel, panels
from leads.deals.choices import Stage, ValueKind
from leads.deals.gates import STAGES
from leads.deals.models import Deal
from leads.deals.queries import deals_visible_to, headline_of, newest_values

SHOWN = 50


@panels.register("companies.company", position=10)
def deals_of_company(company: Company, user: User) -> Panel:
    return _panel(deals_visible_to(user).filter(company=company), {"company": company})


@panels.register("delegations.delegation", position=10)
def deals_of_delegation(delegation: Delegation, user: User) -> Panel:
    return _panel(deals_visible_to(user).filter(delegation=delegation), {"delegation": delegation})


@panels.register("meetings.meeting", position=10)
def deals_of_meeting(meeting: Meeting, user: User) -> Panel:
    return _panel(deals_visible_to(user).filter(meetings=meeting), {})


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
