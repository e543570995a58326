"""Invited by mail: a link that is signed, works once, and not for ever."""

import re
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from crm.accounts import services
from crm.accounts.models import Invitation, User
from crm.accounts.queries import INVITATION_SALT, invitation_of, key_of
from crm.accounts.tasks import clear_sessions, send_invitation, send_waiting_invitations
from crm.audit.models import AuditEvent
from crm.shared.errors import DomainError, NotAllowed
from tests.factories.accounts import UserFactory
from tests.sign_in import is_signed_in, sign_in_by_password, text_of

pytestmark = pytest.mark.django_db
NEW = "quite another one"


@pytest.fixture
def invited(administrator: User) -> User:
    return services.invite_user(
        by=administrator,
        email="New@example.kz",
        full_name="Айгүл Сәрсенова",
        region=administrator.region,
        role="official",
        language="en",
    )


def the_invitation(user: User) -> Invitation:
    return Invitation.objects.get(user=user, withdrawn_at=None)


def address_in(letter: mail.EmailMessage) -> str:
    [address] = re.findall(r"https?://[^/]+(/account/invitation/\S+)", str(letter.body))
    return address


def choose(address: str, password: str = NEW) -> Any:
    client = Client(headers={"accept-language": "en"})
    return client.post(address, {"password1": password, "password2": password}, follow=True)


def test_an_invited_person_sets_a_password_by_the_mailed_link(invited: User, administrator: User) -> None:
    send_invitation(the_invitation(invited).pk)
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["new@example.kz"], "Your account in Sapar")
    assert f"{administrator.full_name} has made an account for you" in letter.body
    address = address_in(letter)
    page = Client().get(address)
    assert "Айгүл Сәрсенова, choose a password." in text_of(page)
    assert "no-store" in page["Cache-Control"]
    assert "Your password is saved." in text_of(choose(address))
    assert is_signed_in(sign_in_by_password(invited, password=NEW))
    assert AuditEvent.objects.filter(record_id=str(invited.pk), changes={"password": ["", "changed"]}).exists()


def test_the_mail_speaks_the_language_of_whom_it_invites(administrator: User) -> None:
    user = services.invite_user(
        by=administrator, email="k@example.kz", full_name="Қ", region=administrator.region, role="viewer", language="ru"
    )
    send_invitation(the_invitation(user).pk)
    assert mail.outbox[0].subject == "Ваша учётная запись в «Сапар»"
    assert re.search(r"Ссылка сработает один раз, до \d+ [а-я]+, \d\d:\d\d\.", mail.outbox[0].body)


def test_a_link_works_once(invited: User) -> None:
    address = f"/account/invitation/{key_of(the_invitation(invited))}/"
    choose(address)
    again = choose(address, "a third password")
    assert again.status_code == 404
    assert "It has been used or is too old." in text_of(again)
    invited.refresh_from_db()
    assert invited.check_password(NEW)


def test_a_link_grows_old(invited: User) -> None:
    key = key_of(the_invitation(invited))
    now = timezone.now()
    assert invitation_of(key, at=now + timedelta(days=6, hours=23))
    assert invitation_of(key, at=now + timedelta(days=7, minutes=1)) is None


def test_looking_at_the_page_uses_nothing_up(invited: User) -> None:
    address = f"/account/invitation/{key_of(the_invitation(invited))}/"
    for _ in range(3):
        assert Client().get(address).status_code == 200
    choose(address)
    invited.refresh_from_db()
    assert invited.check_password(NEW)


def test_a_poor_password_is_refused_in_words(invited: User) -> None:
    page = choose(f"/account/invitation/{key_of(the_invitation(invited))}/", "1234567890")
    assert page.status_code == 422
    invited.refresh_from_db()
    assert not invited.has_usable_password()


def test_the_own_name_is_a_poor_password(invited: User) -> None:
    page = choose(f"/account/invitation/{key_of(the_invitation(invited))}/", "АйгүлСәрсенова")
    assert page.status_code == 422


@pytest.mark.parametrize("key", ["", "wrong", "1:abc:def"])
def test_another_key_opens_nothing(invited: User, key: str) -> None:
    assert Client().get(f"/account/invitation/{key}/").status_code == 404
    forged = signing.dumps(the_invitation(invited).pk, key="another secret", salt=INVITATION_SALT)
    other_purpose = signing.dumps(the_invitation(invited).pk, salt="something else")
    for given in (forged, other_purpose):
        assert invitation_of(given, at=timezone.now()) is None


