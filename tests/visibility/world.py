"""A region with people and half a hundred records, made at random out of a seed, every word of them its own."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from django.core.files.base import ContentFile
from django.db.models import Model

from crm.accounts.models import User
from crm.audit.services import record_event
from crm.companies.models import Company
from crm.reference.models import Region
from crm.shared.searching import store_search_keys
from leads.deals.models import Deal
from leads.extraction.folding import fold
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import ContactFactory
from tests.factories.deals import DealFactory, DealValueFactory, MemorandumFactory
from tests.factories.delegations import (
    DelegationFactory,
    DelegationMemberFactory,
    DelegationStopFactory,
    PracticeFactory,
    ProgrammeItemFactory,
)
from tests.factories.documents import DocumentFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.notes import NoteFactory
from tests.factories.visit_reports import SuggestionFactory, VisitReportFactory

TODAY = datetime.date(2026, 3, 2)
SYLLABLES = ("ба", "бе", "ды", "жо", "зу", "қа", "ле", "мы", "но", "ра", "су", "ты", "үй", "шо", "ян", "өс")
ROLES = ("official", "manager", "viewer", "administrator", "partner")
#: How many of each noun: half a hundred records that people work on, besides what belongs to them.
COUNTS = {
    "delegations": 5,
    "contacts": 5,
    "meetings": 6,
    "deals": 9,
    "values": 4,
    "memoranda": 3,
    "commitments": 7,
    "notes": 4,
    "documents": 3,
    "practices": 2,
    "programmes": 2,
    "reports": 2,
}


@dataclass
class World:
    """A region, its people by role, and its records; ``words`` stand nowhere else."""

    region: Region
    people: dict[str, User]
    records: list[Model] = field(default_factory=list)
    words: set[str] = field(default_factory=set)

    def of(self, label: str) -> list[Model]:
        return [record for record in self.records if record._meta.label_lower == label]


def make_people(code: str) -> dict[str, User]:
    """Make one person of each role in the region."""
    return {role: UserFactory(role=role, region__code=code) for role in ROLES}


def make_world(people: dict[str, User], *, random: Random, companies: Sequence[Company]) -> World:
    """Make the records of those people's region. The companies are those of the shared directory."""
    return _Maker(people, random, companies).make()


