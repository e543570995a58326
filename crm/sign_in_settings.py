"""Settings of signing in: passwords, second step, sessions, the office's directory. ``crm.settings`` has them all."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "crm.accounts.backends.SignInBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# A session ends with the browser, or when nothing was done for a while; "stay signed in" keeps it for some days.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=60)
SESSION_COOKIE_AGE = env.int("SESSION_REMEMBERED_DAYS", default=14) * 24 * 60 * 60
# Managers and administrators set up a second step before they go on.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)
INVITATION_DAYS = env.int("INVITATION_DAYS", default=7)
ACCOUNT_ADAPTER = "crm.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# Failures count by address of the visitor and by account (the key); codes of the second step count as sign-ins do.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_FORMS = {
    "login": "crm.accounts.sign_in_forms.SignInForm",
    "change_password": "crm.accounts.sign_in_forms.ChangePasswordForm",
    "reset_password": "crm.accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "crm.accounts.sign_in_forms.ResetPasswordKeyForm",
    "reauthenticate": "crm.accounts.sign_in_forms.ConfirmPasswordForm",
}
MFA_ADAPTER = "crm.accounts.adapter.SecondFactorAdapter"
# An administrator gives the address with the account; nobody changes it alone.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Sapar"
MFA_FORMS = {
    "authenticate": "crm.accounts.sign_in_forms.SecondFactorForm",
    "reauthenticate": "crm.accounts.sign_in_forms.ConfirmSecondFactorForm",
    "activate_totp": "crm.accounts.sign_in_forms.ActivateTotpForm",
    "add_webauthn": "crm.accounts.sign_in_forms.AddPasskeyForm",
    "edit_webauthn": "crm.accounts.sign_in_forms.RenamePasskeyForm",
    "login_webauthn": "crm.accounts.sign_in_forms.PasskeySignInForm",
    "authenticate_webauthn": "crm.accounts.sign_in_forms.PasskeySecondStepForm",
    "reauthenticate_webauthn": "crm.accounts.sign_in_forms.ConfirmByPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Nothing in a passkey can be guessed, and a whole office may stand behind one address.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
# A passkey opens the account alone, so the device always asks for a finger, a face or its PIN.
MFA_WEBAUTHN_USER_VERIFICATION = "required"

# The office's own directory by OpenID Connect: known people only, matched by an address that the provider has verified.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
SOCIALACCOUNT_ADAPTER = "crm.accounts.adapter.KnownPeopleAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
# A link instead of a form: `form-action` would stop the redirect to the provider. Only one's own account can open.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}


def openid_connect() -> dict[str, Any]:
    """Return the provider at ``OIDC_ISSUER`` as allauth wants it; its id, part of the callback, is the host's name."""
    missing = [name for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET") if not env.str(name, default="")]
    if missing:
        raise ImproperlyConfigured(f"Set {', '.join(missing)}: how Sapar is known to the provider at OIDC_ISSUER.")
    host = urlsplit(OIDC_ISSUER).hostname or ""
    app = {
        "provider_id": host.replace(".", "-"),
        "name": env.str("OIDC_NAME", default=host),
        "client_id": env.str("OIDC_CLIENT_ID"),
        "secret": env.str("OIDC_CLIENT_SECRET"),
        "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
    }
    return {"APPS": [app], "VERIFIED_EMAIL": env.bool("OIDC_ADDRESSES_ARE_VERIFIED", default=False)}


if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = openid_connect()


def ldap_directory() -> dict[str, Any]:
    """Return django-auth-ldap's settings for the directory at ``LDAP_URL``: who is there is asked, nobody is made."""
    if find_spec("django_auth_ldap") is None:
        raise ImproperlyConfigured("LDAP_URL needs django-auth-ldap: install requirements/ldap.txt, or leave it out.")
    import ldap
    from django_auth_ldap.config import LDAPSearch

    if not env.str("LDAP_BASE", default=""):
        raise ImproperlyConfigured("Set LDAP_BASE: below which entry of the directory people are looked for.")
    options = {
        ldap.OPT_REFERRALS: 0,  # Active Directory would send us through the whole forest
        ldap.OPT_NETWORK_TIMEOUT: 5,
        ldap.OPT_TIMEOUT: 5,
        ldap.OPT_X_TLS_REQUIRE_CERT: ldap.OPT_X_TLS_DEMAND,
    }
    if authority := env.str("LDAP_CA_FILE", default=""):
        options[ldap.OPT_X_TLS_CACERTFILE] = authority
    options[ldap.OPT_X_TLS_NEWCTX] = 0  # last: makes the connection use what stands before it
    return {
        "AUTH_LDAP_SERVER_URI": LDAP_URL,
        # Passwords never travel in the clear, unless somebody says so.
        "AUTH_LDAP_START_TLS": env.bool("LDAP_START_TLS", default=LDAP_URL.startswith("ldap://")),
        "AUTH_LDAP_CONNECTION_OPTIONS": options,
        "AUTH_LDAP_BIND_DN": env.str("LDAP_BIND_DN", default=""),
        "AUTH_LDAP_BIND_PASSWORD": env.str("LDAP_BIND_PASSWORD", default=""),
        "AUTH_LDAP_USER_SEARCH": LDAPSearch(
            env.str("LDAP_BASE"), ldap.SCOPE_SUBTREE, env.str("LDAP_FILTER", default="(mail=%(user)s)")
        ),
        "AUTH_LDAP_NO_NEW_USERS": True,
        "AUTH_LDAP_ALWAYS_UPDATE_USER": False,
    }


# The office's own directory by LDAP, beside the passwords that Sapar keeps.
LDAP_URL = env.str("LDAP_URL", default="")
if LDAP_URL:
    AUTHENTICATION_BACKENDS.append("crm.accounts.directory.DirectoryBackend")
    globals().update(ldap_directory())
