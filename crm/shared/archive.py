"""What can be archived and brought back: each app says so in its ``search.py``; one page and one form serve them all.

shelve("companies.company", visible=companies_visible_to, archive=archive_company, restore=restore_company)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from crm.shared.errors import RecordNotFound


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of record. ``archive(record, by=…, reason=…)`` and ``restore(record, by=…)`` are the app's services."""

    label: str
    visible: Callable[[Any], QuerySet[Any]]
    archive: Callable[..., Model]
    restore: Callable[..., Model]

    @property
    def title(self) -> str:
        """The kind in the language of the page, in the plural."""
        return str(apps.get_model(self.label)._meta.verbose_name_plural)


_shelves: dict[str, Shelf] = {}


def shelve(
    label: str, *, visible: Callable[[Any], QuerySet[Any]], archive: Callable[..., Model], restore: Callable[..., Model]
) -> None:
    """Let records of the kind ``label`` be archived and restored."""
    _shelves[label] = Shelf(label, visible, archive, restore)


def shelves() -> list[Shelf]:
    """Return every kind, in the order of their titles."""
    return sorted(_shelves.values(), key=lambda shelf: shelf.title)


def shelf_of(label: str) -> Shelf:
    """Return the kind of that label. Raises ``RecordNotFound``."""
    if label not in _shelves:
        raise RecordNotFound(_("There is no such record."))
    return _shelves[label]


def record_on(shelf: Shelf, user: object, pk: int) -> Model:
    """Return the record, archived or not. Raises ``RecordNotFound`` also where ``user`` may not see it."""
    found: Model | None = shelf.visible(user).filter(pk=pk).first()
    if found is None:
        raise RecordNotFound(_("There is no such record."))
    return found


def archived_on(shelf: Shelf, user: object) -> QuerySet[Any]:
    """Return what ``user`` sees of the kind's archive, the latest first."""
    archived = shelf.visible(user).exclude(archived_at=None).select_related("archived_by")
    return archived.order_by("-archived_at", "-pk")
