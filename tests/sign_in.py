"""Signing in as a person does, and what the audit log says of it."""

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.http import HttpResponse
from django.test import Client

from crm.accounts.models import User
from crm.audit.models import AuditEvent

PASSWORD = "a long enough password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in_by_password(user: User, client: Client | None = None, password: str = PASSWORD) -> Client:
    """Sign somebody in through the form; give the browser."""
    client = client or Client(headers={"accept-language": "en"})
    client.post("/account/login/", {"login": user.email, "password": password})
    return client


def give_app(user: User) -> User:
    """Give somebody an authenticator app, whose code ``code_for()`` tells."""
    TOTP.activate(user, SECRET)
    return user


def code_for(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def events_of(user: User) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(record_id=str(user.pk), model="accounts.user").order_by("pk"))


def is_signed_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200
