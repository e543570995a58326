"""Give an answer as both doors do: through its form."""

from datetime import date
from typing import Any

from django.db.models import Model

from crm.accounts.models import User
from crm.reminders.queries import items_for
from crm.reminders.registry import Answered, Asked, answers_to, find_answer
from crm.reminders.services import give_answer


def answer(user: User, rule: str, code: str, record: Model, day: date, /, **filled_in: Any) -> Answered:
    found = find_answer(rule, code)
    assert found is not None
    return give_answer(found, Asked(user, record.pk, day, rule=rule), filled_in)


def rules_asking(user: User, on: date) -> set[str]:
    """Return the rules that ask ``user`` something on that day."""
    return {item.rule for item in items_for([user], on=on)[user.pk]}


def offered(user: User, rule: str, on: date) -> list[str]:
    """Return the codes of a rule's own answers, as they are offered for its first question to ``user``."""
    item = next(item for item in items_for([user], on=on)[user.pk] if item.rule == rule)
    general = {"later", "not_mine", "never", "give_back"}
    return [one.code for one in answers_to(item, user) if one.code not in general]
