"""Writes of reminders: the weekly mail from its row to its end, stopping it, answers to its questions; single mails
and notices."""

from crm.reminders.services.answering import answer_by_link, can_take_back, give_answer, take_back_by_link
from crm.reminders.services.composing import preview_digest
from crm.reminders.services.delivering import send_digest_now, send_digests
from crm.reminders.services.feeds import note_read, renew_feed, stop_feed
from crm.reminders.services.letters import send_letter_again, send_letters, start_waiting_letters, write_letter
from crm.reminders.services.notices import (
    mail_due_notices,
    read_all_notices,
    read_notice,
    tell_assigned,
    tell_mentioned,
)
from crm.reminders.services.scheduling import start_due_digests
from crm.reminders.services.sending_again import send_again
from crm.reminders.services.silencing import ask_again, decline, end_silence, give_back, never_ask, put_off
from crm.reminders.services.telling import tell_of_undelivered
from crm.reminders.services.unsubscribing import one_click_url, stop_digests, unsubscribe_url, user_of_link

__all__ = [
    "answer_by_link",
    "ask_again",
    "can_take_back",
    "decline",
    "end_silence",
    "give_answer",
    "give_back",
    "mail_due_notices",
    "never_ask",
    "note_read",
    "one_click_url",
    "preview_digest",
    "put_off",
    "read_all_notices",
    "read_notice",
    "renew_feed",
    "send_again",
    "send_digest_now",
    "send_digests",
    "send_letter_again",
    "send_letters",
    "start_due_digests",
    "start_waiting_letters",
    "stop_digests",
    "stop_feed",
    "take_back_by_link",
    "tell_assigned",
    "tell_mentioned",
    "tell_of_undelivered",
    "unsubscribe_url",
    "user_of_link",
    "write_letter",
]
