"""Reads of deals."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from leads.deals.models import Deal, DealValue, Memorandum, StageChange, Target


def deals_visible_to(user: User | AnonymousUser) -> QuerySet[Deal]:
    return within_regions_of(user, Deal.objects.all())


def targets_visible_to(user: User | AnonymousUser) -> QuerySet[Target]:
    return within_regions_of(user, Target.objects.all())


def memoranda_visible_to(user: User | AnonymousUser) -> QuerySet[Memorandum]:
    return within_regions_of(user, Memorandum.objects.all(), field="deal__region")


def values_visible_to(user: User | AnonymousUser) -> QuerySet[DealValue]:
    return within_regions_of(user, DealValue.objects.all(), field="deal__region")


def stage_changes_visible_to(user: User | AnonymousUser) -> QuerySet[StageChange]:
    return within_regions_of(user, StageChange.objects.all(), field="deal__region")
