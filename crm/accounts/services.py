"""Every write on accounts. Administrators act within the tree of their region."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.audit.services import create_record, update_record
from crm.reference.models import Region
from crm.shared.errors import DomainError, NotAllowed

#: What users set for themselves.
PREFERENCES = frozenset(
    {"language", "time_zone", "digest_day", "digest_hour", "digest_wanted", "deputy", "deputy_from", "deputy_until"}
)


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
    """Make an account and return it; without ``password`` it cannot sign in until one is set.

    Raises ``NotAllowed`` unless ``by`` is an administrator of that region (``None``: a command), ``IntegrityError``
    for an e-mail that is taken.
    """
    require_writer(by, region)
    if by is not None and by.role != Role.ADMINISTRATOR:
        raise NotAllowed(_("Only an administrator may do this."))
    user = User(email=email.lower(), full_name=full_name, region=region, role=role, **fields)
    user.set_password(password)
    return create_record(user, by=by)


@transaction.atomic
def update_preferences(user: User, *, by: User, **changes: Any) -> User:
    """Set the user's own preferences (``PREFERENCES``) and log the change; nobody sets another's here.

    Raises ``DomainError`` naming the field when the deputy could not act or the dates do not fit.
    """
    unknown = changes.keys() - PREFERENCES
    if unknown or by.pk != user.pk:
        raise ValueError(f"Not a preference of this user: {sorted(unknown)}")
    _check_deputy(user, {name: changes.get(name, getattr(user, name)) for name in PREFERENCES})
    return update_record(user, by=by, changes=changes)


def _check_deputy(user: User, wanted: dict[str, Any]) -> None:
    deputy, first, last = wanted["deputy"], wanted["deputy_from"], wanted["deputy_until"]
    if deputy is not None and (deputy.pk == user.pk or not deputy.may_write):
        raise DomainError(_("This person cannot deputise for you."), fields={"deputy": _("Choose another person.")})
    if deputy is not None and (first is None or last is None):
        raise DomainError(_("Say from when until when."), fields={"deputy_from": _("Give both dates.")})
    if first and last and last < first:
        message = _("The last day is before the first.")
        raise DomainError(message, fields={"deputy_until": message})
