"""Every write on accounts and API tokens. Administrators act within the tree of their region."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.choices import Role
from crm.accounts.models import ApiToken, User
from crm.accounts.queries import digest_of, other_administrators_above, require_administrator
from crm.audit.services import create_record, update_record
from crm.reference.models import Region
from crm.shared.errors import DomainError, NotAllowed

#: What users set for themselves.
PREFERENCES = frozenset(
    {"language", "time_zone", "digest_day", "digest_hour", "digest_wanted", "deputy", "deputy_from", "deputy_until"}
)
#: What only an administrator sets.
OFFICE_FIELDS = frozenset({"email", "full_name", "position", "region", "office", "role", "is_active"})
KEY_PREFIX = "spr_"


@transaction.atomic
def create_user(
    *,
    by: User | None,
    email: str,
    full_name: str,
    region: Region,
    role: str,
    password: str | None = None,
    **fields: Any,
) -> User:
    """Make an account; without ``password`` its owner sets one through "forgot your password".

    ``by`` administers the tree that holds ``region`` (``None`` is the system), else ``NotAllowed``. A taken address is
    a ``DomainError`` on ``email``.
    """
    require_administrator(by, region)
    _check_email(email)
    user = User(email=email.lower(), full_name=full_name, region=region, role=role, **fields)
    user.set_password(password)
    _check_deputy(user, {name: getattr(user, name) for name in PREFERENCES})
    return create_record(user, by=by)


@transaction.atomic
def update_user(user: User, *, by: User | None, **changes: Any) -> User:
    """Change an account as its administrator does: ``OFFICE_FIELDS`` and preferences.

    Raises ``NotAllowed`` outside the administrator's tree (where the account goes to, too), and ``DomainError`` where
    the change would leave a region without an administrator.
    """
    unknown = changes.keys() - OFFICE_FIELDS - PREFERENCES
    if unknown:
        raise ValueError(f"Not a field of an account: {sorted(unknown)}")
    require_administrator(by, user.region)
    require_administrator(by, changes.get("region", user.region))
    if "email" in changes:
        _check_email(changes["email"], besides=user)
    _keep_an_administrator(user, changes)
    _check_deputy(user, {name: changes.get(name, getattr(user, name)) for name in PREFERENCES})
    return update_record(user, by=by, changes=changes)


@transaction.atomic
def deactivate_user(user: User, *, by: User | None) -> User:
    """Close an account: its sessions and API tokens stop at once. Its records stay; hand them over beforehand."""
    update_user(user, by=by, is_active=False)
    for token in user.api_tokens.filter(revoked_at=None):
        update_record(token, by=by, changes={"revoked_at": timezone.now()})
    return user


@transaction.atomic
def update_preferences(user: User, *, by: User, **changes: Any) -> User:
    """Set the user's own preferences (``PREFERENCES``) and log the change; nobody sets another's here.

    Raises ``DomainError`` naming the field when the deputy could not act or the dates do not fit.
    """
    unknown = changes.keys() - PREFERENCES
    if unknown:
        raise ValueError(f"Not a preference: {sorted(unknown)}")
    if by.pk != user.pk:
        raise NotAllowed(_("Your role does not allow this."))
    _check_deputy(user, {name: changes.get(name, getattr(user, name)) for name in PREFERENCES})
    return update_record(user, by=by, changes=changes)


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token with its key, which nothing keeps: show it once."""

    token: ApiToken
    key: str


@transaction.atomic
def create_token(user: User, *, by: User, name: str, expires_at: datetime | None = None) -> NewToken:
    """Make a key to the API that acts as ``user``; users make only their own."""
    if by.pk != user.pk:
        raise NotAllowed(_("Your role does not allow this."))
    if expires_at is not None and expires_at <= timezone.now():
        message = _("This day has passed.")
        raise DomainError(message, fields={"expires_at": message})
    key = KEY_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(user=user, name=name, prefix=key[:8], digest=digest_of(key), expires_at=expires_at)
    return NewToken(create_record(token, by=by), key)


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User) -> ApiToken:
    """Stop a key for good: one's own, or as the administrator of its owner. A revoked one is left as it is."""
    if by.pk != token.user_id:
        require_administrator(by, token.user.region)
    if token.revoked_at is None:
        update_record(token, by=by, changes={"revoked_at": timezone.now()})
    return token


def _check_email(email: str, *, besides: User | None = None) -> None:
    taken = User.objects.filter(email__iexact=email)
    if besides is not None:
        taken = taken.exclude(pk=besides.pk)
    if taken.exists():
        message = _("There is an account with this e-mail.")
        raise DomainError(message, fields={"email": message})


def _keep_an_administrator(user: User, changes: dict[str, Any]) -> None:
    """Refuse to close, move or demote the last administrator who can still manage the user's region."""
    after = {name: changes.get(name, getattr(user, name)) for name in ("is_active", "role", "region")}
    stays = after["is_active"] and after["role"] == Role.ADMINISTRATOR and after["region"] == user.region
    if user.role != Role.ADMINISTRATOR or not user.is_active or stays:
        return
    if not other_administrators_above(user).exists():
        raise DomainError(_("This is the last administrator of the region: name another one first."))


def _check_deputy(user: User, wanted: dict[str, Any]) -> None:
    deputy: User | None = wanted["deputy"]
    first: date | None = wanted["deputy_from"]
    last: date | None = wanted["deputy_until"]
    if deputy is not None and (deputy.pk == user.pk or not deputy.may_write):
        message = _("This person cannot deputise for you.")
        raise DomainError(message, fields={"deputy": message})
    if deputy is not None and (first is None or last is None):
        message = _("Say from when until when.")
        raise DomainError(message, fields={"deputy_from": message})
    if first and last and last < first:
        message = _("The last day is before the first.")
        raise DomainError(message, fields={"deputy_until": message})
