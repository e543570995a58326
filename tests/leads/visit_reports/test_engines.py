"""Who may have a report read by the language model, and what stands when it fails."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from crm.accounts.models import User
from crm.reference.models import Region
from crm.shared.errors import NotAllowed
from leads.visit_reports.models import ReadingPolicy, VisitReport
from leads.visit_reports.queries import language_model_allowed
from leads.visit_reports.services import read_report, upload_report
from tests.leads.extraction.engines.llm.chat_server import ChatServer, body, chat_server, claims

ADDED = {
    "sector": "renewables",
    "kind": "interest",
    "counterpart": None,
    "amount": None,
    "currency": None,
    "jobs": None,
    "quote": "салықтық жеңілдіктер",
}


@pytest.fixture
def server(settings: Any) -> Iterator[ChatServer]:
    """A language model that the site is set to ask."""
    with chat_server() as running:
        settings.LLM_URL, settings.LLM_MODEL, settings.LLM_TIMEOUT = running.url, "qazllm-7b", 5.0
        yield running


@pytest.fixture
def allowed(official: User, server: ChatServer) -> ReadingPolicy:
    return ReadingPolicy.objects.create(region=official.region, allows_language_model=True)


def read(by: User, text: str, engine: str = "llm") -> VisitReport:
    return read_report(upload_report(by=by, text=text, not_restricted=True, engine=engine))


def test_the_model_adds_what_the_text_proves(
    official: User, allowed: ReadingPolicy, server: ChatServer, bursa_text: str
) -> None:
    server.will(claims(leads=[ADDED, {**ADDED, "quote": "no such words"}]))

    report = read(official, bursa_text)

    assert (report.state, report.engine, report.engine_failure) == ("in_review", "llm:qazllm-7b", "")
    sectors = [card.values["sector"] for card in report.suggestions.filter(kind="lead")]
    assert sectors.count("renewables") == 1
    assert len(sectors) >= 4  # and those of the rules stay


def test_no_text_leaves_the_machine_unless_chosen(
    official: User, allowed: ReadingPolicy, server: ChatServer, bursa_text: str
) -> None:
    server.will(claims())

    report = read(official, bursa_text, engine="embedded")

    assert server.questions == []
    assert report.engine == "embedded"


def test_it_is_refused_where_no_administrator_allowed_it(official: User, server: ChatServer, bursa_text: str) -> None:
    with pytest.raises(NotAllowed):
        upload_report(by=official, text=bursa_text, not_restricted=True, engine="llm")
    assert not VisitReport.objects.exists()


def test_it_is_refused_where_none_is_set(official: User, bursa_text: str) -> None:
    ReadingPolicy.objects.create(region=official.region, allows_language_model=True)

    with pytest.raises(NotAllowed):
        upload_report(by=official, text=bursa_text, not_restricted=True, engine="llm")


def test_the_nearest_administrator_decides(official: User, server: ChatServer) -> None:
    country, district = official.region.parent, Region(parent=official.region, kind="district", code="KZ-15-1")
    assert country is not None
    district.save()
    ReadingPolicy.objects.create(region=country, allows_language_model=True)
    assert language_model_allowed(official.region)
    assert language_model_allowed(district)

    ReadingPolicy.objects.create(region=official.region, allows_language_model=False)
    assert not language_model_allowed(official.region)
    assert not language_model_allowed(district)
    assert language_model_allowed(country)


def test_the_rules_draft_stands_when_the_model_fails_and_the_page_says_so(
    official: User, allowed: ReadingPolicy, server: ChatServer, bursa_text: str, signed_in: Callable[[User], Client]
) -> None:
    server.will(body(b"<html>", status=200))

    report = read(official, bursa_text)

    assert (report.state, report.engine, report.engine_failure) == ("in_review", "embedded", "malformed")
    assert report.suggestions.filter(kind="lead").count() >= 3
    official.language = "en"
    official.save()
    page = signed_in(official).get(report.get_absolute_url())
    assert "The language model added nothing." in page.text
    assert "Its answer could not be used." in page.text


def test_a_report_waits_while_its_permission_is_withdrawn(
    official: User, allowed: ReadingPolicy, server: ChatServer, bursa_text: str
) -> None:
    server.will(claims())
    report = upload_report(by=official, text=bursa_text, not_restricted=True, engine="llm")
    ReadingPolicy.objects.update(allows_language_model=False)

    read_report(report)

    assert server.questions == []
    assert (report.engine, report.engine_failure) == ("embedded", "not_allowed")


def test_the_upload_page_offers_the_choice_only_where_it_is_allowed(
    official: User, stranger: User, allowed: ReadingPolicy, server: ChatServer, signed_in: Callable[[User], Client]
) -> None:
    host = server.url.split("/")[2]

    assert host in signed_in(official).get("/reports/upload/").text
    assert 'name="engine"' not in signed_in(stranger).get("/reports/upload/").text


def test_the_choice_is_made_on_the_page(
    official: User, allowed: ReadingPolicy, server: ChatServer, bursa_text: str, signed_in: Callable[[User], Client]
) -> None:
    given = {"text": bursa_text, "not_restricted": "on", "engine": "llm"}

    signed_in(official).post("/reports/upload/", given)

    assert VisitReport.objects.get().asked_engine == "llm"


def test_the_choice_is_made_over_the_api(
    official: User, stranger: User, allowed: ReadingPolicy, bursa_text: str, signed_in: Callable[[User], Client]
) -> None:
    given = {"text": bursa_text, "not_restricted": True, "engine": "llm"}

    answer = signed_in(official).post("/api/v1/visit-reports/", given, content_type="application/json")
    refused = signed_in(stranger).post("/api/v1/visit-reports/", given, content_type="application/json")

    assert (answer.status_code, answer.json()["asked_engine"]) == (202, "llm")
    assert refused.status_code == 403
