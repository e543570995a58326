"""What a page answers when a service refuses, in the shell and for htmx."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils import translation

from crm.accounts.models import User
from crm.companies.models import Company
from crm.shared import views
from crm.shared.errors import DomainError, NotAllowed, VersionConflict
from crm.urls import urlpatterns as site
from tests.factories.companies import CompanyFactory

pytestmark = pytest.mark.django_db


def refuse(request: HttpRequest, how: str) -> HttpResponse:
    if how == "not_allowed":
        raise NotAllowed("Only a manager may do this.")
    if how == "conflict":
        raise VersionConflict("Somebody was quicker.", record=Company.objects.get())
    if how == "crash":
        raise RuntimeError("boom")
    raise DomainError("The dates do not fit.")


urlpatterns = [*site, path("refuse/<str:how>/", refuse)]
handler404, handler500 = "crm.shared.views.not_found", "crm.shared.views.server_error"
with_refusals = override_settings(ROOT_URLCONF=__name__)


@pytest.mark.parametrize(
    ("how", "status", "said"),
    [("not_allowed", 403, "Only a manager may do this."), ("other", 400, "The dates do not fit.")],
)
@with_refusals
def test_a_refusal_is_said_in_the_shell(official: User, signed_in, how: str, status: int, said: str) -> None:
    page = signed_in(official).post(f"/refuse/{how}/")
    assert page.status_code == status
    assert said in page.content.decode()
    assert 'class="app"' in page.content.decode()


@with_refusals
def test_htmx_gets_a_notice_above_the_page(official: User, signed_in) -> None:
    part = signed_in(official).post("/refuse/not_allowed/", headers={"hx-request": "true"})
    assert part.status_code == 403
    assert part["HX-Retarget"] == "#notices"
    assert "<html" not in part.content.decode()


@with_refusals
def test_a_conflict_keeps_both_values_and_can_be_sent_again(official: User, signed_in) -> None:
    company = CompanyFactory(name="Yıldız Prefabrik", country="TR")
    Company.objects.filter(pk=company.pk).update(version=4)
    page = signed_in(official).post(
        "/refuse/conflict/", {"name": "Yildiz", "country": "TR", "version": "3", "unknown": "x"}
    )
    html = page.content.decode()
    assert page.status_code == 409
    assert "Yıldız Prefabrik" in html
    assert '<input type="hidden" name="name" value="Yildiz">' in html
    assert '<input type="hidden" name="version" value="4">' in html
    rows = page.context["differences"]
    assert [(row["now"], row["sent"]) for row in rows] == [("Yıldız Prefabrik", "Yildiz")]


@with_refusals
def test_a_crash_is_said_without_its_reason_or_the_database(django_assert_num_queries) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with translation.override("en"), django_assert_num_queries(0):
        page = views.server_error(request)
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.content.decode()
    client = Client(raise_request_exception=False)
    assert "boom" not in client.get("/refuse/crash/").content.decode()


@pytest.mark.parametrize(("language", "words"), [("kk", '<html lang="kk"'), ("ru", '<html lang="ru"')])
def test_errors_speak_the_readers_language(language: str, words: str) -> None:
    assert words in Client(headers={"accept-language": language}).get("/nowhere/").content.decode()


def test_a_form_from_elsewhere_is_refused_with_words(official: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(official)
    page = client.post("/settings/language/", {"language": "ru"})
    assert page.status_code == 403
    assert "The form is out of date" in page.content.decode()


def test_an_ended_session_sends_the_window_to_sign_in() -> None:
    answer = Client().get(
        "/settings/",
        headers={"hx-request": "true", "hx-current-url": "http://testserver/settings/?a=1"},
    )
    assert answer["HX-Redirect"] == "/account/login/?next=%2Fsettings%2F%3Fa%3D1"
