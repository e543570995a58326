"""One search over every kind of record: what a user may not see is neither found nor counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.db.models import CharField, Count, F, IntegerField, Q, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, Coalesce, Left, RowNumber
from django.urls import reverse

from crm.accounts.models import User
from crm.shared.formats import format_day
from crm.shared.navigation import Link
from crm.shared.registries import SearchKind, search_kinds, visible_records
from crm.shared.searching import contains_words, resembles_words
from leads.extraction.folding import fold

#: So many of a kind are shown beside the others, and so many where the kind was asked for alone.
A_FEW, MANY = 5, 50
LONGEST_QUERY = 200
LONGEST_TITLE = 250


@dataclass(frozen=True, slots=True)
class Found:
    """One record. ``url`` is empty where a page of its own does not exist."""

    title: str
    detail: str
    url: str


@dataclass(slots=True)
class FoundKind:
    """The records of one kind that were found: the first few, and how many there are in all."""

    kind: SearchKind
    total: int = 0
    records: list[Found] = field(default_factory=list)


def find_records(user: User, text: str, *, only: str = "") -> tuple[list[FoundKind], bool]:
    """Return what the user sees that holds every word of ``text``, by kind, and whether words were only resembled.

    Words are found in either script. Where nothing holds them, records with nearly such words are given instead.
    ``only`` limits to one kind, of which more is shown. One query, two where the first finds nothing.
    """
    text = text[:LONGEST_QUERY]
    if not fold(text):
        return [], False
    kinds = [kind for kind in search_kinds() if not only or kind.label == only]
    most = MANY if only else A_FEW
    found = _rows(user, kinds, contains_words(text), most)
    if found:
        return found, False
    nearly = resembles_words(text)
    return (_rows(user, kinds, nearly, most) if nearly is not None else []), True


def find_pages(links: Iterable[Link], text: str) -> list[Link]:
    """Return the pages of the side bar whose names begin like the words of ``text``."""
    words = fold(text[:LONGEST_QUERY]).split()
    return [
        link for link in links
        if words and all(any(part.startswith(word) for part in fold(str(link.title)).split()) for word in words)
    ]  # fmt: skip


def _rows(user: User, kinds: list[SearchKind], condition: Q, most: int) -> list[FoundKind]:
    queries = [_of_kind(user, kind, condition, most) for kind in kinds]
    if not queries:
        return []
    found = {kind.label: FoundKind(kind) for kind in kinds}
    rows = queries[0].union(*queries[1:], all=True).order_by() if len(queries) > 1 else queries[0]
    for label, key, title, detail, total, _place in sorted(rows, key=lambda row: row[-1]):
        one = found[label]
        one.total = total
        url = reverse(one.kind.url_name, args=[key]) if key is not None else ""
        one.records.append(Found(title or detail, _readable(detail) if title else "", url))
    return [one for one in found.values() if one.records]


def _readable(detail: str) -> str:
    """Return a day as the page writes days, and any other text as it is."""
    try:
        return format_day(date.fromisoformat(detail))
    except ValueError:
        return detail


def _of_kind(user: User, kind: SearchKind, condition: Q, most: int) -> Any:
    (visible_to,) = visible_records.contributions(kind.label)
    records = cast("QuerySet[Any]", visible_to(user)).filter(condition, archived_at__isnull=True).order_by()
    titled = Left(Cast(kind.title, TextField()), LONGEST_TITLE)
    detail = Coalesce(Left(Cast(kind.detail, TextField()), LONGEST_TITLE), Value("")) if kind.detail else Value("")
    return (
        records.annotate(
            found_kind=Value(kind.label, CharField()),
            found_key=F(kind.key),
            found_title=titled,
            found_detail=detail,
            found_total=Window(Count("pk")),
            found_place=Window(RowNumber(), order_by=F("pk").desc(), output_field=IntegerField()),
        )
        .filter(found_place__lte=most)
        .values_list("found_kind", "found_key", "found_title", "found_detail", "found_total", "found_place")
    )
