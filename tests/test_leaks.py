"""Two regions of fifty random records each: nothing that the other one does changes any answer that a region gets.

Every address that answers a GET is asked by the people of one region, as it is and with searches and filters for the
other one's words and people; then the other region comes to life, and everything is asked again. Each answer
must be the same to the letter: no word, no row, no count, no name of a filter may differ. `SAPAR_SEED=… pytest
tests/test_leaks.py` replays a run.
"""

import datetime
import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from zipfile import ZipFile

import pytest
import time_machine
from django.db import transaction
from django.db.models import Model
from django.test import Client

from crm.accounts.models import User
from crm.audit.services import record_event
from tests.factories.companies import CompanyFactory
from tests.factories.reference import in_region
from tests.visibility.addresses import Address, addresses
from tests.visibility.decisions import SHARED, Decision, decision_on
from tests.visibility.paths import path_of
from tests.visibility.records import RECORDS
from tests.visibility.table import SHOWN
from tests.visibility.world import SYLLABLES, World, make_people, make_world

pytestmark = [pytest.mark.property, pytest.mark.django_db]
HERE, ELSEWHERE = "KZ-15", "KZ-23"
NOW = datetime.datetime(2026, 3, 2, 6, tzinfo=datetime.UTC)
#: Who asks: a partner sees less than an official, all others of a region see what one of them sees.
ASKING, STAFF = ("official", "partner"), ("administrator",)
ABSENT = 987_654_321
#: Differ from one answer to the next: tokens against forgery and random keys; and the page's nonce.
PASSING = re.compile(r"\b[A-Za-z0-9]{64}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
NONCE = re.compile(r'inlineScriptNonce": "([^"]+)"|nonce="([^"]+)"')
#: The directory of companies is shared: these show what every region enters there.
DIRECTORY = re.compile(r"^(companies:|deals:company_names|api:company-|admin:companies_company|admin:autocomplete)")
#: The pages that list records. The API's lists and the back office's are known by their names.
LISTS = {
    "commitments:commitments",
    "companies:companies",
    "companies:pick",
    "deals:board",
    "deals:company_names",
    "deals:table",
    "home:archive",
    "delegations:delegations",
    "delegations:practices",
    "home:my_week",
    "meetings:meetings",
    "visit_reports:reports",
}
ENDS_THE_SESSION = {"account_logout", "admin:logout"}

Answer = tuple[int, str, str]


@dataclass(frozen=True)
class Door:
    """An address that answers a GET, filled with a record of the region that asks, and what it is asked."""

    address: Address
    decision: Decision
    path: str

    @property
    def is_list(self) -> bool:
        """Does the address list records, which can be searched and narrowed?"""
        name = self.address.name
        return self.decision.record is None and (name.endswith(("-list", "_changelist")) or name in LISTS)

    @property
    def askers(self) -> tuple[str, ...]:
        return STAFF if self.address.name.startswith("admin:") else ASKING


@pytest.fixture
def chosen_seed() -> int:
    """The seed of ``SAPAR_SEED``, else one nobody has chosen. pytest shows it with a failure."""
    chosen = int(os.environ.get("SAPAR_SEED") or Random().randrange(1_000_000))
    print(f"SAPAR_SEED={chosen}")
    return chosen


@pytest.fixture(autouse=True)
def _at_that_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def doors(owner: User) -> list[Door]:
    """Return every address that answers a GET, each filled with a record of the owner's."""
    found, make = [], cache(lambda label: RECORDS[label](owner))
    for address in addresses():
        decision = decision_on(address)
        if decision is None or decision.method != "get" or address.name in ENDS_THE_SESSION:
            continue
        record = make(decision.record) if decision.record else None
        found.append(Door(address, decision, path_of(address, decision, record)))
    return found


def questions(door: Door, words: Random, strangers: list[int]) -> list[str]:
    """Return the address as it is, and a list also asked for words, people and the region of elsewhere."""
    if not door.is_list:
        return [door.path]
    word, person = "".join(words.choices(SYLLABLES, k=2)), words.choice(strangers)
    queries = ["", f"?q={word}&find={word}&search={word}", f"?owner={person}", f"?executor={person}"]
    region = "region__code" if door.address.name.startswith("api:") else "region"
    return [f"{door.path}{query}" for query in (*queries, f"?{region}={ELSEWHERE}")]


def ask(browser: Client, path: str) -> Answer:
    """Ask, take back what the answer changed, and leave out what differs every time."""
    with transaction.atomic():
        response = browser.get(path)
        body = unpacked(response.getvalue())
        transaction.set_rollback(True)
    location = response.headers.get("Location", "") + response.headers.get("HX-Redirect", "")
    for nonce in filter(None, {nonce for pair in NONCE.findall(body) for nonce in pair}):
        body = body.replace(nonce, "")
    return response.status_code, location, PASSING.sub("", body)


def unpacked(data: bytes) -> str:
    """Return what an answer says; of a workbook or a Word file its parts, without the day of packing."""
    if not data.startswith(b"PK\x03\x04"):
        return data.decode("utf-8", "replace")
    with ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in sorted(archive.namelist()) if not name.endswith("core.xml")}
    return "".join(f"{name}: {part.decode('utf-8', 'replace')}\n" for name, part in parts.items())