def test_a_link_outlives_a_new_secret_while_the_old_one_is_kept(invited: User, settings: Any) -> None:
    key = key_of(the_invitation(invited))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new secret of the site, long enough to sign with"
    assert invitation_of(key, at=timezone.now()) == the_invitation(invited)


def test_inviting_again_stops_the_older_link(invited: User, administrator: User) -> None:
    older = key_of(the_invitation(invited))
    services.create_invitation(invited, by=administrator)
    assert invitation_of(older, at=timezone.now()) is None
    assert invitation_of(key_of(the_invitation(invited)), at=timezone.now())


def test_a_closed_account_is_not_invited_and_its_link_is_over(invited: User, administrator: User) -> None:
    key = key_of(the_invitation(invited))
    services.deactivate_user(invited, by=administrator)
    assert invitation_of(key, at=timezone.now()) is None
    with pytest.raises(DomainError):
        services.create_invitation(invited, by=administrator)


def test_only_the_regions_administrator_invites(invited: User, manager: User, stranger: User) -> None:
    other = UserFactory(role="administrator", region=stranger.region)
    for by in (manager, other):
        with pytest.raises(NotAllowed):
            services.create_invitation(invited, by=by)
    with pytest.raises(NotAllowed):
        services.invite_user(by=manager, email="x@example.kz", full_name="X", region=manager.region, role="viewer")
    assert not User.objects.filter(email="x@example.kz").exists()


def test_accepting_ends_other_sessions(official: User, administrator: User) -> None:
    client = sign_in_by_password(official)
    invitation = services.create_invitation(official, by=administrator)
    services.accept_invitation(invitation, password=NEW, at=timezone.now())
    assert not is_signed_in(client)


def test_of_two_who_accept_at_once_the_second_is_refused(invited: User) -> None:
    first, second = the_invitation(invited), the_invitation(invited)
    services.accept_invitation(first, password=NEW, at=timezone.now())
    with pytest.raises(DomainError):
        services.accept_invitation(second, password="a third password", at=timezone.now())


def test_the_mail_goes_once_however_often_the_job_runs(invited: User) -> None:
    for _ in range(3):
        send_invitation(the_invitation(invited).pk)
        send_waiting_invitations()
    assert len(mail.outbox) == 1
    assert the_invitation(invited).sent_at


def test_whoever_holds_the_row_is_not_disturbed_and_a_crash_is_caught_up(invited: User) -> None:
    now = timezone.now()
    Invitation.objects.update(lease_until=now + timedelta(minutes=15), attempts=1)
    send_waiting_invitations()
    assert not mail.outbox
    with time_machine.travel(now + timedelta(minutes=16)):
        send_waiting_invitations()
    assert [letter.extra_headers["Message-ID"] for letter in mail.outbox] == [
        f"<invitation-{the_invitation(invited).pk}@127.0.0.1>"
    ]


def test_a_server_that_is_away_is_asked_again_later(invited: User, settings: Any) -> None:
    working = settings.MAILERS
    options = {"host": "127.0.0.1", "port": 9, "timeout": 1}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    send_waiting_invitations()
    waiting = the_invitation(invited)
    assert (waiting.sent_at, waiting.failed_at, waiting.attempts) == (None, None, 1)
    assert "refused" in waiting.error.lower()
    settings.MAILERS = working
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        send_waiting_invitations()
    assert the_invitation(invited).sent_at


class Refusing:
    async def handle_RCPT(self, *args: Any) -> str:
        return "550 5.1.1 No such user"


@pytest.fixture
def refusing_server(settings: Any) -> Iterator[None]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Refusing(), hostname="127.0.0.1", port=port)
    controller.start()
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    yield
    controller.stop()


def test_what_the_server_never_takes_is_noted_with_its_words(invited: User, refusing_server: None) -> None:
    send_waiting_invitations()
    send_waiting_invitations()
    refused = the_invitation(invited)
    assert refused.failed_at
    assert "No such user" in refused.error
    assert refused.attempts == 1


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_the_job_is_started_once_the_account_stands(worker: Any, administrator: User) -> None:
    """The outbox of the worker is its own; that the row is sent shows that the job ran."""
    user = services.invite_user(
        by=administrator, email="w@example.kz", full_name="W", region=administrator.region, role="viewer"
    )
    for _ in range(100):
        if the_invitation(user).sent_at:
            return
        time.sleep(0.1)
    raise AssertionError("the invitation was not sent")


def test_ended_sessions_are_cleared(official: User) -> None:
    client = sign_in_by_password(official)
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        clear_sessions()
    assert not client.session.exists(client.session.session_key or "")
