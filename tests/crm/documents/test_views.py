import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document as WordFile

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.documents.models import Document
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory
from tests.factories.documents import DocumentFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
MONDAY = datetime.fromisoformat("2026-03-02T10:00+05:00")


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def words_of(answer: Any) -> str:
    file = WordFile(io.BytesIO(b"".join(answer.streaming_content)))
    return "\n".join(paragraph.text for paragraph in file.paragraphs)


def titles_in(answer: Any) -> list[str]:
    return [document.title for document in answer.context["page"]]


def test_letters_that_await_a_reply_stand_first_and_the_longest_waiting_leads(
    official: User, signed_in: SignIn
) -> None:
    DocumentFactory(title="Power lines", reply_due=date(2026, 3, 6))
    DocumentFactory(title="Gas", reply_due=date(2026, 2, 2))
    DocumentFactory(title="Water", reply_due=date(2026, 2, 2), answered_by=DocumentFactory(kind="letter_in"))
    DocumentFactory(title="An order", kind="order", date=date(2026, 3, 1))
    client = signed_in(official)
    page = client.get("/documents/")
    assert titles_in(page) == ["Gas", "Power lines"]
    assert "28 days" in page.content.decode()
    everything = titles_in(client.get("/documents/?show=all"))
    assert everything[0] == "An order"
    assert len(everything) == 5
    assert titles_in(client.get("/documents/?show=all&kind=order")) == ["An order"]
    assert titles_in(client.get("/documents/?q=gas")) == ["Gas"]


def test_a_letter_is_repeated_by_one_press_with_ten_working_days(official: User, signed_in: SignIn) -> None:
    letter = DocumentFactory(title="Gas", reply_due=date(2026, 2, 2), recipient="QazaqGaz", owner=official)
    client = signed_in(official)
    answer = client.post(f"/documents/{letter.pk}/repeat/")
    again = Document.objects.exclude(pk=letter.pk).get()
    assert answer.url == again.get_absolute_url()
    # 9 March is a day off in 2026, and the Nauryz days are further on.
    assert (again.title, again.recipient, again.date, again.reply_due) == (
        "Gas", "QazaqGaz", date(2026, 3, 2), date(2026, 3, 17),
    )  # fmt: skip
    letter.refresh_from_db()
    assert letter.reply_due is None
    told = client.post(f"/documents/{letter.pk}/repeat/", follow=True)
    assert "No reply to this letter is awaited any more." in told.content.decode()
    assert Document.objects.count() == 2, "a second press enters nothing"


def test_the_answer_is_entered_on_the_page_of_the_letter(official: User, signed_in: SignIn) -> None:
    letter = DocumentFactory(title="Gas", reply_due=date(2026, 2, 2))
    client = signed_in(official)
    refused = client.post(f"/documents/{letter.pk}/answered/", {"number": "", "date": "2026-03-01"})
    assert refused.status_code == 422
    client.post(f"/documents/{letter.pk}/answered/", {"number": "11-7", "date": "2026-03-01"})
    letter.refresh_from_db()
    assert (letter.answered_by.number, letter.answered_by.kind) == ("11-7", "letter_in")
    assert "№ 11-7" in client.get(letter.get_absolute_url()).content.decode()
    client.post(f"/documents/{letter.pk}/answered/", {"number": "11-8", "date": "2026-03-01"})
    assert Document.objects.filter(kind="letter_in").count() == 1, "a second answer enters nothing"


@pytest.mark.parametrize(
    ("language", "heading", "reminds"),
    [
        ("kk", "Газ құбыры", "хатымызға осы уақытқа дейін жауап келген жоқ"),
        ("ru", "Газ құбыры", "до настоящего времени не поступил"),
    ],
)
def test_the_letters_come_prefilled_in_the_language_asked_for(
    official: User, signed_in: SignIn, language: str, heading: str, reminds: str
) -> None:
    letter = DocumentFactory(
        title="Газ құбыры", number="03-12/418", date=date(2026, 1, 20), reply_due=date(2026, 2, 2), owner=official,
        addressee=CompanyFactory(name="QazaqGaz"),
    )  # fmt: skip
    client = signed_in(official)
    for which in ("letter", "reminder"):
        text = words_of(client.get(f"/documents/{letter.pk}/word/{which}/?in={language}"))
        assert "QazaqGaz" in text
        assert heading in text
        assert official.full_name in text
    assert "03-12/418" in text
    assert reminds in text
    assert AuditEvent.objects.filter(action="exported", record_id=str(letter.pk)).count() == 2


def test_only_letters_out_become_letters(official: User, signed_in: SignIn) -> None:
    order = DocumentFactory(kind="order")
    assert signed_in(official).get(f"/documents/{order.pk}/word/letter/").status_code == 404
    letter = DocumentFactory()
    assert signed_in(official).get(f"/documents/{letter.pk}/word/poem/").status_code == 404


def test_a_paper_is_entered_about_a_deal_with_its_file_and_changed(official: User, signed_in: SignIn) -> None:
    deal = DealFactory(title="Glass works")
    client = signed_in(official)
    file = SimpleUploadedFile("order.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF")
    sent = {"region": official.region_id, "kind": "order", "title": "Order 12", "owner": official.pk, "upload": file}
    answer = client.post(f"/documents/new/?about=deals.deal:{deal.pk}", sent)
    made = Document.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.about, made.file_name) == (deal, "order.pdf")
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Glass works" in page
    del sent["upload"]
    client.post(f"/documents/{made.pk}/edit/", sent | {"title": "Order 13", "version": made.version})
    made.refresh_from_db()
    assert (made.title, made.file_name) == ("Order 13", "order.pdf")
    picture = SimpleUploadedFile("run.exe", b"MZ" + bytes(200))
    refused = client.post(
        f"/documents/{made.pk}/edit/", sent | {"title": "X", "version": made.version, "upload": picture}
    )
    assert refused.status_code == 422
    version = made.version
    made.refresh_from_db()
    assert (made.title, made.version) == ("Order 13", version), "a refused file changes nothing else either"
    stale = client.post(f"/documents/{made.pk}/edit/", sent | {"title": "Order 14", "version": made.version - 1})
    assert stale.status_code == 409


@pytest.mark.parametrize("about", ["deals.deal:x", "deals.deal:", "deals.deal:999999", "nothing.such:1"])
def test_a_record_that_is_not_there_is_not_found(official: User, signed_in: SignIn, about: str) -> None:
    assert signed_in(official).get("/documents/new/", {"about": about}).status_code == 404


def test_who_may(official: User, viewer: User, stranger: User, colleague: User, signed_in: SignIn) -> None:
    letter = DocumentFactory(title="Gas", reply_due=date(2026, 2, 2), owner=official)
    assert titles_in(signed_in(colleague).get("/documents/")) == ["Gas"]
    assert titles_in(signed_in(stranger).get("/documents/")) == []
    assert signed_in(stranger).get(letter.get_absolute_url()).status_code == 404
    assert signed_in(viewer).get(letter.get_absolute_url()).status_code == 200
    assert signed_in(viewer).post(f"/documents/{letter.pk}/repeat/").status_code == 403


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize("address", ["/documents/", "/documents/?show=all"])
def test_the_list_takes_the_same_few_queries(
    official: User, signed_in: SignIn, number: int, address: str, django_assert_max_num_queries: Any
) -> None:
    for _ in range(number):
        DocumentFactory(owner=official, addressee=CompanyFactory(), reply_due=date(2026, 2, 2))
    client = signed_in(official)
    client.get(address)
    with django_assert_max_num_queries(8):
        client.get(address)
