import random
import struct
import time
import zipfile
from io import BytesIO

import pytest

from leads.extraction.readers import MediaType, Reason, UnreadableDocument, check_upload
from leads.extraction.readers.checks import recognised_type
from tests.factories.files import (
    OLE_HEADER,
    letter,
    locked_pdf,
    pdf_file,
    rezipped,
    scanned_pdf,
    understated,
    word_file,
)

MEBIBYTE = 1024 * 1024
MACRO_TYPE = b"application/vnd.ms-word.document.macroEnabled.main+xml"
WORD_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def refusal_of(data: bytes, name: str = "report.docx") -> Reason:
    with pytest.raises(UnreadableDocument) as refused:
        check_upload(data, name)
    return refused.value.reason


def archive(members: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return stream.getvalue()


def with_type(data: bytes, new_type: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as word:
        types = word.read("[Content_Types].xml")
    return rezipped(data, replace={"[Content_Types].xml": types.replace(WORD_TYPE, new_type)})


@pytest.mark.parametrize("name", ["report.docx", "report.txt", "report.pdf", "отчёт", "a.exe"])
@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (word_file(["Мәтін"]), MediaType.WORD),
        (pdf_file(["Мәтін"]), MediaType.PDF),
        (b"\n\n" + pdf_file(["Мәтін"]), MediaType.PDF),
        (b"<!DOCTYPE html><p>x", MediaType.HTML),
        ("\ufeff<HTML><body>ә".encode("utf-16"), MediaType.HTML),
        (b"<?xml version='1.0'?>\n<!-- a --><!-- b -->\n<html>", MediaType.HTML),
        (b"<div><p>x</p></div>", MediaType.HTML),
        (bytes(letter("Мәтін", subject="Есеп")), MediaType.MAIL),
        (b"From a@b Tue Feb 24 09:30:00 2026\nFrom: a@b\nMessage-ID: <1@b>\n\nx", MediaType.MAIL),
        (b"From: Ainur, Invest\nDate: Fri, 24 Oct 2025\nSubject: the group\n\nHi, a pasted letter.", MediaType.TEXT),
        ("Мәтін".encode("kz1048"), MediaType.TEXT),
        (b"From: the visit\nTwo lines of a plain text", MediaType.TEXT),
        (b"Subject: visit\nDate: 24 February\n\nNo sender, so no letter.", MediaType.TEXT),
        (b"5 < 6 and <b>bold</b>", MediaType.TEXT),
    ],
)
def test_the_kind_is_told_from_the_content_not_the_name(data: bytes, media_type: MediaType, name: str):
    assert check_upload(data, name) is media_type


def test_the_name_decides_only_what_the_content_does_not_tell():
    assert check_upload(b"# x", "a.md") is MediaType.MARKDOWN
    assert check_upload(b"# x", "a.txt") is MediaType.TEXT
    assert check_upload(b"From: a@b\nDate: Fri, 24 Oct 2025\n\nx", "a.eml") is MediaType.MAIL
    assert check_upload(b"From: a@b\nDate: Fri, 24 Oct 2025\n\nx", "a.txt") is MediaType.TEXT
    assert check_upload(b"No letter at all", "a.eml") is MediaType.TEXT


@pytest.mark.parametrize("data", [b"", b"  \r\n\t", b"\xef\xbb\xbf\n", b"\0" * 100])
def test_an_empty_file_is_refused(data: bytes):
    assert refusal_of(data) is Reason.EMPTY


def test_ten_megabytes_pass_and_a_byte_more_does_not():
    assert check_upload(b"a" * (10 * MEBIBYTE), "a.txt") is MediaType.TEXT
    assert refusal_of(b"a" * (10 * MEBIBYTE + 1)) is Reason.TOO_LARGE
    assert refusal_of(b"%PDF-1.7" + b"a" * (11 * MEBIBYTE)) is Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (OLE_HEADER + b"\0" * 504, Reason.OLD_WORD_FORMAT),
        (OLE_HEADER + b"\0" * 504 + "WordDocument".encode("utf-16-le"), Reason.OLD_WORD_FORMAT),
        (OLE_HEADER + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED),
        (OLE_HEADER + b"\0" * 504 + "Workbook".encode("utf-16-le"), Reason.UNKNOWN_TYPE),
        (b"{\\rtf1\\ansi text}", Reason.UNKNOWN_TYPE),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, Reason.UNKNOWN_TYPE),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 50, Reason.UNKNOWN_TYPE),
        (b"MZ" + b"\x90\x00\x03" * 90, Reason.UNKNOWN_TYPE),
        (bytes(range(256)) * 40, Reason.UNKNOWN_TYPE),
        (archive({"a.txt": b"hello"}), Reason.UNKNOWN_TYPE),
        (archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}), Reason.UNKNOWN_TYPE),
        (word_file(["Мәтін"])[:2000], Reason.DAMAGED),
        (b"PK\x03\x04" + b"\0" * 500, Reason.DAMAGED),
        (rezipped(word_file(["Мәтін"]), add={"word/vbaProject.bin": b"x"}), Reason.CARRIES_MACROS),
        (with_type(word_file(["Мәтін"]), MACRO_TYPE), Reason.CARRIES_MACROS),
    ],
)
def test_files_of_other_kinds_are_refused_with_their_reason(data: bytes, reason: Reason):
    assert refusal_of(data) is reason


