"""Every write on accounts. Administrators act within the tree of their region."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.audit.services import update_record
from crm.shared.errors import DomainError

#: What users set for themselves.
PREFERENCES = frozenset(
    {"language", "time_zone", "digest_day", "digest_hour", "digest_wanted", "deputy", "deputy_from", "deputy_until"}
)


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
