"""Lists that are sorted by the links in their headings: ``?sort=city`` and ``?sort=-city``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Sorting:
    """The column that a list is sorted by, and which way."""

    columns: Mapping[str, tuple[str, ...]]
    column: str
    descending: bool

    def apply[Records: QuerySet[Any]](self, records: Records) -> Records:
        """Return ``records`` in this order; empty values come last either way, equal ones in a fixed order."""
        fields = [F(name) for name in self.columns[self.column]]
        ordered = [f.desc(nulls_last=True) if self.descending else f.asc(nulls_last=True) for f in fields]
        return records.order_by(*ordered, "pk")

    def state(self, column: str) -> str:
        """Return the ``aria-sort`` of a column's heading."""
        if column != self.column:
            return "none"
        return "descending" if self.descending else "ascending"

    def link(self, column: str) -> str:
        """Return the value of ``sort`` that a press on the heading asks for: the other way where it is sorted."""
        return f"-{column}" if self.state(column) == "ascending" else column


def sorting_of(request: HttpRequest, columns: Mapping[str, tuple[str, ...]], *, default: str) -> Sorting:
    """Return the order that ``?sort=`` asks for, out of ``columns`` (name → model fields).

    An unknown column is the default.

    >>> sorting_of(request, {"name": ("name",), "country": ("country", "city")}, default="-name")
    """
    asked = request.GET.get("sort", default)
    if asked.removeprefix("-") not in columns:
        asked = default
    return Sorting(columns, asked.removeprefix("-"), asked.startswith("-"))
