"""Triggers that refuse to change or delete an audit event, on both databases."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER audit_no_{verb} BEFORE {VERB} ON audit_auditevent
BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'audit events are append-only'; END; $$;
"""
POSTGRESQL = """
CREATE TRIGGER audit_no_{verb} BEFORE {VERB} ON audit_auditevent
FOR EACH {each} EXECUTE FUNCTION audit_refuse();
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(SQLITE.format(verb=verb, VERB=verb.upper()))
        return
    schema_editor.execute(POSTGRESQL_FUNCTION)
    # TRUNCATE is left to the owner of the table: the test runner empties tables with it, the running role may not.
    for verb in ("update", "delete"):
        schema_editor.execute(POSTGRESQL.format(verb=verb, VERB=verb.upper(), each="ROW"))


def drop(apps, schema_editor):
    on = "" if schema_editor.connection.vendor == "sqlite" else " ON audit_auditevent"
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER audit_no_{verb}{on}")
    if on:
        schema_editor.execute("DROP FUNCTION audit_refuse()")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
