"""allauth's forms in our words: it does not speak Kazakh, and its placeholders repeat the labels."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as second_factor_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.core.exceptions import ValidationError
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
    "name": _("Name"),
}
HINTS = {
    "password1": _("At least 10 characters, not only digits, not a common word and not your name."),
    "code": _("Six digits from the app on your phone, or a recovery code."),
    "name": _("So that you know it again: “work computer”, “phone”."),
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


class FirstPasswordForm(InOurWords, account_forms.SetPasswordForm):
    pass


class ConfirmPasswordForm(InOurWords, account_forms.ReauthenticateForm):
    pass


class SecondFactorForm(InOurWords, second_factor_forms.AuthenticateForm):
    pass


class ConfirmSecondFactorForm(InOurWords, second_factor_forms.ReauthenticateForm):
    pass


class ActivateTotpForm(InOurWords, totp_forms.ActivateTOTPForm):
    pass


class PasskeyAnswers(InOurWords):
    """A passkey that the browser brings is good or not; nothing in it can be corrected by typing."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError as error:
            raise _about_passkeys(error) from error


class PasskeySignInForm(PasskeyAnswers, passkey_forms.LoginWebAuthnForm):
    pass


class PasskeySecondStepForm(PasskeyAnswers, passkey_forms.AuthenticateWebAuthnForm):
    pass


class ConfirmByPasskeyForm(PasskeyAnswers, passkey_forms.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(InOurWords, passkey_forms.AddWebAuthnForm):
    """A passkey always opens the account alone: there is no choice of a weaker one."""

    name = forms.CharField(max_length=100, required=False)
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError as error:
            raise _about_passkeys(error) from error
        return cleaned


class RenamePasskeyForm(InOurWords, passkey_forms.EditWebAuthnForm):
    name = forms.CharField(max_length=100)


def _about_passkeys(error: ValidationError) -> ValidationError:
    if error.code != "incorrect_code":
        return error
    return ValidationError(_("This passkey was not recognised. Try again, or sign in another way."), code=error.code)
