"""Reads of commitments."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.commitments.models import Commitment


def commitments_visible_to(user: User | AnonymousUser) -> QuerySet[Commitment]:
    """Return the commitments of the user's regions; a partner sees what it executes or co-executes."""
    if isinstance(user, User) and user.is_active and user.role == Role.PARTNER:
        shared = Commitment.co_executors.through.objects.filter(user=user).values("commitment")
        return Commitment.objects.filter(Q(executor=user) | Q(pk__in=shared))
    return within_regions_of(user, Commitment.objects.all())
