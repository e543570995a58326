"""Template tags of questions: ``{% load reminders %}``."""

from dataclasses import dataclass
from typing import Any

from django import template

from crm.reminders.registry import FIT_EVERY_RULE, Answer, Item, answers_to

register = template.Library()


@dataclass(frozen=True, slots=True)
class Ways:
    """How a row offers the answers: by its circle (``tick``), by one button (``quick``), and all of them."""

    tick: Answer | None
    quick: Answer | None
    number: int


@register.simple_tag
def ways_to_answer(item: Item, user: Any) -> Ways:
    """``{% ways_to_answer item user as ways %}``: what ``user`` may answer, as a row of a list offers it."""
    answers = answers_to(item, user)
    tick = next((one for one in answers if one.ticks), None)
    pressed = [one for one in answers if one.form is None and one.position < FIT_EVERY_RULE]
    return Ways(tick, next(iter(pressed), None), len(answers))
