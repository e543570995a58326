"""How an upper app contributes to a lower one: it registers under a key, the lower one asks for that key."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from crm.shared.errors import RecordNotFound

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
        return [entry[2] for entry in self._entries.get(key, ())]

    def keys(self) -> list[str]:
        return sorted(self._entries)


#: The key of contributions to records of every kind.
ANY = "*"
#: ``(record, user) -> Panel | None``, by model label: what upper apps show on a record's page.
panels = Registry("panels")
#: ``(record, user) -> Iterable[TimelineEntry]``, by model label: what happened around a record.
timeline = Registry("timeline")
#: ``(user) -> QuerySet``, by model label: which records of that kind a user may see. One for each kind.
visible_records = Registry("visible_records")
#: ``(record) -> dict``, by model label: what the record's folded columns (``search_text`` …) must hold. One each.
search_keys = Registry("search_keys")
#: ``(record) -> Iterable[QuerySet]``, by model label: rows that belong to a record and are logged for themselves.
parts = Registry("parts")
#: ``(person, *, by, reason) -> object``, by model label: erases what an app holds of a person elsewhere.
forgetting = Registry("forgetting")
#: ``(record, *, at) -> object``, by model label: told when a lower app (a note, a commitment) worked on the record.
activity = Registry("activity")


@dataclass(frozen=True, slots=True)
class SearchKind:
    """How records of one kind are found by words: their folded ``search_text`` is searched.

    ``title`` and ``detail`` are fields whose text a result shows; ``url_name`` takes the field ``key``.
    """

    label: str
    name: object
    icon: str
    url_name: str
    title: str
    detail: str = ""
    key: str = "pk"
    position: int = 50


_search_kinds: dict[str, SearchKind] = {}


def register_search_kind(kind: SearchKind) -> None:
    """Let the kind be found by the search of all pages; the same label again replaces it."""
    _search_kinds[kind.label] = kind


def search_kinds() -> list[SearchKind]:
    """Return the kinds that can be searched, in their order."""
    return sorted(_search_kinds.values(), key=lambda kind: (kind.position, kind.label))


def find_visible(user: object, label: str, pk: object) -> Model:
    """Return the record ``pk`` of the kind ``label`` ("deals.deal").

    Raises ``RecordNotFound`` where no such kind is registered, where there is no such record and where ``user`` may
    not see it: the three look alike from outside.
    """
    for records_visible_to in visible_records.contributions(label):
        records = cast("QuerySet[Model]", records_visible_to(user))
        try:
            found = records.filter(pk=pk).first()
        except (TypeError, ValueError):
            break
        if found is not None:
            return found
    raise RecordNotFound(_("There is no such record."))


def tell_activity(record: Model, *, at: datetime) -> None:
    """Tell whoever listens to this kind of record that somebody worked on it ``at`` that moment."""
    for listen in activity.contributions(record._meta.label_lower):
        listen(record, at=at)


def forget_elsewhere(person: Model, *, by: object, reason: str) -> None:
    """Erase what other apps hold of a person whose own record is being erased."""
    for forget in forgetting.contributions(person._meta.label_lower):
        forget(person, by=by, reason=reason)


@dataclass(frozen=True, slots=True)
class Panel:
    """A section on a record's page: rendered with ``context`` added to the page's.

    ``wide``: above the page's columns, over their whole width.
    """

    template: str
    context: dict[str, object]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened. ``icon`` is a Lucide name; ``title`` is translated, ``body`` is as people wrote it.

    ``whole_day``: only the day is known, the hour of ``at`` says nothing. ``archive_url``: where whoever may write
    takes it away.
    """

    at: datetime
    icon: str
    title: str
    body: str = ""
    url: str = ""
    by: str = ""
    archive_url: str = ""
    whole_day: bool = False


def parts_of(record: Model) -> "list[QuerySet[Model]]":
    """Return the rows of each kind that belong to ``record``: a deal's figures, its memoranda …"""
    found = parts.contributions(record._meta.label_lower)
    return [rows for find in found for rows in cast("Iterable[QuerySet[Model]]", find(record))]


def panels_of(record: Model, user: object, *, part: str = "") -> list[Panel]:
    """Return what upper apps show of ``record`` to ``user``, in their order; those with nothing to show stay out.

    A ``part`` of the page that comes after it has a key of its own: "delegations.delegation/told".
    """
    key = f"{record._meta.label_lower}/{part}" if part else record._meta.label_lower
    built = (build(record, user) for build in panels.contributions(key))
    return [cast(Panel, panel) for panel in built if panel is not None]


def timeline_of(record: Model, user: object, *, limit: int = 100) -> list[TimelineEntry]:
    """Return what happened around ``record`` as far as ``user`` may see it, the newest first.

    Contributions of the record's kind and those of any kind (registered under ``ANY``).
    """
    entries: list[TimelineEntry] = []
    for build in timeline.contributions(record._meta.label_lower) + timeline.contributions(ANY):
        entries += cast("Iterable[TimelineEntry]", build(record, user))
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:limit]
