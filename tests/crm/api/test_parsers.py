"""Bodies that no database keeps and no answer repeats are refused in words."""

import json

import pytest
from django.test import Client

from crm.accounts.models import User
from tests.factories.deals import DealFactory


@pytest.mark.parametrize(
    "body",
    [
        '{"to_stage": "\\ud800", "version": 1}',
        '{"to_stage": "lead", "version": 1, "\\udfff": {"x": ["\\ud83d"]}}',
        '{"to_stage": "lead", "reason": "a\\u0000b", "version": 1}',
        '{"a":' * 50_000,
        "[" * 100_000 + "]" * 100_000,
    ],
    ids=["half a letter", "half a letter deep inside", "null", "objects in objects", "lists in lists"],
)
def test_a_body_that_cannot_be_kept_is_a_bad_request(signed_in, official: User, body: str) -> None:
    deal = DealFactory(owner=official)
    answer = signed_in(official).post(f"/api/v1/deals/{deal.pk}/move/", body, "application/json")
    assert answer.status_code == 400
    assert answer.json()


def test_whole_letters_of_any_script_pass(signed_in, official: User) -> None:
    deal = DealFactory(owner=official)
    body = json.dumps({"to_stage": "lead", "reason": "Қазақша 𝒳 😀", "version": 1})
    answer = signed_in(official).post(f"/api/v1/deals/{deal.pk}/move/", body, "application/json")
    assert "letters" not in str(answer.json())


def test_a_client_may_not_be_signed_in(client: Client) -> None:
    assert client.post("/api/v1/deals/1/move/", '{"a": "\\ud800"}', "application/json").status_code == 401
