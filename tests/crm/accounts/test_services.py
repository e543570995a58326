import threading
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils import timezone

from crm.accounts import services
from crm.accounts.models import User
from crm.accounts.queries import token_of
from crm.audit.models import AuditEvent
from crm.reference.models import Region
from crm.shared.errors import DomainError, NotAllowed
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_an_administrator_makes_an_account_without_a_password(administrator: User) -> None:
    made = services.create_user(
        by=administrator, email="new@example.kz", full_name="Жаңа Маман", region=administrator.region, role="official"
    )
    assert not made.has_usable_password()
    event = AuditEvent.objects.get(model="accounts.user", record_id=str(made.pk), action="created")
    assert event.actor == administrator
    assert "password" not in event.changes


def test_nobody_else_makes_accounts(administrator: User, manager: User, stranger: User) -> None:
    for by, region in ((manager, manager.region), (administrator, stranger.region)):
        with pytest.raises(NotAllowed):
            services.create_user(by=by, email="x@example.kz", full_name="X", region=region, role="official")


def test_an_address_has_one_account(administrator: User, official: User) -> None:
    with pytest.raises(DomainError) as refused:
        services.create_user(
            by=administrator,
            email=official.email.upper(),
            full_name="X",
            region=administrator.region,
            role="official",
        )
    assert list(refused.value.fields) == ["email"]


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "official"}])
def test_the_last_administrator_stays(administrator: User, change: dict[str, object]) -> None:
    with pytest.raises(DomainError):
        services.update_user(administrator, by=None, **change)
    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.role == "administrator"


@pytest.mark.parametrize("region", ["KZ-15", "KZ"])
def test_an_administrator_leaves_where_another_manages_the_region(administrator: User, region: str) -> None:
    UserFactory(role="administrator", region__code=region)
    services.deactivate_user(administrator, by=None)
    administrator.refresh_from_db()
    assert not administrator.is_active


def test_an_account_does_not_leave_its_administrators_tree(administrator: User, official: User, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        services.update_user(official, by=administrator, region=stranger.region)
    with pytest.raises(NotAllowed):
        services.update_user(stranger, by=administrator, role="viewer")


def test_closing_an_account_stops_its_tokens(administrator: User, official: User) -> None:
    made = services.create_token(official, by=official, name="export")
    services.deactivate_user(official, by=administrator)
    made.token.refresh_from_db()
    assert made.token.revoked_at is not None
    assert token_of(made.key, at=timezone.now()) is None


def test_a_key_opens_until_it_is_revoked_or_expires(official: User) -> None:
    now = timezone.now()
    made = services.create_token(official, by=official, name="export", expires_at=now + timedelta(days=1))
    assert token_of(made.key, at=now) == made.token
    assert made.key not in str(AuditEvent.objects.get(model="accounts.apitoken").changes)
    with time_machine.travel(now + timedelta(days=2)):
        assert token_of(made.key, at=timezone.now()) is None
    services.revoke_token(made.token, by=official)
    assert token_of(made.key, at=now) is None


def test_a_token_is_its_owners_and_the_administrators(official: User, colleague: User, administrator: User) -> None:
    made = services.create_token(official, by=official, name="export")
    with pytest.raises(NotAllowed):
        services.create_token(official, by=colleague, name="mine")
    with pytest.raises(NotAllowed):
        services.revoke_token(made.token, by=colleague)
    assert services.revoke_token(made.token, by=administrator).revoked_at is not None


def test_a_deputy_needs_dates_and_a_right_to_write(official: User, colleague: User, viewer: User) -> None:
    today = timezone.localdate()
    with pytest.raises(DomainError):
        services.update_preferences(official, by=official, deputy=colleague)
    with pytest.raises(DomainError):
        services.update_preferences(official, by=official, deputy=viewer, deputy_from=today, deputy_until=today)
    services.update_preferences(official, by=official, deputy=colleague, deputy_from=today, deputy_until=today)
    official.refresh_from_db()
    assert official.deputy == colleague


def test_preferences_are_ones_own(official: User, colleague: User) -> None:
    with pytest.raises(NotAllowed):
        services.update_preferences(official, by=colleague, language="ru")


def test_an_administrator_who_never_came_is_not_the_other_one(administrator: User) -> None:
    """Somebody who was invited and has not set a password cannot manage the region yet."""
    invited = UserFactory(role="administrator", region__code="KZ-15", password=None)
    invited.set_unusable_password()
    invited.save()
    with pytest.raises(DomainError):
        services.deactivate_user(administrator, by=None)
    User.objects.filter(pk=invited.pk).update(last_login=timezone.now())
    services.deactivate_user(administrator, by=None)
    assert not administrator.is_active


def test_closing_an_account_takes_it_out_of_others_absences(
    administrator: User, official: User, colleague: User
) -> None:
    today = timezone.localdate()
    services.update_preferences(official, by=official, deputy=colleague, deputy_from=today, deputy_until=today)
    services.update_user(colleague, by=administrator, is_active=False)
    official.refresh_from_db()
    assert (official.deputy, official.deputy_from, official.deputy_until) == (None, None, None)


def test_a_former_address_opens_nothing(administrator: User, official: User) -> None:
    EmailAddress.objects.create(user=official, email=official.email, verified=True, primary=True)
    SocialAccount.objects.create(user=official, provider="login-example-kz", uid="7")
    services.update_user(official, by=administrator, email="Renamed@example.kz")
    official.refresh_from_db()
    assert official.email == "renamed@example.kz"
    assert not EmailAddress.objects.filter(user=official).exists()
    assert not SocialAccount.objects.filter(user=official).exists()


def test_a_deputy_is_of_the_own_region(official: User, stranger: User) -> None:
    today = timezone.localdate()
    with pytest.raises(DomainError) as refused:
        services.update_preferences(official, by=official, deputy=stranger, deputy_from=today, deputy_until=today)
    assert list(refused.value.fields) == ["deputy"]


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_close_each_other_at_once() -> None:
    first, second = (UserFactory(role="administrator", region__code="KZ") for _ in range(2))
    start = threading.Barrier(2)
    refused: list[str] = []

    def close(user: User) -> None:
        start.wait()
        try:
            services.deactivate_user(user, by=None)
        except DomainError as error:
            refused.append(str(error.message))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=close, args=[User.objects.get(pk=user.pk)]) for user in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert User.objects.filter(role="administrator", is_active=True).count() == 1


def test_a_time_zone_that_cannot_be_found_is_refused_where_anybody_types_it(administrator: User, signed_in) -> None:
    """With one that cannot be found its owner would get no page any more."""
    page = f"/back-office/accounts/user/{administrator.pk}/change/"
    sent = {"email": administrator.email, "full_name": "X", "region": administrator.region_id, "role": "administrator"}
    sent |= {"language": "en", "digest_day": 0, "digest_hour": 8, "time_zone": "Mars/Olympus", "is_active": "on"}
    answer = signed_in(administrator).post(page, sent)
    assert "There is no such time zone." in answer.content.decode()
    administrator.refresh_from_db()
    assert administrator.time_zone == ""
    with pytest.raises(ValidationError):
        Region(code="KZ-99", time_zone="Mars/Olympus").clean_fields(exclude=["parent", "kind"])
