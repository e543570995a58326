"""No secret in the logs: not ours, not a visitor's."""

import io
import logging
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from crm.accounts.services import create_token
from crm.reminders.services import unsubscribe_url
from crm.shared.logs import SecretFreeFormatter, without_secrets

KEY = "spr_Zk3pPq9s7rT2vX4yA6bC8dE0fG1hI3jK5lM7nO9pQ1"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("redis://:hunter2@cache:6379/0 is gone", "redis://…@cache:6379/0 is gone"),
        ("postgres://sapar:s3cret@db/sapar", "postgres://…@db/sapar"),
        ("Authorization: Bearer abcdefgh12345678", "Authorization: … …"),
        ("sent Bearer abcdefgh12345678", "sent Bearer …"),
        (f"wrong key {KEY}", "wrong key spr_…"),
        ("{'password': 'a long one', 'email': 'a@b.kz'}", "{'password': …, 'email': 'a@b.kz'}"),
        ("POST ?password1=hunter2&next=/", "POST ?password1=…&next=/"),
        ("Cookie: sessionid=abc; csrftoken=def", "Cookie: …; csrftoken=…"),
        ("Not Found: /feeds/Zk3pPq9s7rT2vX4yA6bC8dE0fG1hI3jK/", "Not Found: /feeds/…/"),
        ("/reminders/answer/WzEyLCJ4Il0:1tXyZ2:abc-DEF_ghi123/ 410", "/reminders/answer/…/ 410"),
    ],
)
def test_what_is_secret_is_hidden(said: str, kept: str) -> None:
    assert without_secrets(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "Not Found: /deals/12/",
        "report unreadable report=7 reason=damaged",
        "GET /companies/?q=Бурса 200",
        "/static/sapar/sapar.css",
        "2026-03-02T06:00:00Z task not started, the schedule will",
    ],
)
def test_what_is_not_secret_is_said(said: str) -> None:
    assert without_secrets(said) == said


def test_our_own_keys_are_hidden_wherever_they_stand() -> None:
    assert site_settings.SECRET_KEY not in without_secrets(f"signed with {site_settings.SECRET_KEY}!")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the console would show of everything that is logged."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(SecretFreeFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


def test_the_console_is_set_up_so() -> None:
    handlers = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    assert any(isinstance(handler.formatter, SecretFreeFormatter) for handler in handlers)


@pytest.mark.django_db
def test_a_visit_leaves_no_secret_behind(log: io.StringIO, official: User, signed_in: Callable[[User], Client]) -> None:
    key = create_token(official, by=official, name="BI").key
    link = unsubscribe_url(official).rstrip("/").rpartition("/")[2]
    password = "a long enough password"
    Client().post(reverse("account_login"), {"login": official.email, "password": password})
    Client().post(reverse("account_login"), {"login": official.email, "password": f"wrong {password}"})
    Client().get(reverse("api:company-list"), headers={"Authorization": f"Bearer {key}"})
    Client().get(reverse("api:company-detail", args=[987_654]), headers={"Authorization": f"Bearer {key}"})
    Client().put(reverse("reminders:unsubscribe", args=[link]))
    Client().get(f"/nowhere/{key}/{link}/")
    logging.getLogger("crm").error("failed with %s", {"password": password, "url": "redis://:hunter2@cache"})
    try:
        raise RuntimeError(f"token={key}")
    except RuntimeError:
        logging.getLogger("crm").exception("failed")
    said = log.getvalue()
    assert "Not Found" in said
    for secret in (key, link, password, "hunter2", site_settings.SECRET_KEY, official.password):
        assert secret not in said
