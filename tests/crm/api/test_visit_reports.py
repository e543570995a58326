"""A report through the API, from upload to deals."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from leads.deals.models import Deal
from leads.visit_reports.models import VisitReport
from leads.visit_reports.services import read_report

SignIn = Callable[[User], Client]
EXAMPLE = Path(__file__).parents[2] / "leads" / "extraction" / "reports" / "aktobe-turkiye.txt"
REPORTS = "/api/v1/visit-reports/"


def upload(client: Client) -> VisitReport:
    file = SimpleUploadedFile("aktobe-turkiye.txt", EXAMPLE.read_bytes(), "text/plain")
    answer = client.post(REPORTS, {"file": file, "not_restricted": "true"})
    assert (answer.status_code, answer.json()["state"]) == (202, "uploaded")
    report = VisitReport.objects.get(pk=answer.json()["id"])
    read_report(report)  # what the task does
    return report


def decide(client: Client, card: dict[str, object], **body: object):
    return client.post(
        f"/api/v1/suggestions/{card['id']}/decide/", {"version": card["version"], **body}, "application/json"
    )


def cards_of(client: Client, report: VisitReport) -> list[dict[str, object]]:
    return client.get("/api/v1/suggestions/", {"report": report.pk, "ordering": "position"}).json()["results"]


def test_a_report_becomes_deals_and_the_same_key_makes_them_once(official: User, signed_in: SignIn) -> None:
    client = signed_in(official)
    report = upload(client)
    assert client.get(f"{REPORTS}{report.pk}/").json()["state"] == "in_review"
    leads = [card for card in cards_of(client, report) if card["kind"] == "lead"]
    assert decide(client, leads[0], decision="rejected").json()["decision"] == "rejected"
    body = {"idempotency_key": str(uuid4())}
    first = client.post(f"{REPORTS}{report.pk}/accept/", body, "application/json")
    again = client.post(f"{REPORTS}{report.pk}/accept/", body, "application/json")
    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert Deal.objects.active().count() == len(leads) - 1 >= 2


def test_an_acceptance_is_undone_by_whoever_accepted(official: User, colleague: User, signed_in: SignIn) -> None:
    client = signed_in(official)
    report = upload(client)
    commit = client.post(f"{REPORTS}{report.pk}/accept/", {"idempotency_key": str(uuid4())}, "application/json").json()
    address = reverse("api:visit-report-undo", args=[report.pk, commit["id"]])
    assert signed_in(colleague).post(address).status_code == 403
    assert client.post(address).json()["undone_by"] == official.pk
    assert not Deal.objects.active().exists()


def test_the_same_text_twice_is_refused_with_a_code(official: User, signed_in: SignIn) -> None:
    client = signed_in(official)
    upload(client)
    answer = client.post(REPORTS, {"text": EXAMPLE.read_text(encoding="utf-8")}, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "already_uploaded")


@pytest.mark.parametrize("body", [{}, {"text": ""}])
def test_nothing_to_read_is_a_clear_error(body: dict[str, str], official: User, signed_in: SignIn) -> None:
    answer = signed_in(official).post(REPORTS, body, "application/json")
    assert answer.status_code == 400
    assert not VisitReport.objects.exists()


def test_a_viewer_may_not_upload(viewer: User, signed_in: SignIn) -> None:
    assert signed_in(viewer).post(REPORTS, {"text": "Report"}, "application/json").status_code == 403
