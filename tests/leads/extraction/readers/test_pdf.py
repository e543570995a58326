import zlib
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from leads.extraction.readers import MediaType, Reason, UnreadableDocument, read_document
from tests.factories.files import FILES, locked_pdf, pdf_file, pdf_of_lines, scanned_pdf

PARAGRAPHS = [
    "Өңір делегациясы Бурсада",
    "17–19 ақпанда Ақтөбе облысының делегациясы Бурса қаласындағы өнеркәсіп аймағының басшылығымен кездесіп, құрылыс "
    "материалдары мен логистика бойынша келіссөз жүргізді.",
    "Аймақ 1960-жылдары құрылған, бүгінде 300-ден астам кәсіпорынды біріктіреді. Жүк тасымалы жөніндегі ұсынысты екі "
    "тарап сәуірге дейін дайындайды.",
]
TABLE = [["Ұйым", "Сома"], ["«Жайық құрылыс» ЖШС", "5 млн ₸"]]
TABLE_LINES = ["Ұйым | Сома", "«Жайық құрылыс» ЖШС | 5 млн ₸"]


def refusal_of(data: bytes) -> Reason:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(data, "report.pdf")
    return refused.value.reason


def raw_pdf(content: bytes, *, packed: bytes | None = None) -> bytes:
    """A page whose content stream is `content`, or the Flate data `packed`."""
    stream = packed if packed is not None else zlib.compress(content)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n4 0 obj<</Filter/FlateDecode/Length "
        + str(len(stream)).encode()
        + b">>stream\n"
        + stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF"
    )


@pytest.mark.parametrize("size", [9, 11, 14])
@pytest.mark.parametrize(("justify", "indent"), [(False, 0), (True, 0), (True, 35)])
def test_kazakh_paragraphs_come_back_letter_by_letter(size: float, justify: bool, indent: float):
    document = read_document(pdf_file(PARAGRAPHS, table=TABLE, size=size, justify=justify, indent=indent), "a.pdf")
    assert document.text.split("\n") == [*PARAGRAPHS, *TABLE_LINES]
    assert document.media_type is MediaType.PDF


def test_words_whose_letters_come_from_two_fonts_stay_whole():
    """Printed by a browser in a font without ә, қ, ң: those are drawn from another one, in the middle of words."""
    document = read_document((FILES / "printed-by-browser.pdf").read_bytes(), "a.pdf")
    assert document.text.split("\n") == [*PARAGRAPHS, *TABLE_LINES]
    assert document.title == PARAGRAPHS[0]


def test_a_paragraph_over_two_pages_is_one_and_running_heads_go():
    line = "Бұл жол барлық парақта бірдей ұзын болып, бетті толтырып тұрады да,"
    pages = [
        [(60, 800, "Ақтөбе облысы – есеп 2026")]
        + [(60, 760 - 14 * n, line) for n in range(20)]
        + [(300, 40, f"{number}")]
        for number in (1, 2, 3)
    ]
    document = read_document(pdf_of_lines(pages), "a.pdf")
    assert document.text == " ".join([line] * 60)


def test_a_page_turned_on_its_side_reads_the_same():
    writer = PdfWriter(PdfReader(BytesIO(pdf_file(PARAGRAPHS))))
    page = writer.pages[0]
    page.add_transformation([0, 1, -1, 0, 842, 0])  # drawn turned to the left …
    page.rotate(90)  # … and shown turned back
    stream = BytesIO()
    writer.write(stream)
    assert read_document(stream.getvalue(), "a.pdf").text.split("\n") == PARAGRAPHS


def test_a_pdf_that_only_forbids_changes_is_read():
    assert read_document(locked_pdf(pdf_file(PARAGRAPHS), password=""), "a.pdf").text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_locked_pdf_is_refused(algorithm: str):
    assert refusal_of(locked_pdf(pdf_file(PARAGRAPHS), password="secret", algorithm=algorithm)) is Reason.ENCRYPTED


@pytest.mark.parametrize("pages", [1, 3])
def test_a_scan_is_refused(pages: int):
    assert refusal_of(scanned_pdf(pages)) is Reason.NO_TEXT_LAYER


def test_a_scan_with_page_numbers_is_still_a_scan():
    assert refusal_of(pdf_of_lines([[(300, 40, f"{n} бет")] for n in range(5)])) is Reason.NO_TEXT_LAYER


def test_letters_without_a_meaning_are_no_text():
    """A font that draws letters but does not say which: what comes out is never shown as if it were text."""
    numbers = "".join(f"{number:04x}" for number in range(30, 90))
    nameless = b"5 0 obj<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    nameless += b"/Subtype/CIDFontType2/BaseFont/A/DW 500/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>]"
    data = raw_pdf(f"BT /F 12 Tf 50 700 Td <{numbers}> Tj ET".encode())
    data = data.replace(b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica", nameless)
    assert refusal_of(data) is Reason.NO_TEXT_LAYER


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_short_is_damaged(share: float):
    data = pdf_file(PARAGRAPHS * 20)
    assert refusal_of(data[: int(len(data) * share)]) is Reason.DAMAGED


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\n" + b"\xff" * 3000 + b"\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
    ],
)
def test_nonsense_is_refused(data: bytes):
    assert refusal_of(data) in {Reason.DAMAGED, Reason.NO_TEXT_LAYER, Reason.NO_TEXT}


def test_fifty_pages_are_read_and_one_more_is_not():
    line = [(60.0, 700.0, "Осы бетте келіссөздің қысқаша мазмұны жазылған.")]
    assert read_document(pdf_of_lines([line] * 50), "a.pdf").text.startswith("Осы бетте")
    assert refusal_of(pdf_of_lines([line] * 51)) is Reason.TOO_MANY_PAGES


def test_a_stream_that_unpacks_to_hundreds_of_megabytes_is_stopped():
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    assert refusal_of(raw_pdf(b"", packed=packed)) in {Reason.ZIP_BOMB, Reason.TOOK_TOO_MUCH_MEMORY}


def test_forms_that_draw_each_other_end():
    stream = b"BT /F 12 Tf 50 700 Td (Twenty letters and some more of them here.) Tj ET /X Do"
    data = raw_pdf(stream).replace(b"/Font<</F 5 0 R>>", b"/Font<</F 5 0 R>>/XObject<</X 4 0 R>>")
    data = data.replace(b"4 0 obj<<", b"4 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    assert read_document(data, "a.pdf").text == "Twenty letters and some more of them here."


def test_operators_with_wrong_operands_are_passed_over():
    stream = b"BT /F 12 Tf (a) Td 1 cm [] TJ () Tj 50 700 Td (Twenty letters and some more of them here.) Tj ET Q Q"
    assert read_document(raw_pdf(stream), "a.pdf").text == "Twenty letters and some more of them here."
