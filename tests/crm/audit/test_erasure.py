"""A person's data leave the record, its history, the search and the log; nothing else in the log can be changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from crm.accounts.models import User
from crm.accounts.services import deactivate_user, erase_user, update_user
from crm.audit.choices import Action
from crm.audit.erasure import MARK
from crm.audit.models import AuditEvent
from crm.audit.services import record_event
from crm.companies.models import Contact
from crm.companies.services import create_company, create_contact, erase_contact, update_contact
from crm.delegations.models import Debrief, Delegation
from crm.delegations.services import create_delegation
from crm.reminders.models import Letter
from crm.shared.errors import DomainError, NotAllowed
from leads.visit_reports.models import Suggestion
from tests.factories.accounts import UserFactory
from tests.factories.visit_reports import SuggestionFactory, VisitReportFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
#: What tells who the person is; nothing else in these tests has these words.
PERSONAL = ("Қуанышева", "Zhanna", "zhanna", "7771234", "Бас инженер")


def everything_stored() -> str:
    """Return all that any table holds, as text."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            texts += [str(row) for row in cursor.fetchall()]
    # SQLite keeps JSON as text with its letters spelt.
    return "\n".join(texts).encode().decode("unicode_escape", "replace") + "\n".join(texts)


def shape() -> list[tuple[Any, ...]]:
    """Return what of the log stays whatever is erased."""
    rows = AuditEvent.objects.order_by("pk")
    return [(e.pk, e.at, e.actor_id, e.door, e.action, e.model, e.record_id, sorted(e.changes)) for e in rows]


@pytest.fixture
def contact(official: User) -> Contact:
    made = create_contact(
        by=official,
        full_name="Жанна Қуанышева",
        position="Бас инженер",
        email="zhanna@example.kz",
        phone="+7 777 7771234",
        company=create_company(by=official, name="Örnek Yapı"),
    )
    update_contact(made, by=official, full_name="Zhanna Қуанышева")
    create_delegation(
        by=official,
        region=official.region,
        title="Бурсаға сапар",
        members=[{"side": "theirs", "full_name": "Zhanna Қуанышева", "email": "zhanna@example.kz", "contact": made}],
    )
    values = {"name": "Zhanna Қуанышева", "title": "Бас инженер", "role": "counterpart"}
    report = VisitReportFactory(region=official.region, state="in_review", text="We met an engineer.")
    SuggestionFactory(report=report, kind="person", position=1, values=values, read=values, contact=made)
    return made


class TestContact:
    def test_nothing_of_the_person_is_left_in_any_table(self, contact: Contact, administrator: User) -> None:
        assert all(word in everything_stored() for word in PERSONAL)
        before = shape()

        erase_contact(contact, by=administrator, reason="Letter of 2 March")

        assert [word for word in PERSONAL if word in everything_stored()] == []
        assert shape()[: len(before)] == before
        contact.refresh_from_db()
        assert (contact.full_name, contact.email, contact.search_text) == (MARK, "", "")
        assert contact.is_archived
        assert {row.full_name for row in contact.history.all()} == {MARK}
        [erased] = AuditEvent.objects.filter(action=Action.ERASED, model="companies.contact")
        assert (erased.actor, erased.changes) == (administrator, {"reason": [None, "Letter of 2 March"]})

    def test_the_log_keeps_what_was_empty_and_what_is_not_personal(self, contact: Contact, administrator: User) -> None:
        erase_contact(contact, by=administrator, reason="r")
        created, changed = AuditEvent.objects.filter(model="companies.contact").order_by("pk")[:2]
        assert created.changes["full_name"] == [None, MARK]
        assert created.changes["company_id"] == [None, contact.company_id]
        assert changed.changes == {"full_name": [MARK, MARK]}
        assert (created.record_label, created.actor_name) == (MARK, str(created.actor))
        assert Delegation.objects.get().search_text == "bursaga sapar" or MARK not in Delegation.objects.get().title
        assert Suggestion.objects.get().values == {"name": MARK, "title": "", "role": "counterpart"}

    def test_only_an_administrator_who_sees_the_person_may(
        self, contact: Contact, official: User, manager: User, administrator: User
    ) -> None:
        other = UserFactory(role="administrator", region__code="KZ-23")
        for by in (official, manager, other):
            with pytest.raises(NotAllowed):
                erase_contact(contact, by=by, reason="r")
        assert Contact.objects.get().email

    def test_the_page_says_what_goes_asks_why_and_does_it(
        self, contact: Contact, signed_in: SignIn, administrator: User, official: User
    ) -> None:
        address = f"/companies/contacts/{contact.pk}/erase/"
        browser = signed_in(administrator)
        assert address in browser.get(f"/companies/contacts/{contact.pk}/edit/").content.decode()
        assert address not in signed_in(official).get(f"/companies/contacts/{contact.pk}/edit/").content.decode()
        assert "the audit log" in browser.get(address).content.decode()
        assert browser.post(address, {"reason": ""}).status_code == 422
        assert Contact.objects.get().email
        answer = browser.post(address, {"reason": "Letter of 2 March"}, follow=True)
        assert "data are erased" in answer.content.decode()
        assert not Contact.objects.get().email


