"""Tables that leave the house. What people typed never becomes a formula in somebody's spreadsheet.

Whoever hands one out also says so in the audit log (``crm.audit.services.record_export``).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
#: What makes a spreadsheet take a cell for a formula; the wide forms too, which some programs fold.
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
#: What XML, and so a workbook, cannot hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: A spreadsheet's cell holds no more.
MOST_CHARACTERS = 32_767
WIDEST, NARROWEST = 60, 8


def plain_text(value: object) -> str:
    """Return ``value`` as the text of a cell: without control characters, no longer than a cell may be."""
    text = UNWRITABLE.sub("", str(value)).encode("utf-8", "replace").decode()
    return text[:MOST_CHARACTERS]


def is_formula(text: str) -> bool:
    """Would a spreadsheet calculate this text, were it typed or read from CSV?"""
    return text.lstrip(" \u00a0\u200b\ufeff").startswith(FORMULA_BEGINS)


def safe_text(value: object) -> str:
    """Return ``value`` as text that no spreadsheet takes for a formula: such a text gets an apostrophe in front."""
    text = plain_text(value)
    return f"'{text}"[:MOST_CHARACTERS] if is_formula(text) else text


def safe_cell(value: object) -> Any:
    """Return ``value`` as a cell: numbers, days and truth as they are, ``None`` as such, the rest as safe text."""
    return _number_or_day(value) if _is_plain(value) else safe_text(value)


def table_as_csv(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """Return the table as CSV, in UTF-8 with a mark that Excel needs to know it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([safe_text(heading) for heading in headings])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig", "replace")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a workbook."""

    title: str
    headings: Sequence[object]
    rows: Iterable[Sequence[object]]


def table_as_xlsx(headings: Sequence[object], rows: Iterable[Sequence[object]], *, title: str = "") -> bytes:
    """Return the table as an Excel file of one sheet, its headings bold and always in sight."""
    return book_as_xlsx([Sheet(title, headings, rows)])


def book_as_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """Return the tables as an Excel file, one sheet each.

    Texts are written as texts, never as formulas, and so stay without the apostrophe's help.
    """
    book = Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(_sheet_title(one.title))
        filled = [[_excel_cell(sheet, value) for value in row] for row in one.rows]
        bold = [_excel_cell(sheet, str(heading), font=Font(bold=True)) for heading in one.headings]
        for number, cells in enumerate(zip(bold, *filled, strict=False), start=1):
            longest = max((len(str(cell.value)) for cell in cells if cell.value is not None), default=0)
            sheet.column_dimensions[get_column_letter(number)].width = min(max(longest + 2, NARROWEST), WIDEST)
        sheet.freeze_panes = "A2"
        for row in [bold, *filled]:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _excel_cell(sheet: Any, value: object, font: Font | None = None) -> Any:
    text = plain_text(value) if isinstance(value, str) or not _is_plain(value) else None
    cell = WriteOnlyCell(sheet, value=_number_or_day(value) if text is None else text)
    if text is not None:
        cell.data_type, cell.quotePrefix = "s", is_formula(text)
    if font is not None:
        cell.font = font
    return cell


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, (bool, int, float, Decimal, date))


def _number_or_day(value: object) -> Any:
    """Spreadsheets know no time zones: a moment becomes the reader's local time."""
    return timezone.make_naive(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _sheet_title(title: str) -> str:
    """Excel allows 31 characters, without some."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in safe_text(title))[:31].strip() or "Sapar"
