"""What members tell after the return: each is asked once, by a mail with a form of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.audit.choices import Action
from crm.audit.services import create_record, record_event, update_record
from crm.delegations.errors import DebriefAnswered
from crm.delegations.models import Debrief, DebriefEntry, Delegation, DelegationMember
from crm.delegations.queries import debrief_url, debriefs_awaited, members_to_ask
from crm.reference.queries import regions_at_work
from crm.reminders.queries import days_in_force
from crm.reminders.services import write_letter
from crm.shared.errors import InvalidRecord
from crm.shared.formats import format_days
from crm.shared.jobs import enqueue
from crm.shared.mail import MAIL_FONT
from crm.shared.validation import validate_record

#: From this hour on, in the region, the mails go out.
FROM_HOUR = time(9)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """One meeting as the form brings it."""

    company: str = ""
    person: str = ""
    agreed: str = ""
    needed: str = ""
    due_date: date | None = None

    @property
    def is_empty(self) -> bool:
        return not any((self.company, self.person, self.agreed, self.needed))


def ask_for_debriefs(*, now: datetime) -> int:
    """Ask every member whose delegation has been back for a working day of its region; return how many were asked.

    Safe at any time, any number of times and beside itself: a member has one debrief, whose mail has one key.
    """
    at_work, number = regions_at_work(), 0
    days: dict[int, int] = {}
    for member in members_to_ask(today=now.date() + ONE_DAY):
        region, returned = member.delegation.region, member.delegation.end_date
        place = at_work[region.pk]
        local = now.astimezone(place.zone)
        if region.pk not in days:
            days[region.pk] = days_in_force(region)["debrief.days"]
        if returned is None or local.time() < FROM_HOUR or not place.calendar.is_working(local.date()):
            continue
        if place.calendar.add_working_days(returned, days[region.pk]) <= local.date():
            number += _ask(member, on=local.date())
    return number


@transaction.atomic
def _ask(member: DelegationMember, *, on: date) -> int:
    """Make the member's debrief and put its mail on the way; 0 where another run has done so."""
    user = account_of(member)
    debrief, is_new = Debrief.objects.get_or_create(
        member=member,
        defaults={
            "delegation": member.delegation,
            "full_name": member.full_name,
            "email": member.email or (user.email if user else ""),
            "user": user,
            "asked_on": on,
        },
    )
    if is_new:
        _write(debrief)
    return int(is_new)


def account_of(member: DelegationMember) -> User | None:
    """Return the member's account: as the list says, else that of the member's address."""
    if member.user is not None:
        return member.user if member.user.is_active else None
    return User.objects.filter(email__iexact=member.email, is_active=True).first() if member.email else None


def _write(debrief: Debrief) -> None:
    """Put the mail on its way: in the language of the user, else, for who has no account, in all three."""
    delegation = debrief.delegation
    languages = [debrief.user.language] if debrief.user else [code for code, _name in settings.LANGUAGES]
    subjects, parts = [], []
    for language in languages:
        with translation.override(language):
            subjects.append(_("What did you agree? %(visit)s") % {"visit": delegation.title})
            days = format_days(delegation.start_date, delegation.end_date)
            parts.append({"language": language, "days": days})
    context = {
        "debrief": debrief,
        "delegation": delegation,
        "parts": parts,
        "language": languages[0],
        "subject": subjects[0],
        "url": debrief_url(debrief),
        "days_open": settings.DEBRIEF_LINK_DAYS,
        "font": MAIL_FONT,
    }
    with translation.override(languages[0]):
        write_letter(
            key=f"debrief.{debrief.pk}.{debrief.reminded}",
            address=debrief.email,
            region=delegation.region,
            user=debrief.user,
            subject=subjects[0],
            text=render_to_string("email/debrief.txt", context),
            html=render_to_string("email/debrief.html", context),
        )


@transaction.atomic
def answer_debrief(debrief: Debrief, *, told: Iterable[Told], practice: str = "", nothing: bool = False) -> Debrief:
    """Keep what the member tells, once, and have it taken into the review of the delegation's report.

    ``nothing``: there is nothing to tell. Raises ``DebriefAnswered`` where it was told or closed before, also at the
    same moment, and ``InvalidRecord`` where nothing at all is said.
    """
    current = Debrief.objects.select_for_update(of=("self",)).select_related("delegation__region").get(pk=debrief.pk)
    if current.answered_at or current.closed_at:
        raise DebriefAnswered(_("This form was sent already."))
    entries = [one for one in told if not one.is_empty]
    if not (entries or practice.strip() or nothing):
        raise InvalidRecord(_("Tell of one meeting at least, or say that there is nothing to tell."))
    rows = [_entry(current, place, vars_of(one)) for place, one in enumerate(entries)]
    if practice.strip():
        rows.append(_entry(current, len(rows), {"practice": practice.strip()}))
    for row in rows:
        validate_record(row)
        create_record(row, by=current.user)
    update_record(current, by=current.user, changes={"answered_at": timezone.now()})
    if rows:
        enqueue("visit_reports.take_in_debrief", current.pk)
    else:
        note_taken_in(current)
    debrief.refresh_from_db()
    return debrief


def vars_of(told: Told) -> Mapping[str, Any]:
    return {
        "company": told.company,
        "person": told.person,
        "agreed": told.agreed,
        "needed": told.needed,
        "due_date": told.due_date,
    }


def _entry(debrief: Debrief, place: int, fields: Mapping[str, Any]) -> DebriefEntry:
    return DebriefEntry(debrief=debrief, position=place, **fields)


def note_taken_in(debrief: Debrief) -> None:
    """Remember that the answers stand in a review: the machine's own note."""
    Debrief.objects.filter(pk=debrief.pk).update(taken_in_at=timezone.now())


@transaction.atomic
def remind_of_debriefs(delegation: Delegation, *, by: User | None) -> int:
    """Mail the form once more to everybody who has not told; return how many these are."""
    require_writer(by, delegation.region)
    awaited = list(debriefs_awaited(delegation).select_for_update(of=("self",)).select_related("user", "delegation"))
    for debrief in awaited:
        update_record(debrief, by=by, changes={"reminded": debrief.reminded + 1})
        _write(debrief)
    return len(awaited)


@transaction.atomic
def close_debriefs(delegation: Delegation, *, by: User | None) -> int:
    """Wait for no more answers; the forms that are out say so. Returns how many were awaited."""
    require_writer(by, delegation.region)
    number = debriefs_awaited(delegation).update(closed_at=timezone.now())
    if number:
        record_event(Action.CHANGED, by=by, record=delegation, changes={"debriefs": ["awaited", "closed"]})
    return number
