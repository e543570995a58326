"""What each person is asked, and told, on a day."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.reminders.asking import Asking
from crm.reminders.choices import Urgency
from crm.reminders.queries.briefings import NOTHING_NEW, Briefing, briefings_for
from crm.reminders.queries.running import Asked, asking_for, may_see, run_rules
from crm.reminders.queries.silences import asked_last_time, silenced
from crm.reminders.queries.unanswered import Left, Unanswered, left_in, still_unanswered
from crm.reminders.registry import Item

FAR = date.max


@dataclass(frozen=True, slots=True)
class Agenda:
    """What one person is asked, the most urgent first.

    ``unnamed`` are further questions by urgency, of which only the number is known; ``briefing`` is what a manager is
    told beside.
    """

    items: tuple[Item, ...] = ()
    unnamed: Mapping[Urgency, int] = field(default_factory=dict)
    briefing: Briefing = NOTHING_NEW

    @property
    def is_empty(self) -> bool:
        return not self.items and self.briefing.is_empty


def items_for(users: Collection[User], *, on: date, until: date | None = None) -> dict[int, list[Item]]:
    """Return the questions of ``agendas_for``, by key of the user, without what managers are told beside."""
    asking = asking_for(users, on=on, until=until)
    asked, _unanswered = _asked_of(users, asking, left_in(asking, with_ignored=False))
    return {key: found.items for key, found in asked.items()}


def agendas_for(users: Collection[User], *, on: date, until: date | None = None) -> dict[int, Agenda]:
    """Return what each of the active ``users`` is asked, and told, on their local day ``on``, by key of the user.

    ``until`` is the last day before the next asking (a week by default). Left out are questions that their owner put
    off or declined, records that the owner may not see, and second questions about one record. A deputy is asked what
    the absent is asked; managers are asked about what people of their region say is not theirs. The number of queries
    depends on the rules, not on the number of users.
    """
    asking = asking_for(users, on=on, until=until)
    asked, unanswered = _asked_of(users, asking, left_in(asking, with_ignored=True))
    before = asked_last_time(list(asked), on=on)
    briefings = briefings_for(list(asking.managers), asking=asking, ignored=unanswered.ignored)
    led = _led_regions(users, asking)
    agendas = {}
    for key, found in asked.items():
        items = tuple(_counted(item, before.get((key, item.rule, item.about), 0)) for item in found.items)
        told = Briefing.joined(briefings[region] for region in led.get(key, ()))
        agendas[key] = Agenda(items, found.unnamed, told.without({item.about for item in items}))
    return agendas


def _asked_of(users: Collection[User], asking: Asking, left: Left) -> tuple[dict[int, Asked], Unanswered]:
    """Return the questions of each of the active ``users``: their own, what others declined, those of the absent.

    And what of ``left`` the rules still ask.
    """
    asked, asked_again = run_rules(asking, left.asking_again(asking))
    quiet = silenced([*asking.user_ids, *left.people], on=asking.on)
    unanswered = still_unanswered(left, asked_again, quiet, asking)
    for item in unanswered.declined:
        asked[item.owner_id].items.append(item)
    for owner, found in asked.items():
        found.items = [item for item in found.items if (owner, item.rule, item.about) not in quiet]
    wanted = {user.pk: asked.get(user.pk) or Asked() for user in users if user.is_active}
    found_for = {key: Asked(list(found.items), Counter(found.unnamed)) for key, found in wanted.items()}
    for absent, deputy in _stood_in_for(users, asking):
        theirs = asked.get(absent.pk) or Asked()
        found_for[deputy.pk].unnamed += theirs.unnamed
        found_for[deputy.pk].items += [
            replace(item, owner_id=deputy.pk, person=item.person or absent.full_name)
            for item in theirs.items
            if may_see(deputy.role, deputy.region_id, item) and (deputy.pk, item.rule, item.about) not in quiet
        ]
    for found in found_for.values():
        found.items = _once_each(found.items)
    return found_for, unanswered


def _stood_in_for(users: Collection[User], asking: Asking) -> list[tuple[User, User]]:
    """Return who is absent, each with the deputy among ``users``."""
    deputies = {user.pk: user for user in users if user.is_active}
    people: Iterable[User] = asking.users  # type: ignore[assignment]
    return [(one, deputies[one.deputy_id]) for one in people if one.deputy_id in deputies and one.is_away(asking.on)]


def _led_regions(users: Collection[User], asking: Asking) -> dict[int, set[int]]:
    """Return the regions that each of ``users`` leads: as a manager, or as the deputy of one."""
    led = {user.pk: {user.region_id} for user in users if user.role == Role.MANAGER}
    for absent, deputy in _stood_in_for(users, asking):
        if absent.role == Role.MANAGER:
            led.setdefault(deputy.pk, set()).add(absent.region_id)
    return led


def _once_each(items: Iterable[Item]) -> list[Item]:
    """Return one item a record, the most urgent, without those that give way to another about the same matter."""
    kept: dict[tuple[str, int], Item] = {}
    ordered = sorted(items, key=lambda item: (item.urgency, item.due or FAR, item.title, item.about))
    behind = {item.concerns for item in ordered if item.concerns}
    for item in ordered:
        if not item.gives_way or item.about not in behind:
            kept.setdefault(item.about, item)
    return list(kept.values())


def _counted(item: Item, times: int) -> Item:
    return replace(item, asked_before=times) if times else item
