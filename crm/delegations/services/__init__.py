"""Writes of delegations, their programmes, of practices, and of what members tell after the return."""

from crm.delegations.services.debriefs import (
    answer_debrief,
    ask_for_debriefs,
    close_debriefs,
    note_taken_in,
    remind_of_debriefs,
)
from crm.delegations.services.delegations import (
    archive_delegation,
    close_without_report,
    create_delegation,
    restore_delegation,
    set_delegation_status,
    update_delegation,
)
from crm.delegations.services.practices import (
    archive_practice,
    create_practice,
    move_practice,
    restore_practice,
    update_practice,
)
from crm.delegations.services.programme import (
    add_programme_item,
    archive_programme_item,
    restore_programme_item,
    update_programme_item,
)

__all__ = [
    "add_programme_item",
    "answer_debrief",
    "archive_delegation",
    "archive_practice",
    "archive_programme_item",
    "ask_for_debriefs",
    "close_debriefs",
    "close_without_report",
    "create_delegation",
    "create_practice",
    "move_practice",
    "note_taken_in",
    "remind_of_debriefs",
    "restore_delegation",
    "restore_practice",
    "restore_programme_item",
    "set_delegation_status",
    "update_delegation",
    "update_practice",
    "update_programme_item",
]
