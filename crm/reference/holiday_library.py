"""Kazakhstan's days off as the ``holidays`` library computes them, named in three languages."""

import csv
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypedDict

import holidays

from crm.reference.choices import DayKind

NAMES = Path(__file__).resolve().parent / "data" / "holiday_names.csv"
LABELS_IN_RUSSIAN = {
    "қайта белгіленген демалыс": "перенос",
    "бағаланған": "дата уточняется",
    "қайта белгіленген демалыс, бағаланған": "перенос, дата уточняется",
}
MOVED_FROM = re.compile(r"Демалыс күні \((\d\d\.\d\d\.\d{4}) бастап ауыстырылды\)")
LABELLED = re.compile(r"(?P<name>.+?)(?: \((?P<label>[^)]+)\))?")


class HolidayRow(TypedDict):
    date: date
    kind: str
    name_kk: str
    name_ru: str
    name_en: str


def computed_holidays(years: Iterable[int]) -> list[HolidayRow]:
    """Return the days off and the worked weekend days of ``years`` in the order of their dates.

    Substitutes for holidays on a weekend are rows of their own. The library knows no Russian: those names are ours.
    Days that follow the moon are estimates until they are announced, and say so.
    """
    kazakh = holidays.country_holidays("KZ", years=sorted(set(years)), language="kk")
    english = holidays.country_holidays("KZ", years=sorted(set(years)), language="en_US")
    rows = [
        HolidayRow(
            date=day,
            kind=DayKind.DAY_OFF.value,
            name_kk=kazakh[day],
            name_ru="; ".join(map(_in_russian, kazakh.get_list(day))),
            name_en=english[day],
        )
        for day in kazakh
    ]
    rows += [
        HolidayRow(
            date=day,
            kind=DayKind.WORKING_DAY.value,
            name_kk="Жұмыс күні (ауыстырылды)",
            name_ru="Рабочий день (перенос)",
            name_en="Working day (moved)",
        )
        for day in kazakh.weekend_workdays
        if day.year in set(years)
    ]
    return sorted(rows, key=lambda row: row["date"])


def _in_russian(kazakh: str) -> str:
    """Return the Russian name; one that the list does not know stays Kazakh rather than wrong."""
    if moved := MOVED_FROM.fullmatch(kazakh):
        return f"Выходной день (перенос с {moved[1]})"
    parts = LABELLED.fullmatch(kazakh)
    if parts is None:
        return kazakh
    name = _russian_names().get(parts["name"], parts["name"])
    label = LABELS_IN_RUSSIAN.get(parts["label"] or "", "")
    return f"{name} ({label})" if label else name


@cache
def _russian_names() -> dict[str, str]:
    with NAMES.open(encoding="utf-8", newline="") as lines:
        return {row["name_kk"]: row["name_ru"] for row in csv.DictReader(lines)}
