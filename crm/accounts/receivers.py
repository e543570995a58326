"""Sign-ins and what happens to credentials, told by Django and allauth, into the audit log."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, user_logged_in
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver

from crm.accounts.models import User
from crm.audit.choices import Action
from crm.audit.services import record_event


@receiver(user_logged_in)
def log_sign_in(user: User, **kwargs: Any) -> None:
    record_event(Action.SIGNED_IN, by=user, record=user)


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