def test_a_word_file_with_encrypted_members_is_refused():
    data = bytearray(word_file(["Мәтін"]))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert refusal_of(bytes(data)) is Reason.ENCRYPTED


@pytest.mark.parametrize(
    "bomb",
    [
        rezipped(word_file(["x"]), add={"word/media/a.xml": b"\0" * (20 * MEBIBYTE)}),  # packed a thousand times
        rezipped(word_file(["x"]), add={f"word/media/{n}.bin": bytes(900_000) for n in range(70)}),  # 60 MB in all
        archive({f"{n}": b"" for n in range(2_001)}),
    ],
    ids=["ratio", "total", "members"],
)
def test_an_archive_that_would_unpack_to_too_much_is_refused_by_its_directory(bomb: bytes):
    assert refusal_of(bomb) is Reason.ZIP_BOMB


def test_a_directory_of_two_hundred_thousand_entries_is_refused_before_it_is_parsed():
    entry = b"PK\x01\x02" + bytes(42)
    ending = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(entry) * 200_000, 4, 0)
    started = time.process_time()
    assert refusal_of(b"PK\x03\x04" + entry * 200_000 + ending) is Reason.ZIP_BOMB
    assert time.process_time() - started < 0.5


def test_a_list_of_types_that_unpacks_without_end_is_refused():
    data = word_file(["x"])
    swollen = rezipped(data, replace={"[Content_Types].xml": WORD_TYPE + b" " * (2 * MEBIBYTE)})
    assert refusal_of(swollen) is Reason.ZIP_BOMB
    # Claiming less does not help: no more than the claim is unpacked, and the check sum then fails.
    assert refusal_of(understated(swollen, "[Content_Types].xml", 1000)) is Reason.DAMAGED


def test_a_real_word_file_with_a_large_picture_passes():
    picture = bytes((n * n) % 251 for n in range(300_000))
    assert (
        check_upload(rezipped(word_file(["Мәтін"]), add={"word/media/image1.png": picture}), "a.docx") is MediaType.WORD
    )


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_asks_for_a_password_is_refused(algorithm: str):
    assert refusal_of(locked_pdf(pdf_file(["Мәтін"]), password="secret", algorithm=algorithm)) is Reason.ENCRYPTED


def test_broken_bytes_raise_nothing_but_refusals():
    """Thousands of damaged files: each is recognised or refused, none ends in another error."""
    dice = random.Random(2026)
    letter_with_word = letter("Мәтін")
    letter_with_word.add_attachment(word_file(["x"]), maintype="application", subtype="octet-stream", filename="a")
    seeds = [
        word_file(["Мәтін"], table=[["a", "b"]]),
        pdf_file(["Мәтін"]),
        bytes(letter_with_word),
        "Мәтін".encode("utf-16"),
    ]
    outcomes = set()
    for _ in range(3000):
        data = bytearray(dice.choice(seeds))
        for _ in range(dice.choice([1, 5, 40])):
            place = dice.randrange(len(data) - 1)
            if dice.random() < 0.7:
                data[place] = dice.randrange(256)
            else:
                del data[place : place + dice.randrange(1, min(50, len(data) - 2))]
            if len(data) < 4:
                break
        try:
            outcomes.add(recognised_type(bytes(data), "a"))
        except UnreadableDocument as refused:
            outcomes.add(refused.reason)
    assert {Reason.DAMAGED, MediaType.WORD, MediaType.PDF, MediaType.MAIL} <= outcomes


def test_a_pdf_that_only_forbids_changes_passes():
    assert check_upload(locked_pdf(pdf_file(["Мәтін"]), password=""), "a.pdf") is MediaType.PDF


def test_what_only_reading_shows_is_not_said_here():
    assert check_upload(scanned_pdf(), "scan.pdf") is MediaType.PDF
    assert check_upload(pdf_file(["Мәтін"])[:-400], "cut.pdf") is MediaType.PDF
