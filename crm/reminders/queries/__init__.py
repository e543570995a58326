"""Reads of reminders: what each person is asked today, and whose digest is due."""

from crm.reminders.queries.agendas import Agenda, agendas_for, items_for
from crm.reminders.queries.running import asking_for, days_in_force
from crm.reminders.queries.silences import silences_of
from crm.reminders.queries.slots import (
    Slot,
    deliveries_to_send,
    deliveries_tried_too_often,
    due_slots,
    iso_week,
    latest_slot,
    on_their_way,
    slot_of,
)

__all__ = [
    "Agenda",
    "Slot",
    "agendas_for",
    "asking_for",
    "days_in_force",
    "deliveries_to_send",
    "deliveries_tried_too_often",
    "due_slots",
    "iso_week",
    "items_for",
    "latest_slot",
    "on_their_way",
    "silences_of",
    "slot_of",
]
