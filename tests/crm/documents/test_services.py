import datetime
import re
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.documents import services
from crm.documents.models import Document
from crm.documents.queries import documents_about, documents_visible_to, letters_awaiting_reply
from crm.shared.errors import InvalidRecord, NotAllowed, VersionConflict
from crm.shared.files import FileRefused
from crm.shared.registries import timeline_of
from tests.factories.delegations import DelegationFactory

pytestmark = pytest.mark.django_db


def test_a_paper_of_a_record_is_found_there_and_stands_in_its_timeline(official: User, stranger: User) -> None:
    visit = DelegationFactory()
    paper = services.create_document(
        by=official,
        region=visit.region,
        kind="programme",
        title="Programme",
        about=visit,
        date=datetime.date(2026, 2, 1),
    )
    assert list(documents_about(visit, official)) == [paper]
    assert list(documents_about(visit, stranger)) == []
    assert [entry.title for entry in timeline_of(visit, official)] == ["Visit programme: Programme"]
    assert paper.owner == official


def test_a_letter_awaits_its_reply_until_it_is_answered(official: User) -> None:
    region = official.region
    late = services.create_document(
        by=official, region=region, kind="letter_out", title="Late", reply_due=datetime.date(2026, 2, 1)
    )
    later = services.create_document(
        by=official, region=region, kind="letter_out", title="Later", reply_due=datetime.date(2026, 3, 1)
    )
    assert list(letters_awaiting_reply(documents_visible_to(official))) == [late, later]
    reply = services.create_document(by=official, region=region, kind="letter_in", title="Reply")
    services.answer_document(late, by=official, answer=reply)
    assert list(letters_awaiting_reply(documents_visible_to(official))) == [later]
    services.archive_document(later, by=official, reason="Sent by mistake")
    assert list(letters_awaiting_reply(documents_visible_to(official))) == []


def test_kinds_roles_and_regions_are_checked(official: User, stranger: User, viewer: User) -> None:
    with pytest.raises(InvalidRecord) as wrong:
        services.create_document(by=official, region=official.region, kind="poem", title="X")
    assert list(wrong.value.fields) == ["kind"]
    for user in (stranger, viewer):
        with pytest.raises(NotAllowed):
            services.create_document(by=user, region=official.region, kind="order", title="X")


def content_of(paper: Document) -> bytes:
    with paper.file.open() as file:
        return file.read()


class TestFiles:
    def paper(self, official: User, data: bytes = "Хаттама".encode(), name: str = "хаттама.txt") -> Document:
        return services.create_document(
            by=official, region=official.region, kind="minutes", title="Minutes", data=data, file_name=name
        )

    def test_a_file_lies_under_a_name_of_ours(self, official: User) -> None:
        paper = self.paper(official, name="../../хаттама.exe")
        assert paper.file_name == "хаттама.exe"
        assert re.fullmatch(r"documents/\d{4}/\d\d/[0-9a-f]{32}\.txt", paper.file.name)
        assert content_of(paper) == "Хаттама".encode()

    def test_what_is_no_paper_is_refused_and_nothing_is_kept(self, official: User) -> None:
        with pytest.raises(FileRefused):
            self.paper(official, data=b"MZ\x90\x00" + b"\0" * 60)
        assert not Document.objects.exists()

    def test_a_new_file_takes_the_place_of_the_old_one(
        self, official: User, django_capture_on_commit_callbacks
    ) -> None:
        paper = self.paper(official)
        former = paper.file.name
        with django_capture_on_commit_callbacks(execute=True):
            services.attach_file(paper, by=official, data=b"%PDF-1.7 scan", file_name="scan.pdf", expected_version=1)
        assert (paper.file_name, paper.version) == ("scan.pdf", 2)
        assert content_of(paper) == b"%PDF-1.7 scan"
        assert not default_storage.exists(former)

    def test_a_refused_change_leaves_the_file_and_keeps_no_other(self, official: User, stranger: User) -> None:
        paper = self.paper(official)
        folder = str(Path(paper.file.name).parent)
        before = default_storage.listdir(folder)
        with pytest.raises(VersionConflict):
            services.attach_file(paper, by=official, data=b"%PDF-1.7", file_name="x.pdf", expected_version=7)
        with pytest.raises(NotAllowed):
            services.attach_file(paper, by=stranger, data=b"%PDF-1.7", file_name="x.pdf")
        assert default_storage.listdir(folder) == before

    def test_a_wrong_file_is_erased_by_an_administrator_and_leaves_its_trace(
        self, official: User, administrator: User, django_capture_on_commit_callbacks
    ) -> None:
        paper = self.paper(official)
        stored = paper.file.name
        with pytest.raises(NotAllowed):
            services.erase_file(paper, by=official, reason="Wrong file")
        with django_capture_on_commit_callbacks(execute=True):
            services.erase_file(paper, by=administrator, reason="Wrong file")
        assert (paper.file.name, paper.file_name) == ("", "")
        assert not default_storage.exists(stored)
        assert not paper.history.exclude(file_name="").exists()
        erased = AuditEvent.objects.get(action="erased")
        assert (erased.actor, erased.record_id, erased.changes) == (
            administrator,
            str(paper.pk),
            {"reason": [None, "Wrong file"]},
        )


def test_a_download_is_an_attachment_and_is_logged(official: User, stranger: User, signed_in) -> None:
    paper = services.create_document(
        by=official,
        region=official.region,
        kind="minutes",
        title="Minutes",
        data="Хаттама".encode(),
        file_name="хаттама.txt",
    )
    address = reverse("documents:file", args=[paper.pk])
    assert signed_in(stranger).get(address).status_code == 404
    answer = signed_in(official).get(address)
    assert answer.getvalue() == "Хаттама".encode()
    assert answer["Content-Disposition"].startswith("attachment")
    taken = AuditEvent.objects.get(action="exported")
    assert (taken.actor, taken.model, taken.record_id) == (official, "documents.document", str(paper.pk))
