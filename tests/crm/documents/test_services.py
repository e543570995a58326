import datetime

import pytest

from crm.accounts.models import User
from crm.documents import services
from crm.documents.queries import documents_about, documents_visible_to, letters_awaiting_reply
from crm.shared.errors import InvalidRecord, NotAllowed
from crm.shared.registries import timeline_of
from tests.factories.delegations import DelegationFactory

pytestmark = pytest.mark.django_db


def test_a_paper_of_a_record_is_found_there_and_stands_in_its_timeline(official: User, stranger: User) -> None:
    visit = DelegationFactory()
    paper = services.create_document(
        by=official,
        region=visit.region,
        kind="programme",
        title="Programme",
        about=visit,
        date=datetime.date(2026, 2, 1),
    )
    assert list(documents_about(visit, official)) == [paper]
    assert list(documents_about(visit, stranger)) == []
    assert [entry.title for entry in timeline_of(visit, official)] == ["Visit programme: Programme"]
    assert paper.owner == official


def test_a_letter_awaits_its_reply_until_it_is_answered(official: User) -> None:
    region = official.region
    late = services.create_document(
        by=official, region=region, kind="letter_out", title="Late", reply_due=datetime.date(2026, 2, 1)
    )
    later = services.create_document(
        by=official, region=region, kind="letter_out", title="Later", reply_due=datetime.date(2026, 3, 1)
    )
    assert list(letters_awaiting_reply(documents_visible_to(official))) == [late, later]
    reply = services.create_document(by=official, region=region, kind="letter_in", title="Reply")
    services.answer_document(late, by=official, answer=reply)
    assert list(letters_awaiting_reply(documents_visible_to(official))) == [later]
    services.archive_document(later, by=official, reason="Sent by mistake")
    assert list(letters_awaiting_reply(documents_visible_to(official))) == []


def test_kinds_roles_and_regions_are_checked(official: User, stranger: User, viewer: User) -> None:
    with pytest.raises(InvalidRecord) as wrong:
        services.create_document(by=official, region=official.region, kind="poem", title="X")
    assert list(wrong.value.fields) == ["kind"]
    for user in (stranger, viewer):
        with pytest.raises(NotAllowed):
            services.create_document(by=user, region=official.region, kind="order", title="X")
