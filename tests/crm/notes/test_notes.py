from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from crm.notes import services
from crm.notes.errors import MentionRefused
from crm.notes.models import Note
from crm.notes.queries import users_who_see
from crm.shared.errors import InvalidRecord, NotAllowed, RecordNotFound
from crm.shared.registries import find_visible
from tests.factories.companies import CompanyFactory
from tests.factories.delegations import DelegationFactory
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def address(name: str, record: object) -> str:
    return reverse(f"notes:{name}", args=[record._meta.label_lower, record.pk])


def test_a_note_stands_in_its_records_region_with_its_mentions(official: User, colleague: User, national: User) -> None:
    visit = DelegationFactory()
    note = services.create_note(by=official, about=visit, text=" They liked the plot ", mentions=[colleague, national])
    assert (note.about, note.region, note.author, note.text) == (visit, visit.region, official, "They liked the plot")
    assert set(note.mentions.all()) == {colleague, national}


def test_nobody_is_mentioned_who_could_not_see_the_note(official: User, stranger: User, partner: User) -> None:
    for outsider in (stranger, partner):
        with pytest.raises(MentionRefused):
            services.create_note(by=official, about=DelegationFactory(), text="X", mentions=[outsider])
    assert not Note.objects.exists()


def test_empty_notes_and_who_may_not_write_are_refused(official: User, viewer: User, stranger: User) -> None:
    visit = DelegationFactory()
    with pytest.raises(InvalidRecord):
        services.create_note(by=official, about=visit, text="  ")
    for user in (viewer, stranger):
        with pytest.raises(NotAllowed):
            services.create_note(by=user, about=visit, text="X")


def test_colleagues_and_national_staff_see_a_region(
    official: User, viewer: User, partner: User, stranger: User, national: User
) -> None:
    assert set(users_who_see(official.region)) == {official, viewer, national}


@pytest.mark.parametrize("label", ["delegations.delegation", "nothing.nothing", "accounts.user"])
def test_a_record_is_found_only_by_who_may_see_it(label: str, official: User, stranger: User) -> None:
    visit = DelegationFactory()
    with pytest.raises(RecordNotFound):
        find_visible(stranger, label, visit.pk)
    assert find_visible(official, "delegations.delegation", visit.pk) == visit
    with pytest.raises(RecordNotFound):
        find_visible(official, "delegations.delegation", "x")


@pytest.mark.parametrize(
    ("who", "status"), [("official", 200), ("colleague", 200), ("viewer", 200), ("stranger", 404), ("partner", 404)]
)
def test_who_sees_a_timeline(who: str, status: int, request: pytest.FixtureRequest, signed_in: SignIn) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get(address("timeline", DelegationFactory())).status_code == status


def test_a_note_is_posted_to_the_page_and_to_htmx(official: User, colleague: User, signed_in: SignIn) -> None:
    visit = DelegationFactory()
    client = signed_in(official)
    data = {"text": "They <b>liked</b> it", "mentions": [colleague.pk]}
    plain = client.post(address("create", visit), data)
    assert (plain.status_code, plain.url) == (302, address("timeline", visit))
    part = client.post(address("create", visit), {"text": "Second"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.index("Second") < part.index("They &lt;b&gt;liked&lt;/b&gt; it")
    assert colleague.full_name in part
    assert client.post(address("create", visit), {"text": " "}).status_code == 422
    assert Note.objects.count() == 2


def test_outsiders_and_viewers_post_nothing(viewer: User, stranger: User, partner: User, signed_in: SignIn) -> None:
    target = address("create", DelegationFactory())
    answers = [signed_in(user).post(target, {"text": "X"}).status_code for user in (viewer, stranger, partner)]
    assert answers == [403, 404, 404]
    assert not Note.objects.exists()


def test_a_company_shows_each_region_its_own_notes(official: User, stranger: User, signed_in: SignIn) -> None:
    company = CompanyFactory()
    services.create_note(by=official, about=company, text="Ours alone")
    assert "Ours alone" in signed_in(official).get(address("timeline", company)).content.decode()
    assert "Ours alone" not in signed_in(stranger).get(address("timeline", company)).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_a_timeline_takes_twelve_queries_at_most(
    rows: int, official: User, colleague: User, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    company = CompanyFactory()
    for number in range(rows):
        services.create_note(by=official, about=company, text=f"Note {number}", mentions=[colleague])
        MeetingFactory(owner=official).companies.add(company)
    client = signed_in(official)
    client.get(address("timeline", company))
    with django_assert_max_num_queries(12):
        client.get(address("timeline", company))
