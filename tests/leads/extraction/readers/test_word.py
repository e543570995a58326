import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from leads.extraction.readers import MediaType, Reason, UnreadableDocument, read_document
from tests.factories.files import rezipped, saved, understated, word_file

DOCUMENT = "word/document.xml"


def refusal_of(data: bytes) -> Reason:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(data, "report.docx")
    return refused.value.reason


def with_body(xml: str) -> bytes:
    """A Word file whose body starts with this XML."""
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:sdtContent {nsdecls('w')}>{xml}</w:sdtContent>"))
    return saved(document)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_headers_paragraphs_and_tables_come_in_order():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ақтөбе облысы әкімдігі"
    document.add_heading("Бурсаға сапар", 1)
    document.add_paragraph("Бірінші  абзац:\u00a0300-ден астам ұйым.")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ["Ұйым", "Сома", "«Жайық» ЖШС", "5 млн"], strict=True
    ):
        cell.text = text
    document.add_paragraph("Соңғы абзац.")
    read = read_document(saved(document), "a.docx")
    assert read.text == (
        "Ақтөбе облысы әкімдігі\nБурсаға сапар\nБірінші абзац: 300-ден астам ұйым.\n"
        "Ұйым | Сома\n«Жайық» ЖШС | 5 млн\nСоңғы абзац."
    )
    assert read.title == "Бурсаға сапар"
    assert read.media_type is MediaType.WORD
    assert read.published is None


def test_cells_merged_across_and_nested_tables_are_read_once():
    document = docx.Document()
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "кең ұяшық"
    table.cell(0, 2).add_table(1, 1).cell(0, 0).text = "ішкі"
    assert read_document(saved(document), "a.docx").text == "кең ұяшық | ішкі"


def test_content_controls_links_breaks_and_revisions_are_read_as_shown():
    data = with_body(
        f"<w:sdt><w:sdtContent>{paragraph('басқару элементі')}</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>бір</w:t><w:tab/><w:t>екі</w:t><w:br/><w:t>үш</w:t><w:noBreakHyphen/><w:t>төрт</w:t></w:r></w:p>"
        "<w:p><w:ins w:id='1' w:author='a'><w:r><w:t>қосылды </w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='a'><w:r><w:delText>өшірілді</w:delText></w:r></w:del>"
        "<w:moveFrom w:id='3' w:author='a'><w:r><w:t>көшті</w:t></w:r></w:moveFrom>"
        "<w:hyperlink w:anchor='x'><w:r><w:t>сілтеме</w:t></w:r></w:hyperlink></w:p>"
    )
    assert read_document(data, "a.docx").text == "басқару элементі\nбір екі\nүш-төрт\nқосылды сілтеме"


def test_text_boxes_are_read_once_though_word_keeps_them_twice():
    box = f"<w:txbxContent>{paragraph('жақтаудағы мәтін')}</w:txbxContent>"
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    data = with_body(
        f"<w:p><w:r><w:t>негізгі</w:t><mc:AlternateContent xmlns:mc='{compatibility}'>"
        f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert read_document(data, "a.docx").text == "негізгі\nжақтаудағы мәтін"


def test_a_file_of_white_space_has_no_text():
    assert refusal_of(word_file(["  ", "\t"])) is Reason.NO_TEXT


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE x [<!ENTITY a 'ha'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1 or str()};' * 10}'>" for n in range(1, 10))
        + "]>",
    ],
    ids=["file", "billion laughs"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused_before_it_is_parsed(declaration: str, encoding: str):
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}<w:document {nsdecls("w")}><w:body/></w:document>'
    data = rezipped(word_file(["x"]), replace={DOCUMENT: xml.encode(encoding)})
    assert refusal_of(data) is Reason.DAMAGED


def test_a_member_larger_than_its_directory_claims_is_refused():
    data = rezipped(word_file(["x"]), add={"word/media/a.bin": bytes(30_000_000)})
    assert refusal_of(understated(data, "word/media/a.bin", 1000)) is Reason.DAMAGED


@pytest.mark.parametrize("content", [b"", b"<w:document", b"\xff\xfe\x00", b"<a/>"])
def test_broken_xml_is_damage(content: bytes):
    assert refusal_of(rezipped(word_file(["x"]), replace={DOCUMENT: content})) in {Reason.DAMAGED, Reason.NO_TEXT}


def test_bytes_flipped_inside_are_damage():
    data = bytearray(word_file(["Мәтін " * 500]))
    place = data.index(b"word/document.xml") + 60
    data[place : place + 40] = b"\xff" * 40
    assert refusal_of(bytes(data)) is Reason.DAMAGED


def test_a_text_too_long_is_refused():
    assert refusal_of(word_file(["сөз " * 60_000])) is Reason.TEXT_TOO_LONG
