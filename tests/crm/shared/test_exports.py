"""Tables that leave the house carry no formula that somebody typed."""

import csv
import io
import zoneinfo
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from crm.shared.exports import MOST_CHARACTERS, safe_cell, table_as_csv, table_as_xlsx
from tests.hostile import hostile_inputs

FORMULAS = ["=1+1", "+7 701", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\ufeff=1", "＝1+1", "%0A=1", "|calc"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_a_text(text: str) -> None:
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["Бурса", "a = b", "3,5 млрд ₸", "", "1-3 March"])
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_numbers_days_and_truth_stay_what_they_are() -> None:
    values = [-5, Decimal("-1.50"), 0.5, True, date(2026, 3, 1), None]
    assert [safe_cell(value) for value in values] == values


def test_a_moment_is_the_readers_local_time() -> None:
    with timezone.override(zoneinfo.ZoneInfo("Asia/Almaty")):
        assert safe_cell(datetime(2026, 3, 1, 20, tzinfo=UTC)) == datetime.fromisoformat("2026-03-02T01:00")


def test_csv_comes_back_as_it_was_written() -> None:
    data = table_as_csv(["Сомасы", "=x"], [['Құрылыс; "A"\n2', Decimal("12.50")], ["=cmd|'/c calc'!A0", None]])
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [["Сомасы", "'=x"], ['Құрылыс; "A"\n2', "12.50"], ["'=cmd|'/c calc'!A0", ""]]


def test_a_workbook_holds_texts_and_numbers_and_no_formula() -> None:
    hostile = hostile_inputs()
    data = table_as_xlsx(["=Name", "Sum"], [[text, Decimal("12.50")] for text in hostile], title="=Deals [2026]: all")
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet.freeze_panes == "A2"
    assert len(list(sheet.iter_rows())) == len(hostile) + 1
    assert {cell.data_type for row in sheet.iter_rows() for cell in row[:1] if cell.value} <= {"s", "inlineStr"}
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} == {12.5}
    xml = ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    found = ElementTree.fromstring(xml).iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f")
    assert list(found) == []


def test_what_no_cell_holds_is_left_out() -> None:
    data = table_as_xlsx(["A"], [["a\x00\x0bb\ud800"], ["x" * 40_000]])
    sheet = load_workbook(io.BytesIO(data)).active
    assert [sheet["A2"].value, len(sheet["A3"].value)] == ["ab?", MOST_CHARACTERS]
