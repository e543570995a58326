"""Passwords of the office's LDAP directory, asked of a real slapd over TLS."""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from crm import sign_in_settings
from crm.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.sign_in import events_of, is_signed_in, sign_in_by_password
from tests.slapd import BASE, BIND_DN, BIND_PASSWORD, SLAPD, Directory, running_slapd

pytestmark = [pytest.mark.django_db, pytest.mark.services]
THERE = "the password of the directory"
PEOPLE = [
    ("ainur", "Ainur@example.kz", THERE),
    ("closed", "closed@example.kz", THERE),
    ("unknown", "unknown@example.kz", THERE),
    ("first", "shared@example.kz", THERE),
    ("second", "shared@example.kz", THERE),
]


@pytest.fixture(scope="module")
def slapd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    if not SLAPD or find_spec("django_auth_ldap") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Needs slapd and `make setup-ldap`.")
    with running_slapd(tmp_path_factory.mktemp("slapd"), PEOPLE) as running:
        yield running


@pytest.fixture
def directory(slapd: Directory, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Directory:
    """A directory named in the environment as an office does."""
    monkeypatch.setattr(sign_in_settings, "LDAP_URL", slapd.url)
    for name, value in {
        "LDAP_BASE": BASE,
        "LDAP_BIND_DN": BIND_DN,
        "LDAP_BIND_PASSWORD": BIND_PASSWORD,
        "LDAP_CA_FILE": str(slapd.authority),
    }.items():
        monkeypatch.setenv(name, value)
    apply(settings)
    return slapd


def apply(settings: Any, **changes: object) -> None:
    for name, value in {**sign_in_settings.ldap_directory(), **changes}.items():
        setattr(settings, name, value)
    settings.AUTHENTICATION_BACKENDS = [
        "crm.accounts.backends.SignInBackend",
        "crm.accounts.directory.DirectoryBackend",
    ]


@pytest.fixture
def ainur(db: None) -> User:
    """Somebody whose password only the directory knows."""
    user = UserFactory(email="ainur@example.kz", region__code="KZ-15", full_name="Айнұр")
    user.set_unusable_password()
    user.save()
    return user


def test_a_known_person_signs_in_with_the_directorys_password(directory: Directory, ainur: User) -> None:
    client = sign_in_by_password(ainur, password=THERE)
    assert is_signed_in(client)
    assert events_of(ainur)[-1].changes == {"with": "directory"}
    ainur.refresh_from_db()
    assert (ainur.full_name, ainur.has_usable_password()) == ("Айнұр", False), "nothing is taken over"


@pytest.mark.parametrize("password", ["wrong", "", "*", "the password of sapar"])
def test_another_password_opens_nothing(directory: Directory, ainur: User, password: str) -> None:
    assert not is_signed_in(sign_in_by_password(ainur, password=password))


def test_the_password_that_sapar_keeps_still_works(directory: Directory, official: User) -> None:
    assert is_signed_in(sign_in_by_password(official))


def test_somebody_whom_only_the_directory_knows_gets_no_account(directory: Directory) -> None:
    stranger = User(email="unknown@example.kz")
    assert not is_signed_in(sign_in_by_password(stranger, password=THERE))
    assert not User.objects.exists()


def test_a_closed_account_stays_closed(directory: Directory) -> None:
    closed = UserFactory(email="closed@example.kz", is_active=False, region__code="KZ-15")
    assert not is_signed_in(sign_in_by_password(closed, password=THERE))


def test_an_address_of_two_entries_opens_nothing(directory: Directory) -> None:
    shared = UserFactory(email="shared@example.kz", region__code="KZ-15")
    assert not is_signed_in(sign_in_by_password(shared, password=THERE))


def test_an_address_is_no_filter(directory: Directory) -> None:
    trick = UserFactory(email="a*)(uid=ainur@example.kz", region__code="KZ-15")
    assert not is_signed_in(sign_in_by_password(trick, password=THERE))


def test_without_encryption_nothing_is_sent(directory: Directory, ainur: User, settings: Any) -> None:
    """This slapd takes no password in the clear: that the others work shows that ours travel encrypted."""
    apply(settings, AUTH_LDAP_START_TLS=False)
    assert not is_signed_in(sign_in_by_password(ainur, password=THERE))


def test_a_server_that_nobody_vouches_for_gets_no_password(
    directory: Directory, ainur: User, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "other.pem"
    other.write_text("")
    monkeypatch.setenv("LDAP_CA_FILE", str(other))
    apply(settings)
    assert not is_signed_in(sign_in_by_password(ainur, password=THERE))


def test_a_directory_that_is_away_leaves_the_other_ways_open(
    directory: Directory, ainur: User, official: User, settings: Any
) -> None:
    apply(settings, AUTH_LDAP_SERVER_URI="ldap://127.0.0.1:9")
    assert not is_signed_in(sign_in_by_password(ainur, password=THERE))
    assert is_signed_in(sign_in_by_password(official))


def test_what_is_missing_in_the_environment_is_named(slapd: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LDAP_BASE", raising=False)
    with pytest.raises(ImproperlyConfigured, match="Set LDAP_BASE: "):
        sign_in_settings.ldap_directory()
