"""Every write on accounts, invitations, sessions and API tokens."""

from crm.accounts.services.hand_over import hand_over
from crm.accounts.services.invitations import (
    accept_invitation,
    create_invitation,
    invite_user,
    link_of,
    send_invitation,
    send_waiting_invitations,
)
from crm.accounts.services.people import (
    OFFICE_FIELDS,
    PREFERENCES,
    create_user,
    deactivate_user,
    erase_user,
    update_preferences,
    update_user,
)
from crm.accounts.services.sign_in import end_session, end_sessions, note_session, reset_second_factor
from crm.accounts.services.tokens import NewToken, create_token, revoke_token

__all__ = [
    "OFFICE_FIELDS",
    "PREFERENCES",
    "NewToken",
    "accept_invitation",
    "create_invitation",
    "create_token",
    "create_user",
    "deactivate_user",
    "end_session",
    "end_sessions",
    "erase_user",
    "hand_over",
    "invite_user",
    "link_of",
    "note_session",
    "reset_second_factor",
    "revoke_token",
    "send_invitation",
    "send_waiting_invitations",
    "update_preferences",
    "update_user",
]
