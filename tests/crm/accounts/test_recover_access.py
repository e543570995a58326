import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from crm.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.sign_in import events_of, give_app, is_signed_in, sign_in_by_password

pytestmark = pytest.mark.django_db


def recover(*arguments: str) -> str:
    """Run the command; give the address of the page that it prints."""
    said = StringIO()
    call_command("recover_access", *arguments, stdout=said)
    [address] = re.findall(r"https?://[^/]+(/account/invitation/\S+)", said.getvalue())
    return address


def set_password(address: str, password: str = "quite another one") -> int:
    return Client().post(address, {"password1": password, "password2": password}).status_code


def test_the_last_administrator_who_lost_everything_gets_in_again(administrator: User) -> None:
    give_app(administrator)
    User.objects.update(is_active=False)
    address = recover(administrator.email.upper())
    assert set_password(address) == 302
    assert is_signed_in(sign_in_by_password(administrator, password="quite another one"))
    assert not Authenticator.objects.exists()
    events = [event for event in events_of(administrator) if event.door == "command"]
    assert [event.changes for event in events] == [{"is_active": [False, True]}, {"second_factor": ["totp", ""]}]


def test_whoever_was_signed_in_is_out(official: User) -> None:
    client = sign_in_by_password(official)
    recover(official.email)
    assert not is_signed_in(client)


def test_somebody_is_made_an_administrator(official: User) -> None:
    recover(official.email, "--administrator")
    official.refresh_from_db()
    assert official.role == "administrator"


def test_the_link_is_over_after_an_hour(official: User) -> None:
    address = recover(official.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert set_password(address) == 404


def test_an_unknown_address_is_said() -> None:
    UserFactory(region__code="KZ-15")
    with pytest.raises(CommandError, match="There is no account nobody"):
        recover("nobody@example.kz")
