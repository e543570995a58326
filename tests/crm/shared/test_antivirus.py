"""Files that a virus scanner objects to are not taken."""

import socket
from collections.abc import Callable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from crm.accounts.models import User
from crm.shared import antivirus
from leads.visit_reports.models import VisitReport
from tests.clamd import CLAMD, FOUND, INFECTED, LONGEST_STREAM, real_clamd, spoken_clamd

SCANNERS = ["its protocol", pytest.param("clamd", marks=pytest.mark.skipif(CLAMD is None, reason="no clamd here"))]


@pytest.fixture(scope="module", params=SCANNERS)
def scanner(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    running = spoken_clamd() if request.param == "its protocol" else real_clamd(tmp_path_factory.mktemp("clamd"))
    with running as url:
        yield url


def test_a_clean_file_is_clean_and_a_bad_one_is_named(scanner: str) -> None:
    assert antivirus.scan(b"Visit report. " * 10_000, url=scanner) == ""
    named = antivirus.scan(b"x" * 100_000 + INFECTED + b"x" * 100_000, url=scanner)
    assert named.removesuffix(".UNOFFICIAL") == FOUND


def test_what_the_scanner_will_not_look_at_is_not_called_clean(scanner: str) -> None:
    with pytest.raises(antivirus.ScannerFailed):
        antivirus.scan(b"x" * (LONGEST_STREAM + (1 << 20)), url=scanner)


def test_a_scanner_that_hangs_up_is_not_called_clean() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(antivirus.ScannerFailed):
        antivirus.scan(b"x", url=f"tcp://127.0.0.1:{port}")


@pytest.mark.django_db
class TestUpload:
    def post(self, client: Client, data: bytes) -> str:
        file = SimpleUploadedFile("report.txt", data)
        answer = client.post(reverse("visit_reports:upload"), {"file": file, "not_restricted": "on"})
        return answer.content.decode() if answer.status_code == 422 else f"status {answer.status_code}"

    def test_a_bad_report_is_refused_in_words_and_nothing_is_kept(
        self, scanner: str, settings: Settings, official: User, signed_in: Callable[[User], Client]
    ) -> None:
        settings.CLAMD_URL = scanner
        client = signed_in(official)
        assert FOUND in self.post(client, b"Visit report. " + INFECTED)
        assert not VisitReport.objects.exists()
        assert self.post(client, "Есеп: Бурсаға сапар.".encode()) == "status 302"

    def test_without_an_answer_no_file_is_taken(
        self, settings: Settings, official: User, signed_in: Callable[[User], Client], tmp_path
    ) -> None:
        settings.CLAMD_URL = f"unix://{tmp_path / 'nobody.sock'}"
        assert "does not answer" in self.post(signed_in(official), "Есеп: Бурсаға сапар.".encode())
        assert not VisitReport.objects.exists()
