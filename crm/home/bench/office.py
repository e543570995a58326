"""A large made-up office to measure on: people over all regions, and what they are asked about on one Monday."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import batched, count

from django.contrib.contenttypes.models import ContentType
from django.db import models

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.commitments.models import Commitment
from crm.companies.models import Company
from crm.meetings.models import Meeting
from crm.reference.choices import RegionKind
from crm.reference.models import Region
from leads.deals.models import Deal

MONDAY = date(2026, 3, 2)
AGES_AGO = datetime(2025, 1, 1, tzinfo=UTC)
#: One of so many is a manager, who is asked about the overdue commitments of the region too.
PEOPLE_A_MANAGER = 25
DEALS_EACH, MEETINGS_EACH = 5, 3
#: Due so many days before or after the Monday: some overdue, some today, most in the week.
DUE = (-18, -11, -6, -4, 0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 6)
#: What one person is asked: the commitments, the meetings without an outcome, the deals that have gone quiet.
ITEMS_EACH = len(DUE) + MEETINGS_EACH + DEALS_EACH
LANGUAGES = ("kk", "ru", "en")


def fill_office(*, users: int) -> None:
    """Write ``users`` people with ``ITEMS_EACH`` open questions each, in bulk: past services, log and history."""
    regions = list(Region.objects.filter(kind=RegionKind.REGION).order_by("code"))
    companies = [Company(name=f"Örnek Yapı {number} A.Ş.", country="TR") for number in range(max(users // 10, 1))]
    _write(companies)
    people = [_person(number, regions[number % len(regions)]) for number in range(users)]
    _write(people)
    User.objects.update(created_at=AGES_AGO)
    turn = count()
    deals = [_deal(person, companies[next(turn) % len(companies)]) for person in people for _ in range(DEALS_EACH)]
    _write(deals)
    _write([_meeting(person, number) for person in people for number in range(MEETINGS_EACH)])
    kind = ContentType.objects.get_for_model(Deal)
    _write(_commitments(people, deals, kind))


def _write(rows: list | Iterator) -> None:
    for some in batched(rows, 5000):
        made: type[models.Model] = type(some[0])
        made._default_manager.bulk_create(some, batch_size=1000)


def _person(number: int, region: Region) -> User:
    return User(
        email=f"person{number}@example.kz",
        full_name=f"Қызметкер {number}",
        region=region,
        role=Role.MANAGER if number % PEOPLE_A_MANAGER == 0 else Role.OFFICIAL,
        language=LANGUAGES[number % 3],
        password="!",  # noqa: S106 - nobody signs in
    )


def _deal(owner: User, company: Company) -> Deal:
    title = f"{company.name}: құрама темірбетон зауыты"
    return Deal(region=owner.region, title=title, company=company, owner=owner, last_activity_at=AGES_AGO)


def _meeting(owner: User, number: int) -> Meeting:
    day = MONDAY - timedelta(days=3 + number)
    return Meeting(region=owner.region, subject="Индустриялық аймақтағы кездесу", owner=owner, date=day)


def _commitments(people: list[User], deals: list[Deal], kind: ContentType) -> Iterator[Commitment]:
    for place, person in enumerate(people):
        own = deals[place * DEALS_EACH : (place + 1) * DEALS_EACH]
        for number, days in enumerate(DUE):
            yield Commitment(
                region=person.region,
                about_type=kind,
                about_id=own[number % DEALS_EACH].pk,
                text=f"Меморандум жобасын серіктес тарапқа жіберу, {number + 1}-тармақ",
                executor=person,
                due_date=MONDAY + timedelta(days=days),
            )
