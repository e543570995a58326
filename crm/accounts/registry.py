"""What somebody answers for, told by the apps above: each registers its kinds of open things in ``hand_over.py``.

    duty("deals.owner", title=_("Projects"), position=10, held_by=deals_to_hand_over, give=assign)

``held_by(user)`` returns the open records, with ``region`` to follow; ``give(record, by=…, former=…, to=…)`` calls the
app's own service, so that the change is checked and logged as by any other door.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

HeldBy = Callable[[Any], QuerySet[Any]]
Give = Callable[..., object]


def region_of(record: Any) -> int:
    """Return the key of the record's region."""
    return int(record.region_id)


@dataclass(frozen=True, slots=True)
class Duty:
    """A kind of open thing, named by the first of the columns ``named_by`` that says something.

    Partners are given only what is marked ``for_partners``.
    """

    code: str
    title: Any
    position: int
    held_by: HeldBy
    give: Give
    region_of: Callable[[Any], int] = region_of
    named_by: tuple[str, ...] = ("title",)
    for_partners: bool = False


_duties: dict[str, Duty] = {}


def duty(code: str, **fields: Any) -> None:
    """Register a kind of open thing; the same code again replaces it."""
    _duties[code] = Duty(code=code, **fields)


def all_duties() -> list[Duty]:
    return sorted(_duties.values(), key=lambda entry: (entry.position, entry.code))
