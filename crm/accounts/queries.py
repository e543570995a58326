"""Who there is, and what each may see: the one place that says so."""

import hashlib
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from crm.accounts.choices import Role
from crm.accounts.models import ApiToken, User
from crm.reference.models import Region
from crm.reference.queries import regions_within
from crm.shared.errors import NotAllowed


def within_regions_of[RecordType: Model](
    user: User | AnonymousUser, records: QuerySet[RecordType], *, field: str = "region"
) -> QuerySet[RecordType]:
    """Limit ``records`` to what the user's region may see: all for national staff, the region's tree for others.

    Nothing for anonymous and inactive users, and nothing for partners: what those see hangs on what they execute
    (see ``commitments_visible_to``).
    """
    if not isinstance(user, User) or not user.is_active or user.role == Role.PARTNER:
        return records.none()
    if user.is_national:
        return records
    return records.filter(**{f"{field}__in": regions_within(user.region).values("pk")})


def users_visible_to(user: User | AnonymousUser) -> QuerySet[User]:
    """Return the users of the regions that ``user`` sees, with their regions."""
    return within_regions_of(user, User.objects.select_related("region", "office"))


def assignable_users(user: User) -> QuerySet[User]:
    """Return who may own a record of the user's region: active staff that may write, of the same tree."""
    writing = [Role.OFFICIAL, Role.MANAGER, Role.ADMINISTRATOR]
    return users_visible_to(user).filter(is_active=True, role__in=writing)


def possible_deputies(user: User) -> QuerySet[User]:
    """Return who may act for ``user``: those who may own records of the region, without the user."""
    return assignable_users(user).exclude(pk=user.pk)


def managers_of(region_ids: QuerySet | list[int]) -> QuerySet[User]:
    """Return the active managers of the regions, with their regions."""
    return User.objects.filter(Q(region__in=region_ids), is_active=True, role=Role.MANAGER).select_related("region")


def require_writer(user: User | None, region: Region | None = None) -> None:
    """Raise ``NotAllowed`` unless the user may write (in ``region``). ``None`` is the system: tasks and commands."""
    if user is None:
        return
    if not user.may_write or (region and not user.is_national and not _sees(user, region)):
        raise NotAllowed(_("Your role does not allow this."))


def require_manager(user: User | None) -> None:
    """Raise ``NotAllowed`` unless the user may assign, confirm and undo. ``None`` is the system."""
    if user is not None and not user.may_manage:
        raise NotAllowed(_("Only a manager may do this."))


def require_administrator(user: User | None, region: Region) -> None:
    """Raise ``NotAllowed`` unless the user administers the tree that holds ``region``. ``None`` is the system."""
    if user is None:
        return
    if not user.is_active or user.role != Role.ADMINISTRATOR or not (user.is_national or _sees(user, region)):
        raise NotAllowed(_("Only an administrator of the region may do this."))


def other_administrators_above(user: User) -> QuerySet[User]:
    """Return the active administrators, without ``user``, who manage the user's region: of it or of one above it."""
    below = Q(region=user.region_id) | Q(region__children=user.region_id) | Q(region__children__children=user.region_id)
    return User.objects.filter(below, is_active=True, role=Role.ADMINISTRATOR).exclude(pk=user.pk)


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Return the user's own API tokens, the newest first."""
    return ApiToken.objects.filter(user=user)


def _sees(user: User, region: Region) -> bool:
    return region.pk == user.region_id or regions_within(user.region).filter(pk=region.pk).exists()


def token_of(key: str, *, at: datetime) -> ApiToken | None:
    """Return the token that ``key`` opens at that time, with its user and region; none where it is no good."""
    token = ApiToken.objects.select_related("user__region").filter(digest=digest_of(key), revoked_at=None).first()
    if token is None or not token.user.is_active or (token.expires_at and token.expires_at <= at):
        return None
    return token


def digest_of(key: str) -> str:
    """Return what is kept of an API key: the SHA-256 of a random key needs no salt."""
    return hashlib.sha256(key.encode()).hexdigest()


def regions_open_to(user: User) -> QuerySet[Region]:
    """Return the regions whose records the user may see and, with a role that writes, write."""
    return Region.objects.all() if user.is_national else regions_within(user.region)
