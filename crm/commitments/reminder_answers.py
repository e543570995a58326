"""What may be answered when a commitment is asked about: of ours, of theirs, kept waiting by a body."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.commitments.models import Commitment
from crm.commitments.services import (
    block_commitment,
    create_commitment,
    keep_commitment,
    postpone_commitment,
    reopen_commitment,
)
from crm.documents.choices import DocumentKind
from crm.documents.services import create_document
from crm.notes.services import create_note
from crm.reference.queries import calendar_of
from crm.reminders.forms import AnswerForm, DoneForm, NewDateForm, not_before
from crm.reminders.registry import Answered, Asked, answer
from crm.reminders.services import put_off
from crm.shared.errors import InvalidRecord
from crm.shared.formats import format_day
from crm.shared.forms import DateInput
from crm.shared.registries import find_visible

WEEK = timedelta(days=7)


class BlockedForm(AnswerForm):
    """Which body keeps it waiting, since when."""

    body = forms.CharField(label=_("The body whose answer is awaited"), max_length=200)
    since = forms.DateField(label=_("Blocked since"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = self.asked.on


class ReceivedForm(AnswerForm):
    proof = forms.CharField(label=_("What came, and how"), max_length=2000, required=False)


class ChasedForm(AnswerForm):
    """What they said, and when to ask again."""

    line = forms.CharField(label=_("What they said"), max_length=500)
    until = forms.DateField(label=_("Ask me again on"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = self.asked.on + WEEK


class LetterSentForm(AnswerForm):
    number = forms.CharField(label=_("Number"), max_length=60)
    day = forms.DateField(label=_("Date"), widget=DateInput())
    reply_due = forms.DateField(label=_("Reply due"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = self.asked.on
        self.fields["reply_due"].widget.attrs["min"] = (self.asked.on + timedelta(days=1)).isoformat()

    def clean_reply_due(self) -> date:
        return not_before(self.cleaned_data["reply_due"], self.asked.on + timedelta(days=1))


@answer("our_commitment", "done", label=_("Done"), form=DoneForm, position=10, to_partners=True, ticks=True)
def mark_kept(asked: Asked) -> Answered:
    """Mark it as kept, with what came of it, and write the next step down where one is named."""
    commitment, given = _find(asked), asked.values
    keep_commitment(commitment, by=asked.user, proof=given["proof"])
    message = gettext("Done: %(text)s") % {"text": commitment.text}
    if not given.get("next_step"):
        return Answered(message=message, undo="reopen")
    about: Any = commitment.about
    create_commitment(
        by=asked.user, about=about, region=commitment.region, text=given["next_step"], due_date=given["next_due"]
    )
    words = {"step": given["next_step"], "day": format_day(given["next_due"], "weekday")}
    return Answered(message=f"{message}. " + gettext("Next: %(step)s, %(day)s.") % words)


@answer("our_commitment", "reopen", label=_("Undo"), is_undo=True, to_partners=True)
def take_back(asked: Asked) -> Answered:
    commitment = _find(asked)
    reopen_commitment(commitment, by=asked.user)
    return Answered(message=gettext("Open again: %(text)s") % {"text": commitment.text})


@answer("our_commitment", "next_week", label=_("+1 week"), position=20)
def put_off_a_week(asked: Asked) -> Answered:
    """Give it a week more, from today where it is overdue; a day off moves to the next working day."""
    commitment = _find(asked)
    before = commitment.due_date or asked.on
    later = calendar_of(commitment.region).next_working_day(max(before, asked.on) + timedelta(days=7))
    return _move(commitment, asked, later)


@answer("our_commitment", "new_date", label=_("New date"), form=NewDateForm, position=30)
def give_date(asked: Asked) -> Answered:
    return _move(_find(asked), asked, asked.values["due"])


@answer("our_commitment", "move_back", label=_("Undo"), is_undo=True)
def move_back(asked: Asked) -> Answered:
    """Set the due date to the value ``due`` (ISO). Raises ``InvalidRecord`` where that is no date."""
    commitment = _find(asked)
    try:
        day = date.fromisoformat(asked.values.get("due", ""))
    except ValueError as error:
        raise InvalidRecord(gettext("Give a date."), fields={"due": gettext("Give a date.")}) from error
    postpone_commitment(commitment, by=asked.user, due_date=day)
    return Answered(message=_moved(commitment))


@answer("our_commitment", "blocked", label=_("Blocked by a body"), form=BlockedForm, position=40, to_partners=True)
def note_blocked(asked: Asked) -> Answered:
    commitment = _find(asked)
    body, since = asked.values["body"], asked.values["since"]
    block_commitment(commitment, by=asked.user, blocked_by=body, since=since)
    words = {"body": body, "text": commitment.text}
    return Answered(message=gettext("Waits for %(body)s: %(text)s") % words, undo="reopen")


@answer("their_commitment", "received", label=_("Received"), form=ReceivedForm, position=10, ticks=True)
def note_received(asked: Asked) -> Answered:
    commitment = _find(asked)
    keep_commitment(commitment, by=asked.user, proof=asked.values["proof"])
    return Answered(message=gettext("Received: %(text)s") % {"text": commitment.text}, undo="reopen")


@answer("their_commitment", "chased", label=_("Reminded them"), form=ChasedForm, position=20)
def note_chased(asked: Asked) -> Answered:
    """Keep what they said as a note, and ask again on the day chosen."""
    commitment, given = _find(asked), asked.values
    create_note(by=asked.user, about=commitment.about or commitment, text=f"{commitment.text}: {given['line']}")
    put_off(asked.user, rule=asked.rule, about_id=commitment.pk, until=given["until"], on=asked.on)
    return Answered(message=gettext("You are asked again on %(day)s.") % {"day": format_day(given["until"])})


@answer("their_commitment", "new_date", label=_("New date"), form=NewDateForm, position=30)
def give_them_date(asked: Asked) -> Answered:
    return _move(_find(asked), asked, asked.values["due"])


@answer("blocked_by_body", "solved", label=_("Solved"), form=NewDateForm, position=10)
def note_solved(asked: Asked) -> Answered:
    """Open the commitment again, to be carried out by the day given."""
    commitment = _find(asked)
    reopen_commitment(commitment, by=asked.user)
    postpone_commitment(commitment, by=asked.user, due_date=asked.values["due"])
    return Answered(message=_moved(commitment))


@answer("blocked_by_body", "letter_sent", label=_("A letter was sent"), form=LetterSentForm, position=20)
def note_letter(asked: Asked) -> Answered:
    """Enter the letter to the body, about the same record, and ask again when its reply is due."""
    commitment, given = _find(asked), asked.values
    create_document(
        by=asked.user,
        region=commitment.region,
        kind=DocumentKind.LETTER_OUT,
        title=commitment.text[:250],
        about=commitment.about,
        number=given["number"],
        date=given["day"],
        recipient=commitment.blocked_by,
        reply_due=given["reply_due"],
    )
    put_off(asked.user, rule=asked.rule, about_id=commitment.pk, until=given["reply_due"], on=asked.on)
    words = {"number": given["number"], "day": format_day(given["reply_due"])}
    return Answered(message=gettext("Letter no. %(number)s is entered; you are asked again on %(day)s.") % words)


for _rule in ("their_commitment", "blocked_by_body"):
    answer(_rule, "reopen", label=_("Undo"), is_undo=True)(take_back)
    answer(_rule, "move_back", label=_("Undo"), is_undo=True)(move_back)


def _find(asked: Asked) -> Commitment:
    return cast(Commitment, find_visible(asked.user, "commitments.commitment", asked.about_id))


def _move(commitment: Commitment, asked: Asked, day: date) -> Answered:
    before = commitment.due_date
    postpone_commitment(commitment, by=asked.user, due_date=day)
    undo = {"undo": "move_back", "undo_values": {"due": before.isoformat()}} if before else {}
    return Answered(message=_moved(commitment), **undo)  # type: ignore[arg-type]


def _moved(commitment: Commitment) -> str:
    words = {"text": commitment.text, "day": format_day(commitment.due_date or date.max, "weekday")}
    return gettext("Moved to %(day)s: %(text)s") % words
