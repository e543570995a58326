"""Who there is, and what each may see: the one place that says so."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core import signing
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.choices import Role
from crm.accounts.models import ApiToken, Invitation, User
from crm.accounts.registry import Duty, all_duties
from crm.reference.models import Region
from crm.reference.queries import regions_within
from crm.shared.about import address_of
from crm.shared.errors import NotAllowed
from crm.shared.together import Rows, fetch_together

INVITATION_SALT = "crm.accounts.invitation"


@dataclass(frozen=True, slots=True)
class OpenThings:
    """Open things of one kind: how many, and the names and addresses of the first of them."""

    duty: Duty
    count: int
    named: Sequence[tuple[str, str]]

    @property
    def rest(self) -> int:
        return self.count - len(self.named)


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


def absent_with_deputy(deputies: Iterable[int], *, on: date) -> QuerySet[User]:
    """Return the active users for whom one of the users ``deputies`` (keys) stands in on the day ``on``."""
    away = User.objects.filter(deputy_from__lte=on, deputy_until__gte=on, is_active=True)
    return away.filter(deputy__in=list(deputies)).select_related("region")


def possible_receivers(user: User, *, by: User) -> QuerySet[User]:
    """Return to whom ``by`` may hand over what ``user`` has open: staff that write; another partner for a partner."""
    roles = [Role.OFFICIAL, Role.MANAGER, Role.ADMINISTRATOR, *([Role.PARTNER] if user.role == Role.PARTNER else [])]
    return users_visible_to(by).filter(is_active=True, role__in=roles).exclude(pk=user.pk)


def open_things_of(user: User, *, most: int = 20) -> list[OpenThings]:
    """Return what ``user`` has open, by kind, each with its number and the first by name; empty kinds stay out.

    One query.
    """
    duties = [(duty, duty.held_by(user)) for duty in all_duties()]
    rows = fetch_together(tuple(Rows(held, ("pk", *duty.named_by)) for duty, held in duties))
    return [
        OpenThings(duty, len(held), _named(held_by.model._meta.label_lower, held)[:most])
        for (duty, held_by), held in zip(duties, rows, strict=True)
        if held
    ]


def _named(label: str, rows: Iterable[tuple[Any, ...]]) -> list[tuple[str, str]]:
    """Return the name and the address of each record of that kind, in the order of the names."""
    named = [(next(filter(None, names), f"{pk}"), address_of(label, pk)) for pk, *names in rows]
    return sorted(named, key=lambda one: one[0].casefold())


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


def administrators_above(region: Region) -> QuerySet[User]:
    """Return the administrators who manage ``region`` (of it or of one above it) and can get in.

    Who was invited and has neither signed in yet nor set a password does not count: nobody may be behind the address.
    """
    above = Q(region=region) | Q(region__children=region) | Q(region__children__children=region)
    gets_in = Q(last_login__isnull=False) | ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    found = User.objects.filter(above, gets_in, is_active=True, role=Role.ADMINISTRATOR)
    return found.order_by("pk").distinct()


def needs_second_factor(user: User) -> bool:
    """Does the role of ``user`` ask for a second step, where ``SECOND_FACTOR_REQUIRED`` is set?"""
    return settings.SECOND_FACTOR_REQUIRED and user.may_manage


def second_factors_of(user: User) -> QuerySet[Authenticator]:
    """Return the app and the passkeys of ``user``; recovery codes only stand in for them."""
    ways = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type__in=ways)
    return found.order_by("created_at", "pk")


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Must ``user`` set up a second step before anything else?"""
    return isinstance(user, User) and needs_second_factor(user) and not second_factors_of(user).exists()


def sessions_of(user: User) -> list[UserSession]:
    """Return the open sessions of ``user``, the one used last first: those whose session still is in the database."""
    known = UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk")
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(known.filter(session_key__in=alive))


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


def key_of(invitation: Invitation) -> str:
    """Return the signed key of the invitation's link. It says which one; whether it still opens, the row says."""
    return signing.dumps(invitation.pk, salt=INVITATION_SALT)


def invitation_of(key: str, *, at: datetime) -> Invitation | None:
    """Return the invitation that ``key`` opens at that time, with its user; none where it is no good any more."""
    try:
        pk = signing.loads(key, salt=INVITATION_SALT)
    except signing.BadSignature:
        return None
    open_ones = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at, user__is_active=True)
    return open_ones.select_related("user__region").filter(pk=pk).first()


def invitations_to_send(*, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations whose mail is still to be sent and that nobody holds, the oldest first."""
    waiting = Invitation.objects.filter(
        by_mail=True, sent_at=None, failed_at=None, accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )
    return waiting.filter(Q(lease_until=None) | Q(lease_until__lte=at), user__is_active=True).order_by("pk")


def people_for_list(user: User) -> QuerySet[User]:
    """Return the people of the regions that ``user`` sees, each with how far the account is.

    ``invitation_open`` is the day until which the last invitation opens, ``invitation_error`` why its mail did not
    arrive, ``has_second_factor`` whether there is one. One query.
    """
    last = Invitation.objects.filter(user=OuterRef("pk"), accepted_at=None, withdrawn_at=None).order_by("-pk")
    ways = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return users_visible_to(user).annotate(
        invitation_open=Subquery(last.values("expires_at")[:1]),
        invitation_error=Subquery(last.exclude(failed_at=None).values("error")[:1]),
        has_second_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=ways)),
    )
