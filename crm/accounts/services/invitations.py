"""Writes of invitations: made, mailed, accepted.

waiting ──▶ sent | refused (the server will never take it)        open ──▶ accepted | withdrawn by a newer one
"""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.accounts.models import Invitation, User
from crm.accounts.queries import invitations_to_send, key_of, require_administrator
from crm.accounts.services.people import create_user
from crm.accounts.services.sign_in import end_sessions
from crm.audit.choices import Action
from crm.audit.services import create_record, lock_record, record_event, update_record
from crm.reference.models import Region
from crm.shared.errors import DomainError
from crm.shared.formats import format_day
from crm.shared.jobs import enqueue
from crm.shared.sending import Fate, send_mail

logger = structlog.get_logger(__name__)

#: Longer than a task may live: whoever has lost the row is gone.
LEASE = timedelta(minutes=15)
#: The pause after a mail that was not taken grows by this with each attempt.
PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=2)


@transaction.atomic
def invite_user(*, by: User | None, email: str, full_name: str, region: Region, role: str, **fields: Any) -> User:
    """Make an account without a password and mail its owner a link to set one. Raises as ``create_user``."""
    user = create_user(by=by, email=email, full_name=full_name, region=region, role=role, **fields)
    create_invitation(user, by=by)
    return user


@transaction.atomic
def create_invitation(
    user: User, *, by: User | None, valid_for: timedelta | None = None, by_mail: bool = True
) -> Invitation:
    """Let ``user`` set a password by a link; an older link stops working. The mail is sent after commit.

    Without ``by_mail`` whoever asks hands the link over (``link_of``). Raises ``NotAllowed`` unless ``by`` administers
    the user's region (``None`` is the system), and ``DomainError`` for a closed account.
    """
    require_administrator(by, user.region)
    if not lock_record(user).is_active:
        raise DomainError(_("This account is closed: open it again first."))
    now = timezone.now()
    for older in Invitation.objects.filter(user=user, accepted_at=None, withdrawn_at=None):
        update_record(older, by=by, changes={"withdrawn_at": now})
    expires_at = now + (valid_for or timedelta(days=settings.INVITATION_DAYS))
    invitation = create_record(Invitation(user=user, invited_by=by, expires_at=expires_at, by_mail=by_mail), by=by)
    if by_mail:
        enqueue("accounts.send_invitation", invitation.pk)
    return invitation


def link_of(invitation: Invitation) -> str:
    """Return the whole address of the invitation's page. It is a secret of its owner: never logged."""
    return settings.SITE_URL + reverse("account_invitation", args=[key_of(invitation)])


@transaction.atomic
def accept_invitation(invitation: Invitation, *, password: str, at: datetime) -> User:
    """Set the password that its owner chose; the link works no more, and other sessions of the account end.

    Raises ``DomainError`` where the invitation was used, withdrawn or too old in the meantime.
    """
    current = lock_record(invitation)
    if current.accepted_at or current.withdrawn_at or current.expires_at <= at or not current.user.is_active:
        raise DomainError(_("This link has been used or is too old. Ask for a new one."))
    user = lock_record(current.user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record_event(Action.CHANGED, by=user, record=user, changes={"password": ["", "changed"]})
    update_record(current, by=user, changes={"accepted_at": at})
    end_sessions(user, by=user)
    return user


def send_waiting_invitations() -> None:
    """Send every invitation that waits, each on its own: what was not started, or not taken before."""
    for pk in list(invitations_to_send(at=timezone.now()).values_list("pk", flat=True)):
        send_invitation(pk)


def send_invitation(pk: int) -> bool:
    """Mail the invitation unless somebody else does or did; say whether the server took it.

    A mail that was not taken now is put off; one that the server will never take is noted with its words, which the
    administrator sees. Sent twice, because a crash came between sending and noting it, it is the same mail.
    """
    now = timezone.now()
    claimed = invitations_to_send(at=now).filter(pk=pk)
    if not claimed.update(lease_until=now + LEASE, attempts=F("attempts") + 1):
        return False
    invitation = Invitation.objects.select_related("user__region", "invited_by").get(pk=pk)
    line = mailers.default
    try:
        verdict = send_mail(_message_of(invitation), line)
    finally:
        line.close()
    row = Invitation.objects.filter(pk=pk, attempts=invitation.attempts)
    if verdict.fate == Fate.ACCEPTED:
        row.update(sent_at=timezone.now(), error="")
        record_event(Action.SENT, by=None, record=invitation.user, changes={"invitation": invitation.pk})
    elif verdict.fate in (Fate.LATER, Fate.OUTAGE):
        pause = min(PAUSE * invitation.attempts, LONGEST_PAUSE)
        row.update(lease_until=timezone.now() + pause, error=verdict.words)
    else:
        row.update(failed_at=timezone.now(), error=verdict.words)
        logger.warning("invitation refused for good", invitation=pk, fate=verdict.fate.value)
    return verdict.fate == Fate.ACCEPTED


def _message_of(invitation: Invitation) -> EmailMessage:
    """Write the mail in the language of whom it invites."""
    user = invitation.user
    with translation.override(user.language), timezone.override(user.zone):
        until = timezone.localtime(invitation.expires_at)
        context = {
            "invitation": invitation,
            "user": user,
            "link": link_of(invitation),
            "until": f"{format_day(until.date(), 'day')}, {until:%H:%M}",
            "site_url": settings.SITE_URL,
        }
        subject = _("Your account in Sapar")
        body = render_to_string("account/email/invitation.txt", context)
    message_id = f"<invitation-{invitation.pk}@{settings.SITE_HOST}>"
    return EmailMessage(subject, body, to=[user.email], headers={"Message-ID": message_id})
