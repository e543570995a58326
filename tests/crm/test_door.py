"""The door: what every answer carries, what no request gets past, and keys that change without locking anybody out."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.reminders.services import unsubscribe_url
from tests.factories.accounts import UserFactory
from tests.hostile.trying import Site, site_of

ROOT = Path(__file__).parents[2]
SignIn = Callable[[User], Client]
#: Answer mails and feeds by a signed link of their own, which no other site can know.
BY_SIGNED_LINK = ("reminders:",)
IN_PRODUCTION = """
import django, json
django.setup()
from django.conf import settings
from django.test import Client
browser = Client(raise_request_exception=False)
def shown(response):
    cookies = {name: {key: cookie[key] for key in ("secure", "samesite")} for name, cookie in response.cookies.items()}
    return {"status": response.status_code, "headers": dict(response.headers), "cookies": cookies}
here = {"host": "sapar.example.kz"}
print(json.dumps({
    "safe": shown(browser.get("/account/password/reset/", secure=True, headers=here)),
    "unsafe": shown(browser.get("/account/login/", headers=here)),
    "elsewhere": shown(browser.get("/account/login/", secure=True, headers={"host": "evil.example"})),
    "settings": {name: getattr(settings, name) for name in (
        "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE", "DEBUG",
    )},
}))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What the site answers under an https address, in a process of its own."""
    given = {"SITE_URL": "https://sapar.example.kz", "ALLOWED_HOSTS": "sapar.example.kz", "SAPAR_EMBEDDED": "1"}
    own = {"DJANGO_SETTINGS_MODULE": "crm.settings", "SAPAR_VAR": str(tmp_path_factory.mktemp("var"))}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "-c", IN_PRODUCTION]
    done = subprocess.run(command, cwd=ROOT, env=kept | given | own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_browsers_are_told_to_come_by_https_alone(production: dict) -> None:
    assert production["safe"]["status"] == 200
    kept = production["safe"]["headers"]["Strict-Transport-Security"]
    assert kept == "max-age=31536000; includeSubDomains; preload"
    unsafe = production["unsafe"]
    assert (unsafe["status"], unsafe["headers"]["Location"]) == (301, "https://sapar.example.kz/account/login/")


def test_cookies_go_by_https_alone_and_to_no_script(production: dict) -> None:
    assert production["safe"]["cookies"]["csrftoken"] == {"secure": True, "samesite": "Lax"}
    assert production["settings"] == {
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "DEBUG": False,
    }


def test_another_host_name_gets_nothing(production: dict) -> None:
    assert production["elsewhere"]["status"] == 400


@pytest.mark.django_db
class TestForgery:
    @pytest.fixture
    def site(self, official: User) -> Site:
        return site_of(official)

    def test_nothing_is_written_without_the_forms_token(self, official: User, site: Site) -> None:
        browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
        browser.force_login(official)
        doors = [door for door in site.doors("post") if not door.address.name.startswith(BY_SIGNED_LINK)]
        answers = {door.address.name: browser.post(door.path, door.decision.data).status_code for door in doors}
        assert len(answers) > 30
        assert {name: status for name, status in answers.items() if status != 403} == {}

    def test_nothing_is_written_by_a_link(self, official: User, site: Site) -> None:
        browser = Client(raise_request_exception=False)
        browser.force_login(official)
        written = AuditEvent.objects.count()
        answers = [browser.get(door.path).status_code for door in site.doors("post")]
        assert set(answers) <= {200, 302, 403, 404, 405}
        assert AuditEvent.objects.count() == written


EVIL = [
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/\t/x.y",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", EVIL)
def test_no_answer_leads_to_another_site(address: str, official: User, signed_in: SignIn) -> None:
    client, password = signed_in(official), "a long enough password"
    sign_in = {"login": official.email, "password": password, "next": address}
    led = [
        Client().post(reverse("account_login"), sign_in),
        Client().post(f"{reverse('account_login')}?next={address}", {"login": official.email, "password": password}),
        client.get(f"{reverse('account_login')}?next={address}"),
        client.post(reverse("accounts:set_language"), {"language": "kk", "next": address}),
        client.post(reverse("accounts:set_theme"), {"theme": "dark", "next": address}),
        client.get(reverse("account_login"), headers={"HX-Request": "true", "HX-Current-URL": address}),
        Client().get("/deals/", headers={"HX-Request": "true", "HX-Current-URL": address}),
    ]
    for response in led:
        target = response.headers.get("Location", "") or response.headers.get("HX-Redirect", "/")
        assert response.status_code in (200, 302)
        assert target.startswith("/")
        assert not target.startswith(("//", "/\\", "/\t"))


@pytest.mark.django_db
class TestKeysThatChange:
    """``SECRET_KEY`` is exchanged: the former one goes to ``SECRET_KEY_FALLBACKS`` until what it signed has expired."""

    FORMER, NEW = "the-former-key-" + "0123456789" * 4, "the-new-key-" + "9876543210" * 4

    def test_who_is_signed_in_stays_so_until_the_former_key_goes(self, settings: Settings) -> None:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = self.FORMER, []
        user = UserFactory(role="official")
        client = Client()
        client.force_login(user)
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = self.NEW, [self.FORMER]
        assert client.get(reverse("accounts:settings")).status_code == 200
        # The visit has renewed what the session holds: it now needs the new key alone.
        settings.SECRET_KEY_FALLBACKS = []
        assert client.get(reverse("accounts:settings")).status_code == 200

    def test_without_the_former_key_one_signs_in_again(self, settings: Settings) -> None:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = self.FORMER, []
        client = Client()
        client.force_login(UserFactory(role="official"))
        settings.SECRET_KEY = self.NEW
        assert client.get(reverse("accounts:settings")).status_code == 302
        assert SESSION_KEY not in client.session

    def test_links_in_mails_go_on_working(self, settings: Settings, official: User) -> None:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = self.FORMER, []
        link = "/" + unsubscribe_url(official).split("/", 3)[3]
        Client().post(reverse("account_reset_password"), {"email": official.email})
        reset = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = self.NEW, [self.FORMER]
        assert Client().get(link).status_code == 200
        opened = Client().get("/" + reset.split("/", 3)[3], follow=True)
        assert "password1" in opened.content.decode()
        settings.SECRET_KEY_FALLBACKS = []
        assert Client().get(link).status_code == 404
