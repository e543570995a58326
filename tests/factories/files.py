"""Report files, made as the programs of the world make them: good ones and hostile ones."""

import struct
import zipfile
from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from pypdf import PdfReader, PdfWriter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

FILES = Path(__file__).parents[1] / "files"
OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def word_file(paragraphs: Iterable[str], *, table: Sequence[Sequence[str]] = (), header: str = "") -> bytes:
    """A .docx: paragraphs, then the table, then nothing; `header` on every page."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def rezipped(data: bytes, *, replace: dict[str, bytes] | None = None, add: dict[str, bytes] | None = None) -> bytes:
    """The archive with some members replaced or added."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, (replace or {}).get(member.filename, old.read(member)))
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return stream.getvalue()


def understated(data: bytes, member: str, size: int) -> bytes:
    """The archive with a directory that claims `member` unpacks to `size` bytes."""
    position = data.rindex(member.encode()) - 46  # the directory's entry: 46 bytes, then the name
    assert data[position : position + 4] == b"PK\x01\x02"
    return data[: position + 24] + struct.pack("<I", size) + data[position + 28 :]


def pdf_file(
    paragraphs: Iterable[str],
    *,
    table: Sequence[Sequence[str]] = (),
    size: float = 11,
    justify: bool = False,
    indent: float = 0,
) -> bytes:
    """A .pdf with a text layer: paragraphs set in lines, then the table."""
    font = _font()
    style = ParagraphStyle(
        "body", fontName=font, fontSize=size, leading=size * 1.3, alignment=4 if justify else 0, firstLineIndent=indent
    )
    story: list[Paragraph | Table] = [Paragraph(escape(paragraph), style) for paragraph in paragraphs]
    if table:
        story.append(Table(table, colWidths=200, style=[("FONT", (0, 0), (-1, -1), font)]))
    stream = BytesIO()
    SimpleDocTemplate(stream, invariant=True).build(story)
    return stream.getvalue()


def pdf_of_lines(pages: Iterable[Iterable[tuple[float, float, str]]]) -> bytes:
    """A .pdf with each line of text at the place (x, y) given for it, 11 points high."""
    stream = BytesIO()
    canvas = Canvas(stream, invariant=True)
    for page in pages:
        canvas.setFont(_font(), 11)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def scanned_pdf(pages: int = 1) -> bytes:
    """A .pdf of pictures alone."""
    stream = BytesIO()
    canvas = Canvas(stream)
    for _ in range(pages):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def locked_pdf(data: bytes, *, password: str, algorithm: str = "RC4-128") -> bytes:
    """The same .pdf, opening with a password only (with none, if that is empty, but then not to be changed)."""
    writer = PdfWriter(PdfReader(BytesIO(data)))
    writer.encrypt(password, "owner", algorithm=algorithm)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def letter(body: str, *, subject: str = "", date: str = "", html: bool = False) -> EmailMessage:
    """An e-mail; attach what is needed, then take `bytes(…)` of it."""
    message = EmailMessage()
    message["From"] = "Айдана <a.serik@example.kz>"
    message["To"] = "office@example.kz"
    if subject:
        message["Subject"] = subject
    message["Date"] = date or "Tue, 24 Feb 2026 09:30:00 +0500"
    message.set_content(body, subtype="html" if html else "plain")
    return message


@cache
def _font() -> str:
    pdfmetrics.registerFont(TTFont("Report", FILES / "DejaVuSans-subset.ttf"))
    return "Report"
