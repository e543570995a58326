"""Stopping the weekly mail by the signed link in it."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.audit.services import update_record
from crm.reminders.errors import LinkBroken

UNSUBSCRIBE_SALT = "reminders.unsubscribe"


def unsubscribe_url(user: User) -> str:
    """Return the signed address of the page that stops the digests of ``user``, without sign-in."""
    return settings.SITE_URL + reverse("reminders:unsubscribe", args=[_token(user)])


def one_click_url(user: User) -> str:
    """Return the signed address that a mail program posts to when its own "unsubscribe" is pressed (RFC 8058)."""
    return settings.SITE_URL + reverse("reminders:unsubscribe_one_click", args=[_token(user)])


def _token(user: User) -> str:
    return signing.dumps(user.pk, salt=UNSUBSCRIBE_SALT)


def user_of_link(token: str) -> User:
    """Return whose digests the link stops. Raises ``LinkBroken`` for one that this site did not sign."""
    try:
        return User.objects.get(pk=signing.loads(token, salt=UNSUBSCRIBE_SALT), is_active=True)
    except (signing.BadSignature, User.DoesNotExist) as error:
        raise LinkBroken(_("This link is not complete. Open the mail again and follow it from there.")) from error


@transaction.atomic
def stop_digests(user: User, *, by: User | None) -> User:
    """Send no more digests to ``user``; who gets none already stays so. ``by`` is the user, whose link says so."""
    return update_record(user, by=by, changes={"digest_wanted": False})