class TestUser:
    @pytest.fixture
    def left(self, administrator: User) -> User:
        user = UserFactory(
            role="official", region__code="KZ-15", full_name="Zhanna Қуанышева", email="zhanna@example.kz"
        )
        update_user(user, by=administrator, position="Бас инженер")
        company = create_company(by=user, name="Örnek Yapı")
        record_event(Action.SIGN_IN_FAILED, by=None, record=user, changes={"email": "zhanna@example.kz"})
        visit = create_delegation(
            by=user, region=user.region, title="Сапар", members=[{"full_name": user.full_name, "user": user}]
        )
        Debrief.objects.create(
            delegation=visit, full_name=user.full_name, email=user.email, user=user, asked_on="2026-03-01"
        )
        Letter.objects.create(
            key="k",
            user=user,
            region=user.region,
            address=user.email,
            subject="Zhanna",
            lease_until="2026-03-02T12:00:00Z",
            message_id="<k@x>",
        )
        assert company
        return user

    def test_nothing_of_the_person_is_left_and_what_was_done_stays(self, left: User, administrator: User) -> None:
        deactivate_user(left, by=administrator)
        before = shape()

        erase_user(left, by=administrator, reason="Letter of 2 March")

        words = [word for word in PERSONAL if word != "7771234"]
        assert [word for word in words if word in everything_stored()] == []
        assert shape()[: len(before)] == before
        event = AuditEvent.objects.get(model="companies.company", action="created")
        assert (event.actor, event.actor_name, event.record_label) == (left, MARK, "Örnek Yapı")
        left.refresh_from_db()
        assert (left.full_name, left.is_erased, left.has_usable_password()) == (MARK, True, False)

    def test_who_has_not_left_is_not_erased_and_who_was_does_not_come_back(
        self, left: User, administrator: User, manager: User
    ) -> None:
        with pytest.raises(DomainError):
            erase_user(left, by=administrator, reason="r")
        deactivate_user(left, by=administrator)
        with pytest.raises(NotAllowed):
            erase_user(left, by=manager, reason="r")
        erase_user(left, by=administrator, reason="r")
        with pytest.raises(DomainError):
            update_user(left, by=administrator, is_active=True)

    def test_the_page_of_the_person_leads_to_it(self, left: User, signed_in: SignIn, administrator: User) -> None:
        page, address = f"/settings/people/{left.pk}/", f"/settings/people/{left.pk}/erase/"
        browser = signed_in(administrator)
        assert address not in browser.get(page).content.decode()
        assert browser.post(address, {"reason": "r"}).status_code == 422  # still open
        deactivate_user(left, by=administrator)
        assert address in browser.get(page).content.decode()
        shown = browser.post(address, {"reason": "r"}, follow=True).content.decode()
        assert "data are erased" in shown
        assert "Open the account again" not in shown


class TestOnlyThisWay:
    """The triggers, asked past every service."""

    @pytest.fixture
    def events(self, official: User, contact: Contact) -> dict[str, AuditEvent]:
        company = AuditEvent.objects.get(model="companies.company")
        created = AuditEvent.objects.filter(model="companies.contact", action="created").get()
        return {"company": company, "contact": created}

    def refused(self, event: AuditEvent, **values: Any) -> None:
        # PostgreSQL fails on changes that are no object before it comes to the rule.
        with pytest.raises(DatabaseError, match=r"append-only|non-object"), transaction.atomic():
            AuditEvent.objects.filter(pk=event.pk).update(**values)

    def test_without_an_event_that_says_so_nothing_is_blanked(self, events: dict[str, AuditEvent]) -> None:
        contact = events["contact"]
        self.refused(contact, record_label=MARK)
        self.refused(contact, actor_name=MARK)
        self.refused(contact, address=None, actor_name=MARK)
        self.refused(contact, changes=contact.changes | {"full_name": [None, MARK]})

    def test_with_one_only_its_own_record_is_and_only_by_the_mark(
        self, events: dict[str, AuditEvent], contact: Contact
    ) -> None:
        record_event(Action.ERASED, by=None, record=contact, changes={"reason": [None, "r"]})
        event, changes = events["contact"], events["contact"].changes
        self.refused(events["company"], record_label=MARK)
        self.refused(event, record_label="Somebody else")
        self.refused(event, actor_name=MARK)
        for other in (
            changes | {"full_name": [None, "Somebody else"]},
            changes | {"full_name": "Somebody else"},
            changes | {"full_name": [None, MARK, "x"]},
            changes | {"full_name": {"x": MARK}},
            changes | {"full_name": None},
            changes | {"added": MARK},
            {name: value for name, value in changes.items() if name != "full_name"},
            {},
            [MARK],
            MARK,
        ):
            self.refused(event, changes=other)
        for fixed in ("id", "actor", "door", "action", "model", "record_id", "region_code"):
            value = {"id": 10**6, "actor": None}.get(fixed, "api")
            self.refused(event, **{fixed: value})
        self.refused(event, at="2026-01-01T00:00:00Z")
        self.refused(event, at="2026-01-01T00:00:00Z", record_label=MARK)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            AuditEvent.objects.filter(pk=event.pk)._raw_delete("default")

        AuditEvent.objects.filter(pk=event.pk).update(changes=changes | {"full_name": [None, MARK]}, record_label=MARK)
        event.refresh_from_db()
        assert (event.changes["full_name"], event.record_label) == ([None, MARK], MARK)
        # What was blanked cannot be filled again.
        self.refused(event, changes=changes)

    def test_an_erased_users_name_is_blanked_and_no_value_of_what_they_did(
        self, events: dict[str, AuditEvent], official: User
    ) -> None:
        record_event(Action.ERASED, by=None, record=official, changes={"reason": [None, "r"]})
        event = events["company"]
        self.refused(event, record_label=MARK)
        self.refused(event, changes=dict.fromkeys(event.changes, MARK))
        self.refused(event, actor_name="Somebody else")
        self.refused(event, address="10.0.0.1")
        AuditEvent.objects.filter(pk=event.pk).update(actor_name=MARK, address=None)
        event.refresh_from_db()
        assert event.actor_name == MARK