def signed_in(user: User) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser


def ask_all(asked: dict[str, list[str]], browsers: dict[str, Client]) -> dict[tuple[str, str], Answer]:
    return {(role, path): ask(browsers[role], path) for role, paths in asked.items() for path in paths}


def differences(before: dict[tuple[str, str], Answer], after: dict[tuple[str, str], Answer]) -> list[str]:
    """Return a line for each answer that is another now, with the first place where it differs."""
    return [
        f"{role} {path}: {_first_difference(before[role, path], answer)}"
        for (role, path), answer in after.items()
        if before[role, path] != answer
    ]


def _first_difference(before: Answer, after: Answer) -> str:
    if before[:2] != after[:2]:
        return f"{before[:2]} → {after[:2]}"
    place = next((i for i, (a, b) in enumerate(zip(before[2], after[2], strict=False)) if a != b), len(before[2]))
    return f"…{before[2][max(0, place - 60) : place + 60]!r} → …{after[2][max(0, place - 60) : place + 60]!r}"


class TestAnotherRegion:
    def test_changes_no_answer_at_any_door(
        self, chosen_seed: int, record_property: Callable[[str, object], None]
    ) -> None:
        random = Random(chosen_seed)
        companies = CompanyFactory.create_batch(8)
        here = make_world(make_people(HERE), random=random, companies=companies)
        strangers = make_people(ELSEWHERE)  # so that one can ask for their numbers before they do anything
        open_doors = doors(here.people["official"])
        words = Random(random.random())
        numbers = [user.pk for user in strangers.values()]
        asked: dict[str, list[str]] = {role: [] for role in ASKING + STAFF}
        for door in open_doors:
            paths = questions(door, words, numbers)
            for role in door.askers:
                asked[role] += paths
        browsers = {role: signed_in(here.people[role]) for role in asked}

        before = ask_all(asked, browsers)
        assert not [path for (_role, path), answer in before.items() if answer[0] >= 500]
        elsewhere = make_world(strangers, random=random, companies=companies)
        after = ask_all(asked, browsers)
        assert "\n".join(differences(before, after)) == ""

        # Every other kind of record there is, made there too.
        with in_region(ELSEWHERE):
            make_every_kind(elsewhere)
        alone = {door.path for door in open_doors if not DIRECTORY.match(door.address.name)}
        fewer = {role: [path for path in paths if path in alone] for role, paths in asked.items()}
        assert "\n".join(differences(before, ask_all(fewer, browsers))) == ""

        tell_nothing_of(elsewhere, open_doors, browsers)
        told = f"{len(before)} answers of {len(open_doors)} doors compared, none tells of the other region"
        record_property(SHOWN, f"leaks: {told} (SAPAR_SEED={chosen_seed})")


def make_every_kind(world: World) -> None:
    """Make each kind of record that the walk knows in that region. What all regions share is not made."""
    owner = world.people["official"]
    for label, make in RECORDS.items():
        if label not in SHARED and not label.startswith(("reference.", "shared.")):
            record = make(owner)
            world.records.append(record)
            record_event("changed", by=owner, record=record, changes={"title": ["-", "-"]})


def tell_nothing_of(elsewhere: World, open_doors: list[Door], browsers: dict[str, Client]) -> None:
    """Ask for each record of elsewhere by its number: the answer is that of a number that nobody has."""
    told = []
    for door in open_doors:
        label = door.decision.record
        theirs = elsewhere.of(label or "")
        if not theirs or label in SHARED or door.decision.of_history:
            continue
        for role in door.askers:
            numbers = [ABSENT, theirs[0].pk, theirs[-1].pk]
            paths = [path_of(door.address, door.decision, stand_in(theirs[0], number)) for number in numbers]
            absent, *answers = (without(ask(browsers[role], path), path) for path in paths)
            told += [f"{role} {paths[1]}: {answer[:2]}" for answer in answers if answer != absent]
    assert "\n".join(told) == ""


def stand_in(record: Model, number: int) -> Model:
    return type(record)(pk=number)


def without(answer: Answer, path: str) -> Answer:
    """Leave out where the page names its own address."""
    status, location, body = answer
    return status, location.replace(path, ""), body.replace(path, "")
