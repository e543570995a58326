import pytest

from crm.accounts.models import User
from crm.companies.queries import contacts_visible_to
from crm.companies.services import create_contact
from crm.meetings import services
from crm.meetings.errors import OutcomeMissing
from crm.shared.errors import NotAllowed, VersionConflict
from tests.factories.companies import CompanyFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.reference import RegionFactory

pytestmark = pytest.mark.django_db


def test_a_meeting_belongs_to_who_enters_it_and_awaits_its_outcome(official: User) -> None:
    company = CompanyFactory()
    meeting = services.create_meeting(by=official, region=official.region, subject=" Talks ", companies=[company])
    assert (meeting.subject, meeting.owner, meeting.outcome) == ("Talks", official, "awaited")
    assert list(meeting.companies.all()) == [company]


def test_the_region_sees_the_data_of_whom_it_met(official: User, national: User) -> None:
    contact = create_contact(by=national, full_name="Deniz Örnek", regions=[RegionFactory(code="KZ-23")])
    assert contact not in contacts_visible_to(official)
    services.create_meeting(by=national, region=official.region, subject="Talks", contacts=[contact])
    assert contact in contacts_visible_to(official)


def test_an_outcome_says_who_logged_it_and_a_later_one_replaces_it(official: User, colleague: User) -> None:
    meeting = MeetingFactory()
    services.log_outcome(meeting, by=official, outcome="postponed", note=" In autumn ", expected_version=1)
    assert (meeting.outcome, meeting.outcome_note, meeting.outcome_logged_by) == ("postponed", "In autumn", official)
    services.log_outcome(meeting, by=colleague, outcome="continues")
    assert (meeting.outcome, meeting.outcome_logged_by, meeting.version) == ("continues", colleague, 3)
    assert [row.outcome for row in meeting.history.order_by("history_id")][-2:] == ["postponed", "continues"]


@pytest.mark.parametrize("outcome", ["awaited", "", "won"])
def test_an_outcome_must_be_one(outcome: str, official: User) -> None:
    with pytest.raises(OutcomeMissing):
        services.log_outcome(MeetingFactory(), by=official, outcome=outcome)


def test_roles_regions_and_versions_are_checked(official: User, stranger: User, viewer: User, partner: User) -> None:
    meeting = MeetingFactory()
    for user in (stranger, viewer, partner):
        with pytest.raises(NotAllowed):
            services.log_outcome(meeting, by=user, outcome="continues")
    services.update_meeting(meeting, by=official, place="Bursa")
    with pytest.raises(VersionConflict):
        services.log_outcome(meeting, by=official, outcome="continues", expected_version=1)
