"""Meetings on the pages of the organisations met and of the delegation."""

from django.db.models import QuerySet

from crm.accounts.models import User
from crm.companies.models import Company, Contact
from crm.delegations.models import Delegation
from crm.meetings.models import Meeting
from crm.meetings.queries import meetings_visible_to
from crm.shared.registries import Panel, panels


@panels.register("companies.company", position=20)
def meetings_of_company(company: Company, user: User) -> Panel:
    return _panel(meetings_visible_to(user).filter(companies=company))


@panels.register("companies.contact", position=20)
def meetings_of_contact(contact: Contact, user: User) -> Panel:
    return _panel(meetings_visible_to(user).filter(contacts=contact))


@panels.register("delegations.delegation", position=20)
def meetings_of_delegation(delegation: Delegation, user: User) -> Panel:
    return _panel(meetings_visible_to(user).filter(delegation=delegation))


def _panel(meetings: QuerySet[Meeting]) -> Panel:
    shown = meetings.filter(archived_at__isnull=True).select_related("owner")
    return Panel("meetings/_panel.html", {"meetings": list(shown[:50])})
