"""Sign-ins and what happens to credentials, told by Django and allauth, into the audit log."""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed, password_reset, user_logged_in
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added
from django.contrib.auth import signals as auth_signals
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from crm.accounts.choices import SignInWay
from crm.accounts.middleware import SEEN_AT
from crm.accounts.models import User
from crm.audit.choices import Action
from crm.audit.services import record_event

#: allauth's names of the ways to prove who one is.
WAYS = {
    "password": SignInWay.PASSWORD,
    "socialaccount": SignInWay.DIRECTORY,
    "totp": SignInWay.CODE,
    "recovery_codes": SignInWay.RECOVERY_CODE,
    "webauthn": SignInWay.PASSKEY,
}


@receiver(user_logged_in)
def log_sign_in(user: User, request: HttpRequest, **kwargs: Any) -> None:
    """Say with what they signed in: ``password, code``."""
    records = get_authentication_records(request, user)
    ways = [WAYS[record.get("type", record["method"])].value for record in records]
    if getattr(user, "backend", "").endswith("DirectoryBackend"):
        ways = [SignInWay.DIRECTORY.value if way == SignInWay.PASSWORD else way for way in ways]
    record_event(Action.SIGNED_IN, by=user, record=user, changes={"with": ", ".join(dict.fromkeys(ways))})


@receiver(auth_signals.user_logged_in)
def begin_idle_time(request: HttpRequest, **kwargs: Any) -> None:
    request.session[SEEN_AT] = int(time.time())


@receiver(user_logged_out)
def log_sign_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record_event(Action.SIGNED_OUT, by=user, record=user)


@receiver(user_login_failed)
def log_failed_sign_in(credentials: dict[str, Any], **kwargs: Any) -> None:
    """Keep the address that was tried, and whose account it is, where there is one; never the password."""
    email = str(credentials.get("email") or credentials.get("username") or "")[:254]
    user = User.objects.select_related("region").filter(email__iexact=email).first()
    record_event(Action.SIGN_IN_FAILED, by=None, record=user, changes={"email": email})


@receiver(authentication_failed)
def log_wrong_code(user: User, **kwargs: Any) -> None:
    record_event(Action.SIGN_IN_FAILED, by=None, record=user, changes={"second_factor": "wrong code"})


@receiver([password_changed, password_reset])
def log_new_password(user: User, **kwargs: Any) -> None:
    record_event(Action.CHANGED, by=user, record=user, changes={"password": ["", "changed"]})


@receiver(authenticator_added)
def log_second_factor_added(user: User, authenticator: Any, **kwargs: Any) -> None:
    record_event(Action.CHANGED, by=user, record=user, changes={"second_factor": ["", authenticator.type]})


@receiver(authenticator_removed)
def log_second_factor_removed(user: User, authenticator: Any, **kwargs: Any) -> None:
    record_event(Action.CHANGED, by=user, record=user, changes={"second_factor": [authenticator.type, ""]})


@receiver(authenticator_reset)
def log_new_recovery_codes(user: User, **kwargs: Any) -> None:
    record_event(Action.CHANGED, by=user, record=user, changes={"second_factor": ["", "new recovery codes"]})


@receiver(social_account_added)
def log_tie_to_directory(sociallogin: Any, **kwargs: Any) -> None:
    account = sociallogin.account
    changes = {"directory": ["", f"{account.provider}: {account.uid}"]}
    record_event(Action.CHANGED, by=sociallogin.user, record=sociallogin.user, changes=changes)
