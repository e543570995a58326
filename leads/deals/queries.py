"""Reads of deals."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from leads.deals.models import Deal, Target


def deals_visible_to(user: User | AnonymousUser) -> QuerySet[Deal]:
    return within_regions_of(user, Deal.objects.all())


def targets_visible_to(user: User | AnonymousUser) -> QuerySet[Target]:
    return within_regions_of(user, Target.objects.all())
