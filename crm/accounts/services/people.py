"""Writes of accounts. Administrators act within the tree of their region."""

from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.choices import Role
from crm.accounts.models import ERASED_ADDRESS, User
from crm.accounts.queries import administrators_above, possible_deputies, require_administrator
from crm.accounts.services.sign_in import end_sessions
from crm.audit.erasure import MARK, erase_actor, erase_values
from crm.audit.services import create_record, lock_record, update_record
from crm.reference.models import Region
from crm.shared.errors import DomainError, NotAllowed
from crm.shared.registries import forget_elsewhere

#: What users set for themselves.
PREFERENCES = frozenset(
    {"language", "time_zone", "digest_day", "digest_hour", "digest_wanted", "notices_by_mail"}
    | {"deputy", "deputy_from", "deputy_until"}
)
#: What only an administrator sets.
OFFICE_FIELDS = frozenset({"email", "full_name", "position", "region", "office", "role", "is_active"})


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
    """Make an account; without ``password`` its owner sets one by an invitation, or through "forgot your password".

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
        changes["email"] = changes["email"].lower()
        _check_email(changes["email"], besides=user)
        if changes["email"] != user.email:  # what was wrong with the old one is past
            changes["address_failed_at"] = None
    _keep_an_administrator(user, changes)
    _check_deputy(user, {name: changes.get(name, getattr(user, name)) for name in PREFERENCES})
    if changes.get("is_active") and user.is_erased:
        raise DomainError(_("This person's data were erased: make a new account."))
    was_active, former_email = user.is_active, user.email
    update_record(user, by=by, changes=changes)
    if user.email != former_email:
        _forget_other_addresses(user)
    if was_active and not user.is_active:
        _stop(user, by=by)
    return user


def deactivate_user(user: User, *, by: User | None) -> User:
    """Close an account: sessions, API tokens and invitations stop at once. Hand its open things over beforehand."""
    return update_user(user, by=by, is_active=False)


@transaction.atomic
def erase_user(user: User, *, by: User | None, reason: str) -> User:
    """Erase the data of somebody who has left, at that person's request: here, in history and in the audit log.

    What the person did stays, by nobody's name. The account must be closed; it cannot be opened again. Raises
    ``NotAllowed``, and ``DomainError`` while the account is open.
    """
    require_administrator(by, user.region)
    if user.is_active:
        raise DomainError(_("Close the account first."))
    Authenticator.objects.filter(user=user).delete()
    _forget_other_addresses(user)
    blanks = {"full_name": MARK, "position": "", "email": f"{user.pk}{ERASED_ADDRESS}"}
    erase_values(user, by=by, reason=reason, blanks=blanks, logged={"directory"})
    user.set_unusable_password()
    user.save(update_fields=["password"])
    for invitation in user.invitations.all():
        erase_values(invitation, by=by, reason=reason, blanks={"error": ""})
    for token in user.api_tokens.all():
        erase_values(token, by=by, reason=reason, blanks={"name": MARK})
    forget_elsewhere(user, by=by, reason=reason)
    erase_actor(user)
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


def _check_email(email: str, *, besides: User | None = None) -> None:
    taken = User.objects.filter(email__iexact=email)
    if besides is not None:
        taken = taken.exclude(pk=besides.pk)
    if taken.exists():
        message = _("There is an account with this e-mail.")
        raise DomainError(message, fields={"email": message})


def _stop(user: User, *, by: User | None) -> None:
    """End what a closed account could still be used by, and take it out of others' absences."""
    now = timezone.now()
    end_sessions(user, by=by)
    for token in user.api_tokens.filter(revoked_at=None):
        update_record(token, by=by, changes={"revoked_at": now})
    for invitation in user.invitations.filter(accepted_at=None, withdrawn_at=None):
        update_record(invitation, by=by, changes={"withdrawn_at": now})
    for absent in User.objects.filter(deputy=user):
        update_record(absent, by=by, changes={"deputy": None, "deputy_from": None, "deputy_until": None})


def _forget_other_addresses(user: User) -> None:
    """Let nobody sign in or set a password by a former address: what was verified or tied by it is gone."""
    EmailAddress.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()


def _keep_an_administrator(user: User, changes: dict[str, Any]) -> None:
    """Refuse to close, move or demote the last administrator who can still manage the user's region.

    The administrators' rows are locked, in one order: two of them cannot close each other at the same moment.
    """
    if not changes.keys() & {"is_active", "role", "region"}:
        return
    list(User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk").select_for_update(of=("self",)))
    current = lock_record(user)
    after = {name: changes.get(name, getattr(current, name)) for name in ("is_active", "role", "region")}
    stays = after["is_active"] and after["role"] == Role.ADMINISTRATOR and after["region"] == current.region
    if current.role != Role.ADMINISTRATOR or not current.is_active or stays:
        return
    if not administrators_above(current.region).exclude(pk=user.pk).exists():
        raise DomainError(_("This is the last administrator of the region: name another one first."))


def _check_deputy(user: User, wanted: dict[str, Any]) -> None:
    deputy: User | None = wanted["deputy"]
    first: date | None = wanted["deputy_from"]
    last: date | None = wanted["deputy_until"]
    is_new = deputy is not None and (user.pk is None or deputy.pk != user.deputy_id)
    if deputy is not None and is_new and not possible_deputies(user).filter(pk=deputy.pk).exists():
        message = _("This person cannot deputise for you.")
        raise DomainError(message, fields={"deputy": message})
    if deputy is not None and (first is None or last is None):
        message = _("Say from when until when.")
        raise DomainError(message, fields={"deputy_from": message})
    if first and last and last < first:
        message = _("The last day is before the first.")
        raise DomainError(message, fields={"deputy_until": message})
