"""PDF files with a text layer. A scan is refused: no text is guessed from pictures."""

import unicodedata
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PdfReadError

from .document import DocumentText, MediaType, checked_text, tidy_text, title_if_said
from .errors import Reason, UnreadableDocument
from .limits import MAX_PDF_PAGES, MAX_TEXT_CHARACTERS
from .pdf_glyphs import Face, runs_of
from .pdf_lines import Line, lines_of, paragraphs_of

_END_WITHIN_BYTES = 4096
# A scan often carries a stamp or a page number as text.
_FEWEST_LETTERS_A_PAGE = 20
_MOST_UNKNOWN = 0.1


def read(data: bytes) -> DocumentText:
    """The paragraphs of all pages, in the order they are drawn."""
    if b"%%EOF" not in data[-_END_WITHIN_BYTES:]:
        raise UnreadableDocument(Reason.DAMAGED, "the end of the file is missing")
    try:
        reader = PdfReader(BytesIO(data))
        pages = _pages(reader)
        claimed = reader.metadata.title if reader.metadata else None
    except (FileNotDecryptedError, DependencyError) as error:
        raise UnreadableDocument(Reason.ENCRYPTED, str(error)) from error
    except LimitReachedError as error:
        raise UnreadableDocument(Reason.ZIP_BOMB, str(error)) from error
    except PdfReadError as error:
        raise UnreadableDocument(Reason.DAMAGED, str(error)) from error
    _refuse_scan(pages)
    text = checked_text(tidy_text("\n".join(paragraphs_of(pages))))
    return DocumentText(text, MediaType.PDF, title=title_if_said(claimed, text))


def _pages(reader: PdfReader) -> list[list[Line]]:
    if len(reader.pages) > MAX_PDF_PAGES:
        raise UnreadableDocument(Reason.TOO_MANY_PAGES, f"{len(reader.pages)} pages")
    pages = []
    length = 0
    faces: dict[int, Face] = {}
    for page in reader.pages:
        lines = lines_of(runs_of(page, faces))
        length += sum(len(line.text) for line in lines)
        if length > 2 * MAX_TEXT_CHARACTERS:  # never more than twice what is left after joining
            raise UnreadableDocument(Reason.TEXT_TOO_LONG, f"{length} characters")
        pages.append(lines)
    return pages


def _refuse_scan(pages: list[list[Line]]) -> None:
    """No letters, or letters whose meaning the file does not give: both come out as nothing anybody could read."""
    text = "".join(line.text for lines in pages for line in lines)
    letters = sum(character.isalpha() for character in text)
    unknown = sum(character == "\ufffd" or unicodedata.category(character) in {"Co", "Cn", "Cc"} for character in text)
    if letters < _FEWEST_LETTERS_A_PAGE * len(pages):
        raise UnreadableDocument(Reason.NO_TEXT_LAYER, f"{letters} letters on {len(pages)} pages")
    if unknown > _MOST_UNKNOWN * len(text):
        raise UnreadableDocument(Reason.NO_TEXT_LAYER, f"{unknown} of {len(text)} characters have no meaning")
