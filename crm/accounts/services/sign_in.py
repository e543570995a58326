"""Writes about how somebody signs in: sessions and the second step."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_administrator
from crm.audit.choices import Action
from crm.audit.services import record_event
from crm.shared.errors import NotAllowed


def note_session(key: str | None, *, address: str | None, at: datetime) -> None:
    """Remember when and from where the session was used last. Nobody's work: the audit log takes no notice."""
    changes = {"last_seen_at": at, **({"ip": address} if address else {})}
    UserSession.objects.filter(session_key=key or "").update(**changes)


@transaction.atomic
def end_sessions(user: User, *, by: User | None, but: str | None = None) -> int:
    """Sign ``user`` out everywhere, apart from the session ``but``; return how many sessions ended.

    One's own sessions, or as the administrator of the region (``None`` is the system).
    """
    _require_self_or_administrator(user, by)
    known = UserSession.objects.filter(user=user).exclude(session_key=but or "")
    keys = list(known.values_list("session_key", flat=True))
    ended, _rows = Session.objects.filter(session_key__in=keys).delete()
    known.delete()
    if ended:
        record_event(Action.SIGNED_OUT, by=by, record=user, changes={"sessions": ended})
    return ended


@transaction.atomic
def end_session(user: User, *, by: User, pk: int) -> bool:
    """End one session of ``user``; say whether there was one. Raises ``NotAllowed``."""
    _require_self_or_administrator(user, by)
    known = UserSession.objects.filter(user=user, pk=pk).first()
    if known is None:
        return False
    Session.objects.filter(session_key=known.session_key).delete()
    known.delete()
    record_event(Action.SIGNED_OUT, by=by, record=user, changes={"sessions": 1})
    return True


@transaction.atomic
def reset_second_factor(user: User, *, by: User | None) -> None:
    """Take away the app, the passkeys and the recovery codes of somebody who lost them, and sign them out everywhere.

    The administrator of the region does it for others, the command ``recover_access`` for an administrator; who is
    signed in takes them away on the page of the second step, which asks who they are. Raises ``NotAllowed``.
    """
    require_administrator(by, user.region)
    if by is not None and by.pk == user.pk:
        raise NotAllowed(_("Change your own second step in your settings."))
    found = Authenticator.objects.filter(user=user)
    kinds = sorted(found.values_list("type", flat=True))
    found.delete()
    if kinds:
        record_event(Action.CHANGED, by=by, record=user, changes={"second_factor": [", ".join(kinds), ""]})
    end_sessions(user, by=by)


def _require_self_or_administrator(user: User, by: User | None) -> None:
    if by is None or by.pk != user.pk:
        require_administrator(by, user.region)
