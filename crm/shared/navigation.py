"""The side bar. Each app says in its own ``navigation.py`` which entries it has; the shell draws them.

    from crm.shared.navigation import Entry, navigation

    navigation.add(Entry("deals:board", "kanban", _("Deals board"), _("Deals"), position=30, phone=True))

An entry may bring ``count``, a function of the user that takes one query at most, and ``shown``, which takes none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Entry:
    """One link. ``url_name`` is its address; pages of ``also`` (url names or namespaces) light it up too."""

    url_name: str
    icon: str
    title: Any
    short: Any
    position: int
    phone: bool = False
    also: tuple[str, ...] = ()
    count: Callable[[Any], int] | None = None
    shown: Callable[[Any], bool] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one user sees it on one page."""

    url: str
    icon: str
    title: Any
    short: Any
    phone: bool
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
        """Return the links that the request's user has, with their counts: one query at most for each count."""
        user = request.user
        return [
            Link(
                url=reverse(entry.url_name),
                icon=entry.icon,
                title=entry.title,
                short=entry.short,
                phone=entry.phone,
                is_current=_is_current(entry, request),
                count=entry.count(user) if entry.count else 0,
            )
            for entry in self
            if entry.shown is None or entry.shown(user)
        ]


def _is_current(entry: Entry, request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None:
        return False
    return match.view_name in (entry.url_name, *entry.also) or match.namespace in entry.also


navigation = Navigation()
