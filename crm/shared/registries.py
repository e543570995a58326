"""How an upper app contributes to a lower one: it registers under a key, the lower one asks for that key."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

Contribution = TypeVar("Contribution", bound=Callable[..., object])


class Registry:
    """Functions by key, in the order of their ``position`` and name.

    >>> panels = Registry("panels")
    >>> @panels.register("companies.company", position=10)
    ... def deals_of_company(company, user): ...
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, list[tuple[int, str, Callable[..., object]]]] = defaultdict(list)

    def register(self, key: str, *, position: int = 50) -> Callable[[Contribution], Contribution]:
        """Return a decorator that registers a function under ``key``; the same function twice counts once."""

        def add(function: Contribution) -> Contribution:
            entry = (position, f"{function.__module__}.{function.__qualname__}", function)
            entries = self._entries[key]
            entries[:] = sorted([e for e in entries if e[1] != entry[1]] + [entry], key=lambda e: e[:2])
            return function

        return add

    def contributions(self, key: str) -> list[Callable[..., object]]:
        return [function for _, _, function in self._entries[key]]


#: ``(record, user) -> Panel | None``, by model label: what upper apps show on a record's page.
panels = Registry("panels")
#: ``(record, user) -> Iterable[TimelineEntry]``, by model label: what happened around a record.
timeline = Registry("timeline")


@dataclass(frozen=True, slots=True)
class Panel:
    """A section on a record's page: rendered with ``context`` added to the page's."""

    template: str
    context: dict[str, object]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened. ``icon`` is a Lucide name; ``title`` is translated, ``body`` is as people wrote it."""

    at: datetime
    icon: str
    title: str
    body: str = ""
    url: str = ""
    by: str = ""
