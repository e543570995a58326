import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from crm.accounts import services
from crm.accounts.models import ApiToken, User
from crm.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def preferences(user: User, **changes: object) -> dict[str, object]:
    return {
        "language": user.language,
        "time_zone": "",
        "digest_wanted": "on",
        "digest_day": "0",
        "digest_hour": "8",
        **changes,
    }


def test_settings_are_saved_and_logged(official: User, signed_in: SignedIn) -> None:
    page = signed_in(official).post(
        "/settings/", preferences(official, language="ru", digest_hour="17", time_zone="Asia/Aqtobe"), follow=True
    )
    official.refresh_from_db()
    assert (official.language, official.digest_hour, official.time_zone) == ("ru", 17, "Asia/Aqtobe")
    event = AuditEvent.objects.get(action="changed", record_id=str(official.pk))
    assert event.changes["digest_hour"] == [8, 17]
    assert '<html lang="ru"' in page.content.decode()


def test_a_refused_deputy_is_said_beside_the_field(official: User, colleague: User, signed_in: SignedIn) -> None:
    page = signed_in(official).post("/settings/", preferences(official, deputy=colleague.pk))
    html = page.content.decode()
    assert page.status_code == 422
    assert re.search(r'id="id_deputy_from_error"><li>Say from when', html)
    assert re.search(r'<input type="date" name="deputy_from"[^>]*aria-invalid="true"', html)
    official.refresh_from_db()
    assert official.deputy is None


def test_strangers_are_no_deputies(official: User, stranger: User, signed_in: SignedIn) -> None:
    page = signed_in(official).post(
        "/settings/",
        preferences(official, deputy=stranger.pk, deputy_from="2026-03-02", deputy_until="2026-03-06"),
    )
    assert page.status_code == 422
    assert stranger.full_name not in page.content.decode()


def test_settings_are_for_who_is_signed_in() -> None:
    answer = Client().get("/settings/")
    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=/settings/"


def test_a_key_is_shown_once(official: User, signed_in: SignedIn) -> None:
    client = signed_in(official)
    page = client.post("/settings/tokens/", {"name": "export", "expires_on": ""})
    [key] = re.findall(r"spr_[\w-]{40,}", page.content.decode())
    assert page["Cache-Control"] == "no-store"
    assert ApiToken.objects.get().prefix == key[:8]
    assert key not in client.get("/settings/").content.decode()


def test_a_token_is_revoked_by_its_owner_alone(official: User, colleague: User, signed_in: SignedIn) -> None:
    token = services.create_token(official, by=official, name="export").token
    address = f"/settings/tokens/{token.pk}/revoke/"
    assert signed_in(colleague).post(address).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None
    signed_in(official).post(address)
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_the_language_switch_changes_browser_and_account(official: User, signed_in: SignedIn) -> None:
    client = signed_in(official)
    answer = client.post("/settings/language/", {"language": "kk", "next": "/settings/"})
    assert answer["Location"] == "/settings/"
    assert answer.cookies["django_language"].value == "kk"
    official.refresh_from_db()
    assert official.language == "kk"
    assert '<html lang="kk"' in client.get("/settings/").content.decode()


def test_a_visitor_switches_the_language_of_the_sign_in_page() -> None:
    client = Client()
    client.post("/settings/language/", {"language": "ru", "next": "/account/login/"})
    assert '<html lang="ru"' in client.get("/account/login/").content.decode()


def test_the_account_beats_the_browsers_cookie(official: User, signed_in: SignedIn) -> None:
    client = signed_in(official)
    client.cookies["django_language"] = "ru"
    assert '<html lang="en"' in client.get("/settings/").content.decode()


@pytest.mark.parametrize("address", ["/settings/language/", "/settings/theme/"])
def test_switches_lead_to_no_other_site(address: str) -> None:
    answer = Client().post(address, {"language": "ru", "theme": "dark", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert Client().post(address, {"language": "xx", "theme": "pink"}).status_code == 400


def test_settings_take_few_queries(official: User, signed_in: SignedIn, django_assert_max_num_queries) -> None:
    client = signed_in(official)
    for number in range(30):
        services.create_token(official, by=official, name=f"token {number}")
    with translation.override("en"), django_assert_max_num_queries(12):
        client.get("/settings/")
