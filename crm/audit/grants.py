"""Two roles of PostgreSQL: one owns the tables and migrates, the other runs the site and cannot change the audit log.

``MIGRATION_DATABASE_URL`` names the first, ``DATABASE_URL`` the second. After each ``migrate`` the running role gets
what it needs, also on tables that are new, and nothing on the log but to read it and to add to it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from crm.audit.models import AuditEvent

#: What the running role may do with every table …
EVERYWHERE = "SELECT, INSERT, UPDATE, DELETE"
#: … and may not do with the log. TRIGGER would let it add one that swallows what is written.
NEVER_ON_THE_LOG = "UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER"
#: Act as their owner, and can only put the mark where something was erased openly (``crm.audit.erasure``).
WAYS_TO_FORGET = (
    "audit_forget_values(bigint, text, jsonb, text, inet)",
    "audit_forget_actor(bigint)",
)


@contextmanager
def as_owner(alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Work on the database as the role that owns its tables, where one is set, and as the running role afterwards."""
    owner = settings.MIGRATION_DATABASE
    if owner is None or alias != DEFAULT_DB_ALIAS:
        yield
        return
    running = connections[alias]
    migrating: BaseDatabaseWrapper = running.copy()
    # A pool belongs to the alias, whoever asks it: the owner has a connection of its own.
    options = {name: value for name, value in running.settings_dict["OPTIONS"].items() if name != "pool"}
    migrating.settings_dict |= {**owner, "OPTIONS": options}
    running.close()
    connections[alias] = migrating
    try:
        yield
    finally:
        migrating.close()
        connections[alias] = running


def let_running_role_work(*, using: str, **kwargs: Any) -> None:
    """Grant, as the owner, what the role of ``DATABASE_URL`` needs; told by Django at the end of each ``migrate``."""
    connection = connections[using]
    if settings.MIGRATION_DATABASE is None or connection.vendor != "postgresql" or using != DEFAULT_DB_ALIAS:
        return
    grant_to(settings.RUNNING_ROLE, connection=connection)


def grant_to(role: str, *, connection: BaseDatabaseWrapper) -> None:
    """Let ``role`` run the site on the connection's schema.

    Raises ``ImproperlyConfigured`` where no grant could keep it from changing the log: a superuser, and whoever is, or
    may become, the tables' owner.
    """
    quote = connection.ops.quote_name
    log = quote(AuditEvent._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR pg_has_role(oid, current_user, 'MEMBER') FROM pg_roles WHERE rolname = %s", [role]
        )
        found = cursor.fetchone()
        if found is None or found[0]:
            why = "there is no such role" if found is None else "it owns the tables or is a superuser"
            raise ImproperlyConfigured(f"DATABASE_URL names the role {role!r}, which cannot run the site: {why}.")
        cursor.execute("SELECT current_schema()")
        [schema] = cursor.fetchone()
        to, within = quote(role), quote(schema)
        for statement in (
            f"GRANT USAGE ON SCHEMA {within} TO {to}",
            f"GRANT {EVERYWHERE} ON ALL TABLES IN SCHEMA {within} TO {to}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {within} TO {to}",
            *(f"GRANT EXECUTE ON FUNCTION {function} TO {to}" for function in WAYS_TO_FORGET),
            f"REVOKE {NEVER_ON_THE_LOG} ON {log} FROM {to}, PUBLIC",
        ):
            cursor.execute(statement)
