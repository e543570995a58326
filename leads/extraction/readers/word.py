"""Word files (.docx)."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from .archive import check_members, check_word_archive
from .document import DocumentText, MediaType, checked_text, tidy_text
from .errors import Reason, UnreadableDocument

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _BOX = qn("w:t"), qn("w:txbxContent")
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:noBreakHyphen"): "-"}
# Word keeps text boxes twice (the second time for old programs) and what was deleted or moved away under revision.
_NOT_SHOWN = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:pPr"),
    qn("w:rPr"),
}
_TITLE_STYLES = {"Title", "Heading 1"}
CELL_SEPARATOR = " | "


def read(data: bytes) -> DocumentText:
    """Page headers first, then the body in order: paragraphs, tables (a row a line), text boxes, revisions accepted."""
    check_word_archive(data)
    check_members(data)
    try:
        document = Document(BytesIO(data))
    except (OpcError, LxmlError, BadZipFile, KeyError, ValueError) as error:
        raise UnreadableDocument(Reason.DAMAGED, f"{type(error).__name__}: {error}") from error
    lines = [*_header_lines(document), *_lines(document.element.body)]
    return DocumentText(checked_text(tidy_text("\n".join(lines))), MediaType.WORD, title=_title(document))


def _header_lines(document: WordDocument) -> list[str]:
    """The headers of all sections, each line once: most repeat the one before."""
    lines: dict[str, None] = {}
    for section in document.sections:
        for header in (section.first_page_header, section.header):
            if not header.is_linked_to_previous:
                lines.update(dict.fromkeys(_lines(header._element)))
    return [line for line in lines if line.strip()]


def _lines(container: Any) -> Iterator[str]:
    """The lines of everything inside, also inside content controls and the like, which the library's own walk leaves
    out. One line a paragraph; text boxes follow the paragraph they hang on."""
    for child in container:
        if child.tag == _PARAGRAPH:
            yield from _paragraph_lines(child)
        elif child.tag == _TABLE:
            for row in _nearest(child, _ROW):
                yield _row_line(row)
        elif isinstance(child.tag, str) and child.tag not in _NOT_SHOWN:
            yield from _lines(child)


def _paragraph_lines(paragraph: Any) -> Iterator[str]:
    pieces: list[str] = []
    boxes: list[Any] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == _TEXT:
            pieces.append(element.text or "")
        elif element.tag in _BREAKS:
            pieces.append(_BREAKS[element.tag])
        elif element.tag == _BOX:
            boxes.append(element)
        elif isinstance(element.tag, str) and element.tag not in _NOT_SHOWN:
            waiting.extend(reversed(element))
    yield "".join(pieces)
    for box in boxes:
        yield from _lines(box)


def _row_line(row: Any) -> str:
    cells = (" ".join(" ".join(_lines(cell)).split()) for cell in _nearest(row, _CELL))
    return CELL_SEPARATOR.join(cell for cell in cells if cell)


def _nearest(element: Any, tag: str) -> Iterator[Any]:
    """The descendants with this tag, except those inside another of them: rows and cells may stand in controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _NOT_SHOWN:
            yield from _nearest(child, tag)


def _title(document: WordDocument) -> str | None:
    """The first paragraph set as a title. The file's own "title" property is often that of the template."""
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name in _TITLE_STYLES and paragraph.text.strip():
            return tidy_text(paragraph.text).replace("\n", " ")
    return None
