"""Hand-over: all open things of somebody who leaves go to somebody else, in one transaction."""

from collections import Counter

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.accounts.queries import possible_receivers, regions_open_to, require_manager, users_visible_to
from crm.accounts.registry import all_duties
from crm.accounts.services.people import deactivate_user
from crm.audit.choices import Action
from crm.audit.services import record_event, update_record
from crm.shared.errors import DomainError, NotAllowed


@transaction.atomic
def hand_over(user: User, *, by: User, to: User, close: bool = False) -> dict[str, int]:
    """Give everything that ``user`` has open to ``to``; return how much of each kind (by the duty's code).

    What opened since the preview goes along. ``close`` closes the account afterwards. Each record is changed and
    logged by its own app's service; the account keeps one event that sums it up.

    Raises ``NotAllowed`` unless ``by`` manages the region of ``user`` (administers it, to close), and ``DomainError``
    where ``to`` could not see or answer for something of it: then nothing has changed.
    """
    require_manager(by)
    if not users_visible_to(by).filter(pk=user.pk).exists():
        raise NotAllowed(_("Your role does not allow this."))
    if not possible_receivers(user, by=by).filter(pk=to.pk).exists():
        message = _("This person cannot take the things over.")
        raise DomainError(message, fields={"to": message})
    open_to_receiver = set(regions_open_to(to).values_list("pk", flat=True))
    given: Counter[str] = Counter()
    out_of_sight = 0
    for duty in all_duties():
        for record in list(duty.held_by(user)):
            if duty.region_of(record) not in open_to_receiver or (to.role == Role.PARTNER and not duty.for_partners):
                out_of_sight += 1
                continue
            duty.give(record, by=by, former=user, to=to)
            given[duty.code] += 1
    if out_of_sight:
        message = ngettext(
            "%(count)s thing lies where %(name)s does not see it: choose somebody else.",
            "%(count)s things lie where %(name)s does not see them: choose somebody else.",
            out_of_sight,
        ) % {"count": out_of_sight, "name": to.full_name}
        raise DomainError(message, fields={"to": message})
    given.update(_hand_deputising_over(user, by=by, to=to))
    # The number alone: who is forgotten later leaves no name in others' events.
    changes = {"handed_over": {"to": to.pk, **given}}
    record_event(Action.CHANGED, by=by, record=user, changes=changes)
    if close:
        deactivate_user(user, by=by)
    return dict(given)


def _hand_deputising_over(user: User, *, by: User, to: User) -> dict[str, int]:
    """Let ``to`` stand in for those whom ``user`` would have; for nobody's own absence."""
    absent = list(User.objects.filter(deputy=user))
    for person in absent:
        stands_in = person.pk != to.pk and to.may_write
        nobody = {"deputy": None, "deputy_from": None, "deputy_until": None}
        update_record(person, by=by, changes={"deputy": to} if stands_in else nobody)
    return {"accounts.deputy": len(absent)} if absent else {}
