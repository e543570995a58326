"""On PostgreSQL the role that runs the site does all of its work, and leaves the audit log as it is."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client

from crm.accounts.services import erase_user
from crm.audit.grants import as_owner
from crm.audit.models import AuditEvent
from crm.companies.models import Company
from crm.companies.services import create_company, create_contact, erase_contact, update_company
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]

ROLE = f"sapar_running_{os.getpid()}"
LOG = "audit_auditevent"
REFUSED = (
    f"UPDATE {LOG} SET actor_name = 'somebody else'",
    f"UPDATE {LOG} SET at = now() WHERE id = 1",
    f"DELETE FROM {LOG}",
    f"TRUNCATE {LOG}",
    f"TRUNCATE {LOG} CASCADE",
    f"ALTER TABLE {LOG} DISABLE TRIGGER ALL",
    f"ALTER TABLE {LOG} DISABLE TRIGGER audit_no_update",
    f"ALTER TABLE {LOG} RENAME TO forgotten",
    f"ALTER TABLE {LOG} OWNER TO {ROLE}",
    f"ALTER TABLE {LOG} DROP COLUMN changes",
    f"DROP TABLE {LOG}",
    f"DROP TRIGGER audit_no_update ON {LOG}",
    "DROP FUNCTION audit_refuse() CASCADE",
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    f"CREATE TRIGGER swallow BEFORE INSERT ON {LOG} FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    f"CREATE RULE swallow AS ON INSERT TO {LOG} DO INSTEAD NOTHING",
    "SET session_replication_role = replica",
    "CREATE TABLE of_its_own (id int)",
)


@contextmanager
def working_as(role: str) -> Iterator[None]:
    """Let all that the site does in here be done by ``role``, on a connection of its own."""
    owner = connections["default"]
    running = owner.copy()
    options = {name: value for name, value in owner.settings_dict["OPTIONS"].items() if name != "pool"}
    running.settings_dict |= {"USER": role, "PASSWORD": "x", "OPTIONS": options}
    connections["default"] = running
    try:
        yield
    finally:
        running.close()
        connections["default"] = owner


@pytest.fixture
def running_role(transactional_db: None, settings: Any) -> Iterator[str]:
    """A role that owns nothing, as an installation has it once it has migrated as the owner."""
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL alone has roles")
    owner = dict(connection.settings_dict)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'x'")
    try:
        settings.MIGRATION_DATABASE = {name: owner[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
        settings.RUNNING_ROLE = ROLE
        with working_as(ROLE):
            call_command("migrate", "audit", verbosity=0)
        yield ROLE
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {ROLE}")
            cursor.execute(f"DROP ROLE {ROLE}")


def test_the_running_role_does_the_sites_work(running_role: str) -> None:
    official = UserFactory(role="official", region__code="KZ-15")
    with working_as(running_role):
        company = create_company(by=official, name="Örnek Yapı", country="TR")
        update_company(company, by=official, city="Bursa")
        browser = Client()
        browser.force_login(official)
        assert "Örnek Yapı" in browser.get("/companies/").content.decode()
        browser.logout()
    assert Company.objects.get().city == "Bursa"
    assert AuditEvent.objects.filter(model="companies.company", actor=official).count() == 2


def test_the_running_role_cannot_change_what_stands_in_the_log(running_role: str) -> None:
    create_company(by=UserFactory(role="official", region__code="KZ-15"), name="Örnek Yapı")
    before = list(AuditEvent.objects.values())
    with working_as(running_role):
        owner = connection_owner()
        for statement in (*REFUSED, f"SET ROLE {owner}"):
            with (
                pytest.raises(DatabaseError, match=r"permission denied|must be owner|append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
    assert list(AuditEvent.objects.values()) == before
    assert before


def test_the_running_role_cannot_give_itself_more(running_role: str) -> None:
    with working_as(running_role), connection.cursor() as cursor:
        cursor.execute(f"GRANT ALL ON {LOG} TO {ROLE}")  # PostgreSQL only warns that nothing was granted
        cursor.execute(
            "SELECT string_agg(privilege_type, ', ' ORDER BY 1) FROM information_schema.role_table_grants "
            "WHERE table_name = %s AND grantee = %s",
            [LOG, ROLE],
        )
        assert cursor.fetchone() == ("INSERT, SELECT",)


def test_the_running_role_forgets_a_person_and_no_more_than_that(running_role: str) -> None:
    administrator = UserFactory(role="administrator", region__code="KZ-15")
    left = UserFactory(role="official", region__code="KZ-15", full_name="Жанна Қуанышева", is_active=False)
    contact = create_contact(by=administrator, full_name="Zhanna Қуанышева", email="zhanna@example.kz")
    company = create_company(by=None, name="Örnek Yapı")
    with working_as(running_role):
        erase_contact(contact, by=administrator, reason="r")
        erase_user(left, by=administrator, reason="r")
        event = AuditEvent.objects.get(model="companies.company", record_id=company.pk)
        for statement in (
            f"SELECT audit_forget_values({event.pk}, 'x', '{{}}', 'x', NULL)",
            f"SELECT audit_forget_values({event.pk}, '***', '{{}}', '', NULL)",
            f"UPDATE {LOG} SET record_label = '***' WHERE model = 'companies.contact'",
            "ALTER FUNCTION audit_forget_actor(bigint) OWNER TO CURRENT_USER",
            "DROP FUNCTION audit_only_forget() CASCADE",
        ):
            with (
                pytest.raises(DatabaseError, match=r"permission denied|must be owner|append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
        # A table of one's own by the log's name does not deceive the functions.
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE {LOG} AS SELECT * FROM {LOG}")
            cursor.execute(f"UPDATE pg_temp.{LOG} SET action = 'erased'")
            with pytest.raises(DatabaseError, match="append-only"):
                cursor.execute(f"SELECT audit_forget_values({event.pk}, '***', '{{}}', '', NULL)")
    assert "Қуанышева" not in str(list(AuditEvent.objects.values()))
    event.refresh_from_db()
    assert event.record_label == "Örnek Yapı"


def connection_owner() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner FROM pg_tables WHERE tablename = %s", [LOG])
        return str(cursor.fetchone()[0])


def test_migrating_acts_as_the_owner_and_only_that(running_role: str) -> None:
    def acting() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            return str(cursor.fetchone()[0])

    with working_as(running_role):
        assert acting() == running_role
        with as_owner():
            assert acting() == connection_owner() != running_role
        assert acting() == running_role


def test_a_role_that_no_grant_can_hold_is_refused(running_role: str, settings: Any) -> None:
    settings.RUNNING_ROLE = connection_owner()
    with pytest.raises(ImproperlyConfigured, match="owns the tables"):
        call_command("migrate", "audit", verbosity=0)
    settings.RUNNING_ROLE = "nobody_of_that_name"
    with pytest.raises(ImproperlyConfigured, match="no such role"):
        call_command("migrate", "audit", verbosity=0)
