"""The people of a region, for those who look after them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from crm.accounts import services
from crm.accounts.models import Invitation, User
from tests.factories.accounts import UserFactory
from tests.factories.deals import DealFactory
from tests.sign_in import give_app, is_signed_in, sign_in_by_password, text_of

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def page_of(client: Client, query: str = "") -> str:
    return text_of(client.get(f"/settings/people/{query}"))


def test_a_manager_sees_the_people_of_the_region_alone(
    manager: User, official: User, stranger: User, signed_in: SignedIn
) -> None:
    page = page_of(signed_in(manager))
    assert official.full_name in page
    assert stranger.full_name not in page
    assert "Invite somebody" not in page
    assert 'href="/settings/people/"' in text_of(signed_in(manager).get("/"))
    assert 'href="/settings/people/"' not in text_of(signed_in(official).get("/"))


def test_another_regions_people_are_not_found(stranger: User, manager: User, signed_in: SignedIn) -> None:
    client = signed_in(manager)
    for address in ("", "hand-over/"):
        assert client.get(f"/settings/people/{stranger.pk}/{address}").status_code == 404
    administrator = UserFactory(role="administrator", region=manager.region)
    assert signed_in(administrator).post(f"/settings/people/{stranger.pk}/close/").status_code == 404
    stranger.refresh_from_db()
    assert stranger.is_active


def test_the_list_tells_how_far_an_account_is(administrator: User, signed_in: SignedIn) -> None:
    def invited(name: str) -> User:
        return services.invite_user(
            by=administrator, email=f"{name}@example.kz", full_name=name, region=administrator.region, role="official"
        )

    invited("Invited One")
    refused = invited("Refused One")
    Invitation.objects.filter(user=refused).update(failed_at=timezone.now(), error="550 no such user")
    give_app(UserFactory(full_name="Safe One", region=administrator.region, last_login=timezone.now()))
    UserFactory(full_name="Closed One", region=administrator.region, is_active=False)
    client = signed_in(administrator)
    page = page_of(client)
    assert "Invitation not delivered" in page
    assert page.count(">Invited<") == 1
    assert "Closed One" not in page
    assert "Closed One" in page_of(client, "?state=closed")
    assert "Safe One" not in page_of(client, "?state=invited")
    assert "Invited One" not in page_of(client, "?state=open")
    assert "Safe One" in page_of(client, "?q=safe")
    assert "550 no such user" in text_of(client.get(f"/settings/people/{refused.pk}/"))


def test_an_administrator_invites_on_the_page(administrator: User, signed_in: SignedIn) -> None:
    client = signed_in(administrator)
    form = {
        "full_name": "Айгүл Сәрсенова",
        "email": "Aigul@example.kz",
        "role": "official",
        "region": administrator.region_id,
        "language": "kk",
    }
    told = text_of(client.post("/settings/people/invite/", form, follow=True))
    assert "An invitation is on its way to aigul@example.kz." in told
    assert Invitation.objects.get().user.email == "aigul@example.kz"
    again = client.post("/settings/people/invite/", form)
    assert again.status_code == 422
    assert "There is an account with this e-mail." in text_of(again)


def test_nobody_is_invited_into_another_region(administrator: User, stranger: User, signed_in: SignedIn) -> None:
    form = {"full_name": "X", "email": "x@example.kz", "role": "administrator", "language": "kk"}
    for region in (stranger.region_id, stranger.region.parent_id):
        page = signed_in(administrator).post("/settings/people/invite/", {**form, "region": region})
        assert page.status_code == 422
    assert not User.objects.filter(email="x@example.kz").exists()


def test_a_person_is_helped_on_their_page(administrator: User, official: User, signed_in: SignedIn) -> None:
    session = sign_in_by_password(official)
    give_app(official)
    client = signed_in(administrator)
    address = f"/settings/people/{official.pk}/"
    assert "Take the second step away" in text_of(client.get(address))
    client.post(f"{address}reset-second-factor/")
    assert not Authenticator.objects.exists()
    assert not is_signed_in(session)
    session = sign_in_by_password(official)
    client.post(f"{address}end-sessions/")
    assert not is_signed_in(session)
    client.post(f"{address}invite-again/")
    assert Invitation.objects.get().invited_by == administrator
    client.post(f"{address}close/")
    official.refresh_from_db()
    assert not official.is_active
    client.post(f"{address}reopen/")
    official.refresh_from_db()
    assert official.is_active


def test_the_last_administrator_is_not_closed_on_the_page(administrator: User, signed_in: SignedIn) -> None:
    other = UserFactory(role="administrator", region__code="KZ")
    User.objects.filter(pk=administrator.pk).update(is_active=True)
    told = text_of(signed_in(other).post(f"/settings/people/{other.pk}/close/", follow=True))
    assert "This is the last administrator of the region" in told
    other.refresh_from_db()
    assert other.is_active


def test_a_person_with_open_things_is_handed_over_first(
    official: User, administrator: User, signed_in: SignedIn
) -> None:
    client = signed_in(administrator)
    address = f"/settings/people/{official.pk}/"
    assert "Hand over first" not in text_of(client.get(address))
    DealFactory(owner=official, title="Glass works")
    page = text_of(client.get(address))
    assert "Hand over first" in page
    assert "Glass works" in page


def test_the_list_takes_as_many_queries_for_thirty_as_for_one(
    manager: User, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        person = give_app(UserFactory(region=manager.region))
        Invitation.objects.create(user=person, expires_at=timezone.now() + timedelta(days=1))
    client = signed_in(manager)
    with django_assert_max_num_queries(12):
        page_of(client)
