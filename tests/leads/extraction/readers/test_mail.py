from datetime import date

import pytest

from leads.extraction.readers import LeftOut, MediaType, Reason, UnreadableDocument, read_document
from tests.factories.files import OLE_HEADER, letter, pdf_file, rezipped, scanned_pdf, word_file

WORD = {"maintype": "application", "subtype": "vnd.openxmlformats-officedocument.wordprocessingml.document"}
BINARY = {"maintype": "application", "subtype": "octet-stream"}


def test_subject_body_and_date_are_read():
    message = letter("Бірінші абзац.\n\nЕкінші абзац.\n", subject="Бурсаға сапар туралы есеп, ұзақ тақырып " * 3)
    document = read_document(bytes(message), "a.eml")
    assert (
        document.text
        == f"{('Бурсаға сапар туралы есеп, ұзақ тақырып ' * 3).strip()}\n\nБірінші абзац.\n\nЕкінші абзац."
    )
    assert document.title == ("Бурсаға сапар туралы есеп, ұзақ тақырып " * 3).strip()
    assert document.published == date(2026, 2, 24)
    assert document.media_type is MediaType.MAIL
    assert document.left_out == ()


def test_the_day_is_the_senders_own():
    message = letter("Мәтін", date="Tue, 24 Feb 2026 00:30:00 +0500")  # still the 23rd in Greenwich
    assert read_document(bytes(message), "a.eml").published == date(2026, 2, 24)


@pytest.mark.parametrize(
    "sent", ["yesterday", "Tue, 99 Feb 2026 00:30:00 +0500", "Tue, 24 Feb 2026 00:30:00 +99999999999999"]
)
def test_a_date_nobody_can_read_is_none(sent: str):
    data = bytes(letter("Мәтін")).replace(b"Tue, 24 Feb 2026 09:30:00 +0500", sent.encode())
    assert read_document(data, "a.eml").published is None


def test_a_letter_in_html_alone_is_read_as_a_page():
    message = letter("<p>Бірінші <b>а</b>бзац.</p><p>Екінші.</p>", html=True)
    assert read_document(bytes(message), "a.eml").text == "Бірінші абзац.\nЕкінші."


def test_plain_text_goes_before_html():
    message = letter("қарапайым")
    message.add_alternative("<p>безендірілген</p>", subtype="html")
    assert read_document(bytes(message), "a.eml").text == "қарапайым"


@pytest.mark.parametrize("declared", [b"utf-8", b"us-ascii", b"no-such-charset", b""])
def test_a_body_in_an_old_code_page_is_read_whatever_it_declares(declared: bytes):
    data = (
        b"From: a@example.kz\r\nDate: Tue, 24 Feb 2026 09:30:00 +0500\r\nContent-Type: text/plain"
        + (b"; charset=" + declared if declared else b"")
        + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + "Қазақстан өңірлерінің ұсыныстары әзірленді.".encode("kz1048")
    )
    assert read_document(data, "a.eml").text == "Қазақстан өңірлерінің ұсыныстары әзірленді."


def test_lines_broken_by_the_mail_program_are_whole_again():
    body = (
        "Делегация посетила индустриальную зону и обсудила с компанией льготы,\n"
        "тарифы и порядок приёма резидентов; стороны условились обменяться до\n"
        "конца марта проектами договоров, а также назначить ответственных лиц.\n"
        "Вторая встреча прошла в торговой палате города, где строители впервые\n"
        "говорили о бетоне и железобетоне.\n"
    )
    assert read_document(bytes(letter(body)), "a.eml").text == body.strip().replace("\n", " ")


@pytest.mark.parametrize(
    ("data", "kind", "name"),
    [
        (word_file(["Қосымшадағы мәтін, есептің өзі."]), WORD, "есеп.docx"),
        (pdf_file(["Қосымшадағы мәтін, есептің өзі."]), {"maintype": "application", "subtype": "pdf"}, "есеп.pdf"),
        (pdf_file(["Қосымшадағы мәтін, есептің өзі."]), BINARY, "noname"),
        ("Қосымшадағы мәтін, есептің өзі.".encode("kz1048"), BINARY, "есеп.txt"),
        ("<html><p>Қосымшадағы мәтін, есептің өзі.".encode(), {"maintype": "text", "subtype": "html"}, "есеп.html"),
    ],
)
def test_an_attachment_of_a_known_kind_is_read(data: bytes, kind: dict[str, str], name: str):
    message = letter("Хатқа қоса тіркелді.")
    message.add_attachment(data, **kind, filename=name)
    document = read_document(bytes(message), "a.eml")
    assert document.text == "Хатқа қоса тіркелді.\n\nҚосымшадағы мәтін, есептің өзі."
    assert document.left_out == ()


def test_attachments_that_cannot_be_read_are_named():
    message = letter("Хаттың өзі.")
    refused = {
        "ескі.doc": (OLE_HEADER + b"\0" * 600, Reason.OLD_WORD_FORMAT),
        "macro.docm": (rezipped(word_file(["x"]), add={"word/vbaProject.bin": b"x"}), Reason.CARRIES_MACROS),
        "scan.pdf": (scanned_pdf(), Reason.NO_TEXT_LAYER),
        "cut.pdf": (pdf_file(["x"])[:-500], Reason.DAMAGED),
        "bomb.docx": (rezipped(word_file(["x"]), add={"word/a": bytes(20_000_000)}), Reason.ZIP_BOMB),
        "photo.png": (b"\x89PNG\r\n\x1a\n" + bytes(50), Reason.UNKNOWN_TYPE),
    }
    for name, (data, _) in refused.items():
        message.add_attachment(data, **BINARY, filename=name)
    document = read_document(bytes(message), "a.eml")
    assert document.text == "Хаттың өзі."
    assert document.left_out == tuple(LeftOut(name, reason) for name, (_, reason) in refused.items())


def test_a_logo_inside_the_body_is_not_worth_a_word():
    message = letter("<p>Хаттың өзі.<img src='cid:logo'></p>", html=True)
    message.add_related(b"\x89PNG\r\n\x1a\n" + bytes(50), "image", "png", cid="<logo>")
    assert read_document(bytes(message), "a.eml").left_out == ()


def test_a_letter_that_is_nothing_but_an_unreadable_file_is_refused_for_it():
    message = letter("", subject="Есеп")
    message.add_attachment(scanned_pdf(), **BINARY, filename="scan.pdf")
    with pytest.raises(UnreadableDocument) as refused:
        read_document(bytes(message), "a.eml")
    assert refused.value.reason is Reason.NO_TEXT_LAYER


def test_an_attached_letter_is_read_but_what_hangs_on_it_is_not():
    innermost = letter("Ең ішкі хат.", subject="Үшінші")
    inner = letter("Ішкі хат.", subject="Екінші")
    inner.add_attachment(innermost)
    inner.add_attachment("Ішкі қосымша.".encode(), **BINARY, filename="a.txt")
    outer = letter("Сыртқы хат.", subject="Бірінші")
    outer.add_attachment(inner)
    assert read_document(bytes(outer), "a.eml").text == "Бірінші\n\nСыртқы хат.\n\nЕкінші\n\nІшкі хат."


def test_letters_nested_a_thousand_times_do_no_harm():
    data = b"From: a@b\nDate: x\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" * 3000
    with pytest.raises(UnreadableDocument) as refused:
        read_document(data, "a.eml")
    assert refused.value.reason in {Reason.DAMAGED, Reason.NO_TEXT, Reason.UNKNOWN_TYPE}
