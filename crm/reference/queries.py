"""Reads of the reference data."""

from django.db.models import Q, QuerySet

from crm.reference.choices import RegionKind
from crm.reference.models import Region


def regions_within(region: Region) -> QuerySet[Region]:
    """Return ``region`` and all below it (the tree is three levels deep)."""
    return Region.objects.filter(Q(pk=region.pk) | Q(parent=region.pk) | Q(parent__parent=region.pk))


def country() -> Region:
    """Return the root of the tree."""
    return Region.objects.get(kind=RegionKind.COUNTRY)
