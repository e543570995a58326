"""Who uploads, searches or calls too often is asked to wait; the others notice nothing."""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from redis.exceptions import ConnectionError as CacheGone

from crm.accounts.models import User
from crm.shared import limits
from leads.visit_reports.models import VisitReport

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NOW = datetime.datetime(2026, 3, 2, 6, 0, 40, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _few(settings: Settings) -> Iterator[None]:
    settings.RATE_LIMITS = {"upload": (2, 3600), "search": (3, 60), "api": (4, 60)}
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield
    cache.clear()


def statuses(ask: Callable[[], object], times: int) -> list[int]:
    return [ask().status_code for _time in range(times)]  # type: ignore[attr-defined]


def test_searching_too_often_waits_for_the_next_minute(official: User, colleague: User, signed_in: SignIn) -> None:
    client, address = signed_in(official), reverse("companies:companies")
    assert statuses(lambda: client.get(address, {"q": "Бурса"}), 4) == [200, 200, 200, 429]
    refused = client.get(address, {"q": "Бурса"})
    assert refused["Retry-After"] == "20"
    assert "Too many attempts" in refused.content.decode()
    assert client.get(address).status_code == 200
    assert signed_in(colleague).get(address, {"q": "Бурса"}).status_code == 200
    with time_machine.travel(NOW + datetime.timedelta(seconds=20), tick=False):
        assert client.get(address, {"q": "Бурса"}).status_code == 200


def test_htmx_is_told_in_a_notice(official: User, signed_in: SignIn) -> None:
    client, address = signed_in(official), reverse("companies:companies")
    statuses(lambda: client.get(address, {"q": "x"}), 3)
    refused = client.get(address, {"q": "x"}, headers={"HX-Request": "true"})
    assert (refused.status_code, refused["HX-Retarget"]) == (429, "#notices")


def test_uploads_of_page_and_api_count_together(official: User, signed_in: SignIn) -> None:
    client = signed_in(official)
    words = {"text": "Есеп: Бурсаға сапар.", "not_restricted": "on"}
    assert client.post(reverse("visit_reports:upload"), words).status_code == 302
    by_api = {"text": "Есеп: Анкараға сапар.", "not_restricted": True}
    address = reverse("api:visit-report-list")
    assert client.post(address, by_api, content_type="application/json").status_code == 202
    assert client.post(address, by_api, content_type="application/json").status_code == 429
    assert client.post(reverse("visit_reports:upload"), words).status_code == 429
    assert client.get(reverse("visit_reports:upload")).status_code == 200
    assert VisitReport.objects.count() == 2


def test_calling_the_api_too_often_says_when_to_try_again(official: User, signed_in: SignIn) -> None:
    client, address = signed_in(official), reverse("api:company-list")
    assert statuses(lambda: client.get(address), 5) == [200, 200, 200, 200, 429]
    assert client.get(address)["Retry-After"] == "20"
    assert client.get(reverse("companies:companies")).status_code == 200


def test_who_has_not_signed_in_is_counted_by_address() -> None:
    client, address = Client(), reverse("api:company-list")
    assert statuses(lambda: client.get(address), 5) == [401, 401, 401, 401, 401]
    page = reverse("account_login")
    assert statuses(lambda: client.get(page, {"q": "x"}), 4) == [200, 200, 200, 429]
    assert client.get(page, {"q": "x"}, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_without_a_cache_nobody_is_kept_out(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def add(self, *args: object, **options: object) -> None:
            raise CacheGone

    monkeypatch.setattr(limits, "cache", Gone())
    assert [limits.seconds_to_wait("search", "user-1") for _time in range(9)] == [0] * 9