class _Maker:
    def __init__(self, people: dict[str, User], random: Random, companies: Sequence[Company]) -> None:
        self.random, self.companies = random, companies
        self.world = World(people["official"].region, people)

    def make(self) -> World:
        for user in self.world.people.values():
            user.full_name = self.words(2)
            user.save()
        self.visits, self.met, self.talks, self.deals = [], [], [], []
        for noun, count in COUNTS.items():
            for _number in range(count):
                record = getattr(self, f"one_of_{noun}")()
                self.world.records.append(record)
                record_event("created", by=self.person(), record=record, changes={"title": [None, self.words(2)]})
        return self.world

    def words(self, count: int) -> str:
        """Return words that nothing else has."""
        made = []
        while len(made) < count:
            word = "".join(self.random.choices(SYLLABLES, k=6)).capitalize()
            if word not in self.world.words:
                self.world.words.add(word)
                made.append(word)
        return " ".join(made)

    def person(self) -> User:
        return self.world.people[self.random.choice(["official", "manager", "administrator"])]

    def company(self) -> Company:
        return self.random.choice(self.companies)

    def day(self) -> datetime.date:
        return TODAY + datetime.timedelta(days=self.random.randint(-60, 30))

    def one_of_delegations(self) -> Model:
        start = self.day()
        visit = DelegationFactory(
            region=self.world.region,
            title=self.words(3),
            secretary=self.person(),
            purpose=self.words(4),
            start_date=start,
            end_date=start + datetime.timedelta(days=2),
            status=self.random.choice(["planned", "returned", "closed"]),
        )
        visit.companies.set(self.random.sample(self.companies, 2))
        DelegationStopFactory(delegation=visit, city=self.words(1))
        DelegationMemberFactory(delegation=visit, full_name=self.words(2), position=self.words(2))
        self.visits.append(visit)
        return visit

    def one_of_contacts(self) -> Model:
        contact = ContactFactory(full_name=self.words(2), company=self.company(), position=self.words(2))
        contact.regions.add(self.world.region)
        store_search_keys(contact, {"search_text": fold(contact.full_name)})
        self.met.append(contact)
        return contact

    def one_of_meetings(self) -> Model:
        meeting = MeetingFactory(
            region=self.world.region,
            subject=self.words(3),
            date=self.day(),
            owner=self.person(),
            delegation=self.random.choice(self.visits),
            summary=self.words(3),
            topics=[self.words(2)],
        )
        meeting.companies.set([self.company()])
        meeting.contacts.set([self.random.choice(self.met)])
        self.talks.append(meeting)
        return meeting

    def one_of_deals(self) -> Model:
        moment = datetime.datetime.combine(self.day(), datetime.time(9), tzinfo=datetime.UTC)
        deal: Deal = DealFactory(
            region=self.world.region,
            title=self.words(3),
            summary=self.words(4),
            company=self.company(),
            owner=self.person(),
            delegation=self.random.choice(self.visits),
            stage=self.random.choice(["lead", "qualified", "negotiation", "memorandum"]),
            contact=self.random.choice(self.met),
            last_activity_at=moment,
        )
        store_search_keys(deal, {"search_text": fold(deal.title)})
        deal.meetings.set([self.random.choice(self.talks)])
        self.deals.append(deal)
        return deal

    def one_of_values(self) -> Model:
        return DealValueFactory(deal=self.random.choice(self.deals), evidence=self.words(2), date=self.day())

    def one_of_memoranda(self) -> Model:
        signed = {"parties": self.words(3), "next_milestone": self.words(2), "answerable": self.person()}
        return MemorandumFactory(deal=self.random.choice(self.deals), **signed)

    def one_of_commitments(self) -> Model:
        about = self.random.choice([*self.deals, *self.talks, *self.visits, *self.companies])
        side = self.random.choice(["ours", "ours", "theirs"])
        owed = CommitmentFactory(
            about=about,
            region=self.world.region,
            text=self.words(3),
            side=side,
            due_date=self.day(),
            executor=self.person() if side == "ours" else None,
            company=self.company() if side == "theirs" else None,
        )
        if side == "ours" and self.random.random() < 0.5:
            owed.co_executors.add(self.world.people["partner"])
        return owed

    def one_of_notes(self) -> Model:
        about = self.random.choice([*self.deals, *self.talks, *self.companies])
        note = NoteFactory(about=about, region=self.world.region, text=self.words(4), author=self.person())
        note.mentions.add(self.person())
        return note

    def one_of_documents(self) -> Model:
        return DocumentFactory(
            region=self.world.region,
            title=self.words(3),
            about=self.random.choice([*self.deals, *self.visits, *self.companies]),
            owner=self.person(),
            date=self.day(),
            reply_due=self.day(),
            sender=self.words(2),
            file=ContentFile(self.words(3).encode(), name="letter.txt"),
            file_name=f"{self.words(1)}.txt",
        )

    def one_of_practices(self) -> Model:
        visit = self.random.choice(self.visits)
        return PracticeFactory(
            region=self.world.region, summary=self.words(4), delegation=visit, company=self.company()
        )

    def one_of_programmes(self) -> Model:
        visit = self.random.choice(self.visits)
        return ProgrammeItemFactory(delegation=visit, date=self.day(), title=self.words(3), met_by=self.words(2))

    def one_of_reports(self) -> Model:
        text = f"{self.words(3)}. {self.words(3)}."
        report = VisitReportFactory(
            region=self.world.region,
            uploaded_by=self.person(),
            title=self.words(3),
            text=text,
            text_digest=fold(text)[:60],
            state="in_review",
            file_name=f"{self.words(1)}.txt",
        )
        values = {"name": self.words(2), "kind": "company"}
        SuggestionFactory(report=report, position=1, values=values, evidence={"": [[0, 10]]})
        return report
