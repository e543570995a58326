"""Ask one rule alone, as a run of all rules asks it."""

from collections.abc import Collection
from datetime import date

from crm.accounts.models import User
from crm.reminders.asking import More
from crm.reminders.queries import asking_for
from crm.reminders.registry import Item, find_rule
from crm.shared.together import run_together


def found_by(rule: str, users: User | Collection[User], on: date) -> list[Item | More]:
    """Return what the rule finds for ``users`` on the day ``on``, when it asks every day."""
    people = [users] if isinstance(users, User) else users
    found = find_rule(rule)
    assert found is not None
    return run_together([found.ask(asking_for(people, on=on, until=on))])[0]


def asked_by(rule: str, users: User | Collection[User], on: date) -> list[Item]:
    """Return the questions of ``found_by``."""
    return [item for item in found_by(rule, users, on) if isinstance(item, Item)]


def keys_asked_by(rule: str, users: User | Collection[User], on: date) -> list[int]:
    """Return the keys of the records that the rule asks about."""
    return [item.about_id for item in asked_by(rule, users, on)]
