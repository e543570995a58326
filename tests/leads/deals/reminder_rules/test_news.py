"""What managers are told of deals beside their questions."""

from datetime import UTC, date, datetime

import pytest

from crm.accounts.models import User
from crm.reminders.asking import MOST_NEWS
from crm.reminders.queries import agendas_for
from leads.deals.models import Deal, StageChange
from tests.factories.deals import DealFactory

MONDAY = date(2026, 3, 2)
WEDNESDAY = datetime(2026, 2, 25, 6, tzinfo=UTC)


def change(deal: Deal, before: str, after: str, *, at: datetime = WEDNESDAY, **fields: str) -> Deal:
    StageChange.objects.create(deal=deal, from_stage=before, to_stage=after, at=at, **fields)
    return deal


def told(user: User) -> dict[str, list[str]]:
    briefing = agendas_for([user], on=MONDAY)[user.pk].briefing
    return {str(section.title): [line.title for line in section.lines] for section in briefing.sections}


def test_a_manager_is_told_what_moved_on_and_what_slipped_in_the_week_past(manager: User) -> None:
    owned = {"owner": manager, "region": manager.region}
    change(DealFactory(title="Forward", **owned), "lead", "qualified")
    change(DealFactory(title="Back", **owned), "negotiation", "qualified")
    change(DealFactory(title="Late", **owned), "lead", "lead", health="delayed")
    change(DealFactory(title="Lost", **owned), "lead", "lead", health="lost", reason="Price")
    change(DealFactory(title="Woken", **owned), "lead", "lead", health="on_track")
    change(DealFactory(title="New", **owned), "", "lead")
    change(DealFactory(title="Long ago", **owned), "lead", "qualified", at=datetime(2026, 2, 20, tzinfo=UTC))
    news = told(manager)
    assert news["Moved on this week"] == ["Forward"]
    assert set(news["Slipped this week"]) == {"Back", "Late", "Lost"}


def test_what_moved_on_and_was_lost_then_is_lost(manager: User) -> None:
    deal = change(DealFactory(title="Both", region=manager.region), "lead", "qualified")
    change(deal, "qualified", "qualified", health="lost", reason="Price", at=datetime(2026, 2, 26, tzinfo=UTC))
    [(title, [line])] = [(title, lines) for title, lines in told(manager).items() if "Both" in lines]
    assert (title, line) == ("Slipped this week", "Both")
    briefing = agendas_for([manager], on=MONDAY)[manager.pk].briefing
    assert [str(line.why) for section in briefing.sections for line in section.lines] == ["Lost: Price"]


def test_national_staff_is_told_of_every_region_and_a_region_of_its_own(manager: User, national: User) -> None:
    change(DealFactory(title="Ours", region=manager.region), "lead", "qualified")
    change(DealFactory(title="Theirs", region__code="KZ-23"), "lead", "qualified")
    assert told(manager)["Moved on this week"] == ["Ours"]
    assert set(told(national)["Moved on this week"]) == {"Ours", "Theirs"}


def test_the_first_few_are_named_and_the_others_counted(manager: User) -> None:
    for number in range(MOST_NEWS + 2):
        change(DealFactory(title=f"Deal {number}", region=manager.region), "lead", "qualified")
    [section] = agendas_for([manager], on=MONDAY)[manager.pk].briefing.sections
    assert (len(section.lines), section.rest, section.number) == (MOST_NEWS, 2, MOST_NEWS + 2)


@pytest.mark.parametrize("who", ["official", "viewer", "administrator"])
def test_nobody_else_is_told(who: str, db: None, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(who)
    change(DealFactory(region=user.region), "lead", "qualified")
    assert told(user) == {}


def test_what_only_happened_is_no_reason_for_a_mail(manager: User) -> None:
    change(DealFactory(region=manager.region), "lead", "qualified")
    agenda = agendas_for([manager], on=MONDAY)[manager.pk]
    assert agenda.briefing.sections
    assert agenda.is_empty
