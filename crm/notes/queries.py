"""Reads of notes."""

from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet, StringAgg, Value

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.notes.models import Note
from crm.reference.choices import RegionKind
from crm.reference.models import Region
from crm.shared.about import about


def notes_visible_to(user: User | AnonymousUser) -> QuerySet[Note]:
    return within_regions_of(user, Note.objects.all())


def notes_about(record: Model, user: User) -> QuerySet[Note]:
    """Return the notes about ``record`` that ``user`` may see, the newest first, with author and ``mentioned``.

    ``mentioned`` holds the names of who is mentioned, in one line, or None.
    """
    notes = notes_visible_to(user).filter(archived_at__isnull=True, **about(record))
    names = StringAgg("mentions__full_name", delimiter=Value(", "))
    return notes.select_related("author").annotate(mentioned=names)


def region_of(record: Model, user: User) -> Region:
    """Return the region of a record; a shared one (a company) is written about in the user's own."""
    return cast(Region, getattr(record, "region", None) or user.region)


def users_who_see(region: Region) -> QuerySet[User]:
    """Return the active staff who may see the records of ``region``: its own, those above it, national staff."""
    above = Q(region=region) | Q(region__children=region) | Q(region__children__children=region)
    seeing = User.objects.filter(above | Q(region__kind=RegionKind.COUNTRY), is_active=True)
    return seeing.exclude(role=Role.PARTNER).order_by("full_name", "pk").distinct()
