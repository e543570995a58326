"""Word files as offices hand them on: an A4 page, Times New Roman, a bold heading in the middle, plain tables."""

import io
from collections.abc import Sequence
from typing import Any

from django.utils import translation
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from crm.shared.exports import plain_text

#: The languages in which a region writes its papers.
PAPER_LANGUAGES = ("kk", "ru")


def in_paper_language(asked: str) -> translation.override:
    """Return what puts the words of a paper into the language ``asked`` for, else into the page's."""
    return translation.override(asked if asked in PAPER_LANGUAGES else translation.get_language())


def new_document() -> Any:
    """Return an empty document of A4 pages with an office's margins and letters."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(1.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.paragraph_format.space_after = Pt(4)
    return document


def add_heading(document: Any, *lines: str) -> None:
    """Write bold lines in the middle."""
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(plain_text(line)).bold = True


def add_subheading(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(plain_text(text)).bold = True


def add_text(document: Any, text: str, *, size: float = 12) -> None:
    document.add_paragraph().add_run(plain_text(text)).font.size = Pt(size)


def add_to_the_right(document: Any, *lines: str) -> None:
    """Write bold lines in the right half of the page, as whom a letter goes to stands there."""
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(9)
        paragraph.add_run(plain_text(line)).bold = True


def add_points(document: Any, points: Sequence[str], *, size: float = 12) -> None:
    """Write one bullet for each of the points."""
    for point in points:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(plain_text(point)).font.size = Pt(size)


def add_table(document: Any, headings: Sequence[str], rows: Sequence[Sequence[str]], *, numbers_from: int = 1) -> None:
    """Write a table with bold headings; columns from the number ``numbers_from`` on stand to the right."""
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    for cells, texts in ((table.rows[0].cells, headings), *((table.add_row().cells, row) for row in rows)):
        for number, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            if number >= numbers_from:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = paragraph.add_run(plain_text(text))
            run.font.size, run.bold = Pt(10), cells is table.rows[0].cells


def as_bytes(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
