"""Nothing that a file or its name says of itself is trusted."""

import io

import pytest
from pytest_django import Settings

from crm.shared.files import FileRefused, attachment, check_paper, plain_name
from tests.factories.files import OLE_HEADER, pdf_file, rezipped, word_file
from tests.hostile import hostile_inputs

PNG, JPEG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20, b"\xff\xd8\xff\xe0" + b"\0" * 20


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (PNG, ".png"),
        (JPEG, ".jpg"),
        (b"II*\x00" + b"\0" * 8, ".tif"),
        (b"%PDF-1.7\n", ".pdf"),
        ("Хаттама № 5".encode(), ".txt"),
        ("Протокол № 5".encode("cp1251"), ".txt"),
    ],
)
def test_a_paper_is_known_by_its_content(data: bytes, ending: str) -> None:
    assert check_paper(data).ending == ending


def test_word_and_pdf_files_as_programs_write_them_are_papers() -> None:
    assert check_paper(word_file(["Хаттама"])).ending == ".docx"
    assert check_paper(pdf_file(["Minutes"])).ending == ".pdf"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\x00" + b"\0" * 60,
        b"\x7fELF" + b"\0" * 60,
        b"PK\x03\x04" + b"\0" * 60,
        OLE_HEADER + b"\0" * 600,
        b"<html><script>sapar_xss()</script></html>",
        b"<!DOCTYPE html><p>x",
        b"GIF89a<script>sapar_xss()</script>",
    ],
)
def test_other_kinds_are_refused_whatever_they_are_called(data: bytes) -> None:
    with pytest.raises(FileRefused):
        check_paper(data)


def test_a_word_file_with_macros_is_refused() -> None:
    with pytest.raises(FileRefused):
        check_paper(rezipped(word_file(["x"]), add={"word/vbaProject.bin": b"x"}))


def test_a_file_that_is_too_large_is_refused(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    with pytest.raises(FileRefused, match="larger"):
        check_paper(b"x" * 11)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\есеп.docx", "есеп.docx"),
        ("a\r\nSet-Cookie: x=1", "aSet-Cookie: x=1"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("..", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_of_a_name_only_the_plain_last_part_is_kept(name: str, kept: str) -> None:
    assert plain_name(name) == kept


@pytest.mark.parametrize("name", hostile_inputs(), ids=lambda name: ascii(name)[:40])
def test_no_name_gets_out_of_its_header(name: str) -> None:
    response = attachment(io.BytesIO(b"x"), name=name)
    assert b"".join(response) == b"x"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in response["Content-Disposition"]
    assert set(response.headers) == {
        "Content-Type",
        "Content-Disposition",
        "Content-Length",
        "X-Content-Type-Options",
        "Cache-Control",
        "Content-Security-Policy",
    }
    assert response["Content-Type"] == "application/octet-stream"
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")
