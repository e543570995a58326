import datetime

import pytest
from django.test import Client
from django.utils import timezone

from crm.accounts.models import ApiToken, User
from crm.accounts.queries import digest_of

ME = "/api/v1/users/me/"


def make_token(user: User, key: str = "sapar_0123456789", **fields: object) -> ApiToken:
    return ApiToken.objects.create(user=user, name="BI", prefix=key[:8], digest=digest_of(key), **fields)


def ask(client: Client, key: str) -> int:
    return client.get(ME, headers={"Authorization": f"Bearer {key}"}).status_code


def test_a_token_signs_its_user_in(client: Client, official: User) -> None:
    make_token(official)
    answer = client.get(ME, headers={"Authorization": "Bearer sapar_0123456789"})
    assert answer.json()["email"] == official.email


@pytest.mark.parametrize(
    "fields",
    [
        {"revoked_at": timezone.now()},
        {"expires_at": timezone.now() - datetime.timedelta(seconds=1)},
    ],
)
def test_a_revoked_or_expired_token_is_refused(client: Client, official: User, fields: dict[str, object]) -> None:
    make_token(official, **fields)
    assert ask(client, "sapar_0123456789") == 401


def test_an_unknown_key_and_a_user_who_left_are_refused(client: Client, official: User) -> None:
    make_token(official)
    assert ask(client, "sapar_9999") == 401
    User.objects.filter(pk=official.pk).update(is_active=False)
    assert ask(client, "sapar_0123456789") == 401
