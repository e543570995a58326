import time

import pytest

from leads.extraction.readers import MediaType, Reason, UnreadableDocument, read_document

KAZAKH = " Өзара ынтымақтастық  күшейеді\n17-19 ақпанда\tделегация болды.\n\n\nД.АЙДАР."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
def test_plain_text_is_kept_as_it_stands(encoding: str):
    document = read_document(KAZAKH.encode(encoding), "report.txt")
    assert document.text == KAZAKH
    assert document.media_type is MediaType.TEXT
    assert document.published is None
    assert document.title is None


def test_windows_line_ends_become_plain_ones():
    assert read_document("бір\r\nекі\r\n".encode(), "a.txt").text == "бір\nекі\n"


def test_markdown_loses_its_marks_and_gives_its_title():
    text = (
        "# Бурсаға **сапар**\n\nӘкім *жаңа* [келісімге](https://example.kz/a_b) __қол__ қойды.\n\n- бір_екі_үш: 2*3*4\n"
    )
    document = read_document(text.encode(), "report.MD")
    assert document.text == "Бурсаға сапар\n\nӘкім жаңа келісімге қол қойды.\n\n- бір_екі_үш: 2*3*4\n"
    assert document.title == "Бурсаға сапар"
    assert document.media_type is MediaType.MARKDOWN


def test_markdown_tables_lose_only_their_rule():
    assert (
        read_document("| Ұйым | Сома |\n|---|:---:|\n| А | 5 |\n".encode(), "a.md").text
        == "| Ұйым | Сома |\n| А | 5 |\n"
    )


def test_a_text_with_hashes_but_another_name_is_no_markdown():
    assert read_document("# 1 *сөз*".encode(), "a.txt").text == "# 1 *сөз*"


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(
    "line",
    ["*a " * 60_000, "[" * 190_000, "# " + " " * 190_000 + "x", "-" * 190_000 + "x", "_" * 190_000, "[a](" * 45_000],
)
def test_an_endless_line_takes_no_time(name: str, line: str):
    started = time.process_time()
    assert read_document(f"сөз {line}".encode(), name).text.startswith("сөз ")
    assert time.process_time() - started < 8


@pytest.mark.parametrize("size", [200_001, 900_000, 9_000_000])
def test_a_text_too_long_to_read_is_refused(size: int):
    with pytest.raises(UnreadableDocument) as refused:
        read_document(b"a" * size, "a.txt")
    assert refused.value.reason is Reason.TEXT_TOO_LONG
