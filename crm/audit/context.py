"""Through which door and from which address the running code was reached. Set by middleware, tasks and commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from crm.audit.choices import Door


@dataclass(frozen=True, slots=True)
class Entrance:
    door: Door
    address: str | None = None


_entrance: ContextVar[Entrance | None] = ContextVar("entrance", default=None)


def current_entrance() -> Entrance:
    """Return where the running code was entered; outside of requests and tasks that is a command."""
    return _entrance.get() or Entrance(Door.COMMAND)


@contextmanager
def entered_by(door: Door, address: str | None = None) -> Iterator[None]:
    """Record the changes made inside as coming through ``door``."""
    token = _entrance.set(Entrance(door, address))
    try:
        yield
    finally:
        _entrance.reset(token)
