"""A report in review, with the draft an official annotated for the sample about Bursa."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from crm.accounts.models import User
from leads.visit_reports.models import Suggestion, VisitReport
from leads.visit_reports.queries import digest_of, sample_named
from leads.visit_reports.services.drafting import suggestions_of, title_of
from tests.factories.visit_reports import VisitReportFactory


@pytest.fixture
def bursa_text() -> str:
    sample = sample_named("aktobe-turkiye")
    assert sample
    return sample.read().decode()


@pytest.fixture
def bursa_draft() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "data" / "aktobe-turkiye.json").read_text("utf-8"))


@pytest.fixture
def report_in_review(bursa_text: str, bursa_draft: dict[str, Any]) -> Callable[..., VisitReport]:
    """Return a function that puts a report into review; ``changes`` are set on the annotated draft."""

    def make(by: User, *, text: str = bursa_text, draft: dict[str, Any] | None = None, **changes: Any) -> VisitReport:
        read = (bursa_draft if draft is None else draft) | changes
        report = VisitReportFactory(
            region=by.region,
            uploaded_by=by,
            state="in_review",
            text=text,
            text_digest=digest_of(text),
            title=title_of(read, text),
            language=read.get("language") or "",
            published=read.get("published"),
            draft=read,
            file_name="report.txt",
        )
        report.refresh_from_db()
        with translation.override("en"):
            Suggestion.objects.bulk_create(suggestions_of(report, read))
        return report

    return make


@pytest.fixture
def report(official: User, report_in_review: Callable[..., VisitReport]) -> VisitReport:
    return report_in_review(official)
