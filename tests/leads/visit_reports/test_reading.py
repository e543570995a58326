"""From a file to a draft: once, whatever dies on the way."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.companies.services import add_other_name
from leads.visit_reports import tasks
from leads.visit_reports.models import VisitReport
from leads.visit_reports.services import erase_report, read_report, reading, take_up_waiting_reports, upload_report
from tests.factories.companies import CompanyFactory
from tests.factories.files import letter

Capture = Callable[..., Any]


@pytest.fixture
def uploaded(official: User, bursa_text: str) -> VisitReport:
    return upload_report(by=official, text=bursa_text, not_restricted=True)


def test_a_sample_becomes_a_draft_in_review(uploaded: VisitReport, bursa_text: str) -> None:
    tasks.read_report(uploaded.pk)
    report = VisitReport.objects.get()
    assert (report.state, report.language, report.text) == ("in_review", "kk", bursa_text)
    assert report.title == "Өзара ынтымақтастық күшейеді"
    assert report.published == datetime.date(2026, 2, 24)
    kinds = list(report.suggestions.values_list("kind", flat=True))
    assert kinds.count("delegation") == 1
    assert kinds.count("lead") >= 3
    assert kinds.count("practice") >= 4
    zone = report.suggestions.get(kind="organisation")
    assert zone.values["name"] == "Bursa Organize Sanayi Bölgesi"
    start, end = zone.evidence["name"][0]
    assert report.text[start:end] == "Bursa Organize Sanayi Bölgesi"
    assert AuditEvent.objects.filter(door="task", record_id=str(report.pk)).exists()


def test_reading_again_changes_nothing(uploaded: VisitReport) -> None:
    read_report(uploaded)
    before = list(uploaded.suggestions.values())
    read_report(uploaded)
    assert list(uploaded.suggestions.values()) == before
    assert uploaded.attempts == 1


def test_a_known_company_of_like_name_leaves_its_card_open(uploaded: VisitReport) -> None:
    known = CompanyFactory(name="BURSA ORGANİZE SANAYİ BÖLGESİ")
    read_report(uploaded)
    zone = uploaded.suggestions.get(kind="organisation")
    assert (zone.match, zone.decision) == ("undecided", "open")
    assert zone.candidates == [{"id": known.pk, "reason": "same_name"}]


def test_a_company_is_recognised_by_another_name_and_its_number(official: User) -> None:
    named = CompanyFactory(name="Anadolu Cam Sanayi")
    add_other_name(named, by=official, name="Анадолу Джам")
    numbered = CompanyFactory(name="Ақ Бидай", country="KZ", bin="940240000001")
    text = (
        "Ақтөбе облысының делегациясы Түркияға барды. Кездесуде Анадолу Джам өкілдері шыны зауытын салуға қызығушылық "
        "танытты. «Дән» ЖШС (БСН 940240000001) бидай жеткізу туралы меморандумға қол қойды."
    )
    report = read_report(upload_report(by=official, text=text, not_restricted=True))
    candidates = {card.values["name"]: card.candidates for card in report.suggestions.filter(kind="organisation")}
    assert candidates["Анадолу Джам"] == [{"id": named.pk, "reason": "same_other_name"}]
    assert candidates["«Дән» ЖШС"][0] == {"id": numbered.pk, "reason": "same_bin"}


def test_a_reader_beside_another_does_nothing(uploaded: VisitReport) -> None:
    VisitReport.objects.update(state="reading", reading_since=timezone.now())
    assert read_report(uploaded).state == "reading"
    assert not uploaded.suggestions.exists()


def test_what_a_dead_reader_left_is_taken_up_later(
    uploaded: VisitReport, django_capture_on_commit_callbacks: Capture
) -> None:
    now = timezone.now()
    VisitReport.objects.update(state="reading", reading_since=now, attempts=1)
    with django_capture_on_commit_callbacks():
        assert take_up_waiting_reports(at=now + datetime.timedelta(minutes=9)) == 0
        assert take_up_waiting_reports(at=now + datetime.timedelta(minutes=11)) == 1
    with time_machine.travel(now + datetime.timedelta(minutes=11)):
        read_report(uploaded)
    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.attempts) == ("in_review", 2)


def test_a_reader_that_lost_its_claim_writes_nothing(uploaded: VisitReport, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = reading.draft_of

    def slow(*read: Any) -> Any:
        result = honest(*read)
        # Meanwhile somebody else took it for dead.
        VisitReport.objects.update(reading_since=timezone.now() + datetime.timedelta(minutes=20))
        return result

    monkeypatch.setattr(reading, "draft_of", slow)
    read_report(uploaded)
    assert VisitReport.objects.get().state == "reading"
    assert not uploaded.suggestions.exists()


def test_an_unexpected_error_gives_the_report_back_and_is_raised(
    uploaded: VisitReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("engine broke")

    monkeypatch.setattr(reading, "draft_of", fail)
    for _attempt in range(reading.MOST_ATTEMPTS):
        with pytest.raises(RuntimeError, match="engine broke"):
            read_report(uploaded)
        assert VisitReport.objects.get().state == "uploaded"
    read_report(uploaded)
    assert (uploaded.state, uploaded.unreadable_reason) == ("unreadable", "gave_up")


def test_a_file_that_only_reading_shows_to_be_none_ends_unreadable_without_its_file(
    official: User, django_capture_on_commit_callbacks: Capture
) -> None:
    report = upload_report(
        by=official, data=b"%PDF-1.4\nnothing of a PDF follows", file_name="scan.pdf", not_restricted=True
    )
    kept = report.file.name
    assert default_storage.exists(kept)
    with django_capture_on_commit_callbacks(execute=True):
        read_report(report)
    assert report.state == "unreadable"
    assert report.unreadable_because
    assert report.unreadable_because != report.unreadable_reason
    assert not report.file
    assert not default_storage.exists(kept)


def test_the_same_text_in_two_files_is_one_report(
    official: User, bursa_text: str, django_capture_on_commit_callbacks: Capture
) -> None:
    first = upload_report(by=official, text=bursa_text, not_restricted=True)
    second = upload_report(by=official, data=f"  {bursa_text}\n\n".encode(), file_name="again.md", not_restricted=True)
    with django_capture_on_commit_callbacks(execute=True):
        read_report(first)
        read_report(second)
    assert (second.state, second.unreadable_reason, second.duplicate_of) == ("unreadable", "duplicate", first)
    assert (second.text, second.file.name) == ("", "")


def test_another_region_reads_the_same_text_for_itself(official: User, stranger: User, bursa_text: str) -> None:
    read_report(upload_report(by=official, text=bursa_text, not_restricted=True))
    other = read_report(upload_report(by=stranger, text=bursa_text, not_restricted=True))
    assert (other.state, other.duplicate_of) == ("in_review", None)


def test_marks_of_restriction_are_kept_with_the_report(official: User) -> None:
    report = upload_report(by=official, text="ДСП. Делегация области посетила Бурсу 17 февраля 2026 года.")
    assert read_report(report).restriction_marks == ["ДСП"]


def test_a_report_that_is_gone_ends_the_task_quietly(db: None) -> None:
    tasks.read_report(12345)


def test_erasing_leaves_no_word_of_the_text_anywhere(
    administrator: User, django_capture_on_commit_callbacks: Capture
) -> None:
    text = "Құпияхабар: делегация 2026 жылғы 17 ақпанда Бурса қаласында болды."
    report = read_report(upload_report(by=administrator, text=text, file_name="wrong.txt"))
    path = Path(report.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        erase_report(report, by=administrator, reason="Restricted")
    assert not path.exists()
    report.refresh_from_db()
    assert report.is_archived
    assert not report.suggestions.exists()
    everything = [*VisitReport.objects.values(), *VisitReport.history.values(), *AuditEvent.objects.values()]
    assert "Құпияхабар" not in str(everything)
    assert list(AuditEvent.objects.filter(action="erased").values_list("actor", flat=True)) == [administrator.pk]


def test_an_erased_text_may_be_uploaded_again(administrator: User, bursa_text: str) -> None:
    first = read_report(upload_report(by=administrator, text=bursa_text))
    erase_report(first, by=administrator, reason="By mistake")
    assert read_report(upload_report(by=administrator, text=bursa_text)).state == "in_review"


def test_attachments_that_were_not_read_are_named_on_the_page(
    official: User, signed_in: Callable[[User], Client], bursa_text: str
) -> None:
    mail = letter(bursa_text)
    mail.add_attachment(b"\x89PNG\r\n\x1a\n" + bytes(50), maintype="image", subtype="png", filename="photo.png")
    report = read_report(upload_report(by=official, data=bytes(mail), file_name="a.eml", not_restricted=True))
    assert report.left_out == [{"name": "photo.png", "reason": "unknown_type"}]
    assert "photo.png" in signed_in(official).get(report.get_absolute_url()).text
