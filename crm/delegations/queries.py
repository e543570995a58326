"""Reads of delegations and practices."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
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
