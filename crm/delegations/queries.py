"""Reads of delegations and practices."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.delegations.models import Delegation, Practice


def delegations_visible_to(user: User | AnonymousUser) -> QuerySet[Delegation]:
    return within_regions_of(user, Delegation.objects.all())


def practices_visible_to(user: User | AnonymousUser) -> QuerySet[Practice]:
    return within_regions_of(user, Practice.objects.all())
