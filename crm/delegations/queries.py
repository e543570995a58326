"""Reads of delegations and practices."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet, StringAgg, Value

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.delegations.choices import PracticeStatus
from crm.delegations.models import Delegation, Practice
from crm.shared.choices import country_names
from crm.shared.searching import folded_text


def delegations_visible_to(user: User | AnonymousUser) -> QuerySet[Delegation]:
    return within_regions_of(user, Delegation.objects.all())


def practices_visible_to(user: User | AnonymousUser) -> QuerySet[Practice]:
    return within_regions_of(user, Practice.objects.all())


def delegation_search_keys(delegation: Delegation) -> dict[str, str]:
    """Return what the delegation is found by: title, purpose, the places in three languages, the members."""
    places: list[str] = []
    for stop in delegation.stops.all():
        places += [stop.city, *country_names(stop.country)]
    members = [member.full_name for member in delegation.members.all()]
    return {"search_text": folded_text([delegation.title, delegation.purpose, *places, *members])}


def delegation_for_page(user: User | AnonymousUser) -> QuerySet[Delegation]:
    """Return the delegations with what their page shows of them."""
    links = ("stops", "members", "companies")
    return delegations_visible_to(user).select_related("secretary", "region").prefetch_related(*links)


def sector_names_of(delegations: QuerySet[Delegation], language: str) -> QuerySet[Delegation]:
    """Add ``sector_names``: the sectors of the participants in ``language`` (kk, ru, en), in one line, or None."""
    field = f"sectors__name_{language}"
    return delegations.annotate(sector_names=StringAgg(field, delimiter=Value(", ")))


def delegations_for_list(user: User | AnonymousUser) -> QuerySet[Delegation]:
    """Return the delegations in use with their stops, members and numbers of meetings' organisations."""
    active = delegations_visible_to(user).filter(archived_at__isnull=True)
    met = Count("companies", distinct=True)
    return active.prefetch_related("stops", "members").annotate(companies_met=met)


def years_of(delegations: QuerySet[Delegation]) -> list[int]:
    """Return the years in which ``delegations`` began, the newest first."""
    return [day.year for day in delegations.order_by().dates("start_date", "year", order="DESC")]


def practices_by_status(practices: QuerySet[Practice]) -> dict[str, list[Practice]]:
    """Return ``practices`` in the columns of their way: noted, under study, adopted, dropped. One query."""
    columns: dict[str, list[Practice]] = {status: [] for status in PracticeStatus.values}
    for practice in practices.select_related("owner", "delegation", "company"):
        columns[practice.status].append(practice)
    return columns
