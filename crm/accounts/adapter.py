"""How sign-in differs from allauth's defaults: closed to newcomers, in our words, in the reader's language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.accounts.choices import SignInWay
from crm.accounts.models import User
from crm.accounts.queries import needs_second_factor
from crm.audit.choices import Action
from crm.audit.services import record_event


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: an administrator makes the account."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask your administrator."),
        "email_password_mismatch": _("The e-mail or the password is not right."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is not right. Take the newest one."),
        "incorrect_password": _("This password is not right."),
        "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
        "too_many_login_attempts": _("Too many attempts failed. Wait five minutes and try again."),
        "rate_limited": _("Too many attempts. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Confirm by the password"),
            "mfa_reauthenticate": _("Confirm by a code"),
            "mfa_reauthenticate:webauthn": _("Confirm by a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send in the language of the account, whoever asked for the mail in whichever language."""
        user = context.get("user")
        with translation.override(getattr(user, "language", None) or translation.get_language()):
            super().send_mail(template_prefix, email, context)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Take the newest one."),
        "cannot_delete_authenticator": _("Your role needs a second step: set up another one first."),
        "cannot_generate_recovery_codes": _("Set up the authenticator app or a passkey first."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last step of somebody whose role needs one."""
        ways = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user=authenticator.user, type__in=ways).exclude(pk=authenticator.pk)
        return not needs_second_factor(authenticator.user) or others.exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's word
        known = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)s") % {"number": known + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Sapar"}


class KnownPeopleAdapter(DefaultSocialAccountAdapter):
    """Whoever the office's provider vouches for signs in as the account with the same address; others do not."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie a newcomer to the open account whose address the provider has verified.

        From then on the provider's own number of the person counts, whatever becomes of the address. An address that
        is not verified ties to nothing: whoever may type it in there could take any account here.
        """
        # Asked for by a query string; whoever is signed in ties no other account to the own one.
        sociallogin.state["process"] = AuthProcess.LOGIN
        if sociallogin.is_existing:
            return
        told = [address.email for address in sociallogin.email_addresses]
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        users = list(User.objects.filter(email__in=[email.lower() for email in verified], is_active=True)[:2])
        if len(users) == 1:
            sociallogin.connect(request, users[0])
        else:
            changes = {"email": ", ".join(told)[:254], "with": SignInWay.DIRECTORY.value}
            record_event(Action.SIGN_IN_FAILED, by=None, changes=changes)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nobody is told by mail: the audit log has it."""
