"""Writes of API tokens."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.models import ApiToken, User
from crm.accounts.queries import digest_of, require_administrator
from crm.audit.services import create_record, update_record
from crm.shared.errors import DomainError, NotAllowed

KEY_PREFIX = "spr_"


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
