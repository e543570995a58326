"""An answer to a question of a rule, whichever door it comes through."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.reminders.answers import AnswerLink, answer_given
from crm.reminders.errors import AlreadyAnswered, AnswerIncomplete
from crm.reminders.models import MailAnswer
from crm.reminders.registry import Answer, Answered, Asked, find_answer
from crm.shared.errors import DomainError, InvalidRecord, NotAllowed, RecordNotFound, VersionConflict
from crm.shared.forms import add_service_error

#: So long what was answered by a link can be taken back by the same link.
TIME_TO_TAKE_BACK = timedelta(hours=1)


@transaction.atomic
def give_answer(answer: Answer, asked: Asked, data: Mapping[str, Any]) -> Answered:
    """Act on an answer with what was filled in, ``data`` as sent; all of it happens, or nothing.

    Raises ``AnswerIncomplete`` with the form and what to correct, ``InvalidRecord`` with what a service refused where
    there is no form, ``RecordNotFound`` where the record is outside, and ``NotAllowed`` and ``VersionConflict`` as the
    services do.
    """
    form = answer.form(data, asked=asked) if answer.form else None
    if form is not None and not form.is_valid():
        raise AnswerIncomplete(form)
    try:
        return answer.act(replace(asked, values=form.cleaned_data if form else dict(data)))
    except (RecordNotFound, NotAllowed, VersionConflict):
        raise
    except DomainError as error:
        if form is None:
            raise InvalidRecord(error.message, fields=error.fields) from error
        add_service_error(form, error)
        raise AnswerIncomplete(form) from error


@transaction.atomic
def answer_by_link(link: AnswerLink, answer: Answer, data: Mapping[str, Any], *, on: date) -> MailAnswer:
    """Answer as the person the link was sent to, and use the link up.

    Raises ``AlreadyAnswered`` where it was used before, also at the same moment, and what ``give_answer`` raises: then
    the link is as good as before.
    """
    kind = ContentType.objects.get_by_natural_key(*link.about[0].split("."))
    given = MailAnswer(
        user=link.user,
        rule=link.rule,
        about_type=kind,
        about_id=link.about[1],
        asked_on=link.asked_on,
        answer=answer.code,
        at=timezone.now(),
    )
    try:
        with transaction.atomic():
            given.save()
    except IntegrityError as error:
        raise AlreadyAnswered(_("This is answered already."), given=answer_given(link)) from error
    done = give_answer(answer, Asked(link.user, link.about[1], on, rule=link.rule), data)
    given.message, given.undo, given.undo_values = done.message[:600], done.undo, dict(done.undo_values)
    given.save(update_fields=["message", "undo", "undo_values"])
    return given


def can_take_back(given: MailAnswer) -> bool:
    """Can the answer be taken back by its link still?"""
    return bool(given.undo) and timezone.now() - given.at < TIME_TO_TAKE_BACK


@transaction.atomic
def take_back_by_link(link: AnswerLink, *, on: date) -> Answered | None:
    """Take back what the link answered within the last hour, which makes the link good again; return what that did.

    Nothing (``None``) where there is nothing to take back. Raises what the answer raises that takes it back.
    """
    found = answer_given(link)
    given = MailAnswer.objects.select_for_update().filter(pk=found.pk, taken_back_at=None).first() if found else None
    undo = find_answer(link.rule, given.undo) if given and can_take_back(given) else None
    if given is None or undo is None:
        return None
    done = give_answer(undo, Asked(link.user, link.about[1], on, rule=link.rule), given.undo_values)
    given.taken_back_at = timezone.now()
    given.save(update_fields=["taken_back_at"])
    return done
