"""The pages of visits and practices, and the form that a member fills after the return."""

from crm.delegations.views.debriefs import debrief
from crm.delegations.views.programme import programme, programme_add, programme_archive, programme_edit
from crm.delegations.views.visits import (
    archive,
    create,
    delegation,
    delegations,
    edit,
    move_practice,
    practice_create,
    practice_edit,
    practices,
    set_status,
    told,
)

__all__ = [
    "archive",
    "create",
    "debrief",
    "delegation",
    "delegations",
    "edit",
    "move_practice",
    "practice_create",
    "practice_edit",
    "practices",
    "programme",
    "programme_add",
    "programme_archive",
    "programme_edit",
    "set_status",
    "told",
]
