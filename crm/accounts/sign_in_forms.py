"""allauth's forms in our words: it does not speak Kazakh, and its placeholders repeat the labels."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as second_factor_forms
from allauth.mfa.totp import forms as totp_forms
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "remember": _("Stay signed in on this device"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("The new password again"),
    "code": _("Code"),
}
HINTS = {
    "password1": _("At least 10 characters, not only digits, not a common word and not your name."),
    "code": _("Six digits from the app on your phone, or a recovery code."),
}


class InOurWords:
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SignInForm(InOurWords, account_forms.LoginForm):
    pass


class ChangePasswordForm(InOurWords, account_forms.ChangePasswordForm):
    pass


class ResetPasswordForm(InOurWords, account_forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(InOurWords, account_forms.ResetPasswordKeyForm):
    pass


class ConfirmPasswordForm(InOurWords, account_forms.ReauthenticateForm):
    pass


class SecondFactorForm(InOurWords, second_factor_forms.AuthenticateForm):
    pass


class ConfirmSecondFactorForm(InOurWords, second_factor_forms.ReauthenticateForm):
    pass


class ActivateTotpForm(InOurWords, totp_forms.ActivateTOTPForm):
    pass
