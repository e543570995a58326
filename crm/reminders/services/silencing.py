"""Not being asked: later, because it is somebody else's, or never about this one. Everybody decides for oneself."""

from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_manager
from crm.audit.services import create_record, update_record
from crm.reminders.choices import Silence
from crm.reminders.models import Snooze
from crm.reminders.registry import find_rule
from crm.shared.errors import InvalidRecord, RecordNotFound
from crm.shared.registries import find_visible

#: What is put off for longer is forgotten.
LONGEST = timedelta(days=366)


@transaction.atomic
def put_off(user: User, *, rule: str, about_id: int, until: date, on: date) -> Snooze:
    """Let the rule not ask ``user`` about the record before ``until``.

    ``on`` is the user's day. Raises ``RecordNotFound`` where the user does not see such a record and
    ``InvalidRecord`` for a day that has passed or lies more than a year ahead.
    """
    if not on < until <= on + LONGEST:
        message = _("Give a day from tomorrow on, at most a year ahead.")
        raise InvalidRecord(message, fields={"until": message})
    return _keep(user, rule, about_id, kind=Silence.LATER, until=until)


@transaction.atomic
def decline(user: User, *, rule: str, about_id: int) -> Snooze:
    """Let the rule ask the managers of the user's region instead: the matter is not the user's."""
    return _keep(user, rule, about_id, kind=Silence.NOT_MINE, until=None)


@transaction.atomic
def never_ask(user: User, *, rule: str, about_id: int) -> Snooze:
    """Let the rule ask ``user`` no more about this one record; others who are asked are asked on."""
    return _keep(user, rule, about_id, kind=Silence.NEVER, until=None)


@transaction.atomic
def ask_again(user: User, *, rule: str, about_id: int, on: date) -> None:
    """Let the rule ask ``user`` about the record as before; where nothing was put off nothing changes."""
    for standing in _of(rule, about_id).filter(user=user):
        end_silence(standing, by=user, on=on)


@transaction.atomic
def end_silence(silence: Snooze, *, by: User, on: date) -> Snooze:
    """Let its rule ask again from the day ``on`` what was put off, declined or stopped."""
    return update_record(silence, by=by, changes={"kind": Silence.LATER, "until": on})


@transaction.atomic
def give_back(manager: User, *, rule: str, about_id: int, on: date) -> int:
    """Ask those again who say that the record is not theirs, in the manager's region; return how many they are.

    Raises ``NotAllowed`` for who does not manage, ``RecordNotFound`` for a record that the manager does not see.
    """
    require_manager(manager)
    find_visible(manager, _kind_of(rule), about_id)
    declined = list(_of(rule, about_id).filter(kind=Silence.NOT_MINE, user__region=manager.region_id))
    for standing in declined:
        end_silence(standing, by=manager, on=on)
    return len(declined)


def _keep(user: User, rule: str, about_id: int, **decided: Any) -> Snooze:
    find_visible(user, _kind_of(rule), about_id)
    standing: Snooze | None = _of(rule, about_id).filter(user=user).first()
    if standing:
        return update_record(standing, by=user, changes=decided)
    snooze = Snooze(user=user, rule=rule, about_type=_type_of(rule), about_id=about_id, **decided)
    return create_record(snooze, by=user)


def _of(rule: str, about_id: int) -> Any:
    return Snooze.objects.filter(rule=rule, about_type=_type_of(rule), about_id=about_id)


def _kind_of(rule: str) -> str:
    found = find_rule(rule)
    if found is None:
        raise RecordNotFound(_("There is no such record."))
    return found.about


def _type_of(rule: str) -> ContentType:
    return ContentType.objects.get_by_natural_key(*_kind_of(rule).split("."))
