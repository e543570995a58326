"""The side bar. Each app says in its own ``navigation.py`` which entries it has; the shell draws them.

    from crm.shared.navigation import Entry, navigation

    navigation.add(Entry("deals:board", "kanban", _("Deals board"), _("Deals"), position=30, phone=True))

An entry may bring ``count``, a function of the user that returns the records to count: all entries' records are
counted in one query. And it may bring ``shown``, which takes none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Entry:
    """One link. ``url_name`` is its address; pages of ``also`` (url names or namespaces) light it up too.

    On phones ``phone`` puts it into the bottom bar, ``on_top`` beside the name of the site; others are under "More".
    """

    url_name: str
    icon: str
    title: Any
    short: Any
    position: int
    phone: bool = False
    on_top: bool = False
    also: tuple[str, ...] = ()
    count: Callable[[Any], QuerySet] | None = None
    shown: Callable[[Any], bool] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one user sees it on one page."""

    url: str
    icon: str
    title: Any
    short: Any
    phone: bool
    on_top: bool
    is_current: bool
    count: int


class Navigation:
    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(self, entry: Entry) -> None:
        """Add the entry; the same address again replaces it."""
        self._entries[entry.url_name] = entry

    def __iter__(self) -> Iterable[Entry]:
        return iter(sorted(self._entries.values(), key=lambda entry: (entry.position, entry.url_name)))

    def links_for(self, request: HttpRequest) -> list[Link]:
        """Return the links that the request's user has, with their counts. One query."""
        user = request.user
        current = self._current(request)
        entries = [entry for entry in self if entry.shown is None or entry.shown(user)]
        counts = _counts(entries, user)
        return [
            Link(
                url=reverse(entry.url_name),
                icon=entry.icon,
                title=entry.title,
                short=entry.short,
                phone=entry.phone,
                on_top=entry.on_top,
                is_current=entry.url_name in current,
                count=counts.get(entry.url_name, 0),
            )
            for entry in entries
        ]

    def _current(self, request: HttpRequest) -> set[str]:
        """Return the entries that the page lights up: those that name it, else those that name its namespace."""
        match = request.resolver_match
        if match is None:
            return set()
        named = {one.url_name for one in self if match.view_name in (one.url_name, *one.also)}
        return named or {one.url_name for one in self if match.namespace in one.also}


def _counts(entries: Iterable[Entry], user: Any) -> dict[str, int]:
    """Return how many records each entry counts, by its address; those with none are left out."""
    counted = [
        entry.count(user).order_by().annotate(entry=Value(entry.url_name)).values("entry").annotate(number=Count("pk"))
        for entry in entries
        if entry.count
    ]
    rows = counted[0].union(*counted[1:], all=True).order_by() if counted else []
    return {row["entry"]: row["number"] for row in rows}


navigation = Navigation()
