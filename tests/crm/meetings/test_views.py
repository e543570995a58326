import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from crm.companies.services import create_contact
from crm.meetings.models import Meeting
from crm.meetings.services import log_outcome
from tests.factories.companies import CompanyFactory
from tests.factories.delegations import DelegationFactory
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
LIST = reverse("meetings:meetings")


def subjects(client: Client, query: str = "") -> list[str]:
    return [meeting.subject for meeting in client.get(LIST + query).context["page"]]


@pytest.mark.parametrize("who", ["official", "colleague", "manager", "viewer", "national", "administrator"])
def test_the_region_and_national_staff_see_a_meeting(
    who: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    meeting = MeetingFactory(subject="Келіссөз")
    client = signed_in(request.getfixturevalue(who))
    assert subjects(client) == ["Келіссөз"]
    assert "Келіссөз" in client.get(meeting.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["stranger", "partner"])
def test_others_find_nothing(who: str, request: pytest.FixtureRequest, signed_in: SignIn) -> None:
    meeting = MeetingFactory()
    client = signed_in(request.getfixturevalue(who))
    assert subjects(client) == []
    for name in ("meeting", "edit", "archive"):
        assert client.get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 404


def test_a_viewer_may_not_write(viewer: User, signed_in: SignIn) -> None:
    meeting = MeetingFactory()
    for address in (reverse("meetings:create"), reverse("meetings:edit", args=[meeting.pk])):
        assert signed_in(viewer).post(address, {"subject": "X"}).status_code == 403


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_the_same_few_queries(
    rows: int, official: User, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    for meeting in MeetingFactory.create_batch(rows, owner=official):
        meeting.companies.add(CompanyFactory())
    client = signed_in(official)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(LIST)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_takes_twelve_queries_at_most(
    rows: int, official: User, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    meeting = MeetingFactory(owner=official, delegation=DelegationFactory())
    for number in range(rows):
        company = CompanyFactory()
        meeting.companies.add(company)
        meeting.contacts.add(create_contact(by=official, full_name=f"Person {number}", company=company))
    client = signed_in(official)
    client.get(meeting.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(meeting.get_absolute_url())


def test_those_that_await_their_outcome_come_first(official: User, signed_in: SignIn) -> None:
    done = MeetingFactory(subject="Done", date=datetime.date(2026, 3, 1))
    log_outcome(done, by=official, outcome="continues")
    MeetingFactory(subject="Older", date=datetime.date(2026, 1, 1))
    MeetingFactory(subject="Newer", date=datetime.date(2026, 2, 1))
    client = signed_in(official)
    assert subjects(client) == ["Newer", "Older", "Done"]
    assert subjects(client, "?outcome=continues") == ["Done"]
    assert subjects(client, "?since=2026-02-01") == ["Newer", "Done"]


def test_a_meeting_is_found_by_the_organisation_met_in_another_script(official: User, signed_in: SignIn) -> None:
    MeetingFactory(subject="Келіссөз").companies.add(CompanyFactory(name="Bursa Yapı"))
    MeetingFactory(subject="Other")
    assert subjects(signed_in(official), "?q=бурса+келіссөз") == ["Келіссөз"]


def test_a_meeting_is_entered_from_a_companys_page(official: User, signed_in: SignIn) -> None:
    company = CompanyFactory()
    contact = create_contact(by=official, full_name="Deniz Örnek", company=company)
    client = signed_in(official)
    page = client.get(reverse("meetings:create") + f"?company={company.pk}")
    assert page.context["form"].picked == [company]
    data = {
        "region": official.region_id,
        "subject": "Talks",
        "date": "2026-02-18",
        "time": "10:30",
        "companies": [company.pk],
        "contacts": [contact.pk],
        "topics": "Plot\n\nTariff",
        "owner": official.pk,
    }
    response = client.post(reverse("meetings:create"), data)
    meeting = Meeting.objects.get()
    assert response.url == meeting.get_absolute_url()
    assert (meeting.topics, meeting.owner, meeting.outcome) == (["Plot", "Tariff"], official, "awaited")
    assert (list(meeting.companies.all()), list(meeting.contacts.all())) == ([company], [contact])


def test_a_contact_of_another_region_cannot_be_chosen(official: User, stranger: User, signed_in: SignIn) -> None:
    foreign = create_contact(by=stranger, full_name="Deniz Örnek")
    data = {"region": official.region_id, "subject": "Talks", "contacts": [foreign.pk]}
    assert signed_in(official).post(reverse("meetings:create"), data).status_code == 422
    assert not Meeting.objects.exists()


def test_editing_keeps_what_the_form_shows(official: User, signed_in: SignIn) -> None:
    meeting = MeetingFactory(topics=["Plot"], owner=official)
    meeting.companies.add(CompanyFactory())
    client = signed_in(official)
    form = client.get(reverse("meetings:edit", args=[meeting.pk])).context["form"]
    assert (form["topics"].value(), len(form.picked)) == ("Plot", 1)
    data = {"region": meeting.region_id, "subject": "New", "version": 1, "companies": [form.picked[0].pk]}
    client.post(reverse("meetings:edit", args=[meeting.pk]), data)
    meeting.refresh_from_db()
    assert (meeting.subject, meeting.companies.count(), meeting.version) == ("New", 1, 2)
    assert client.post(reverse("meetings:edit", args=[meeting.pk]), data).status_code == 409
