"""Let a person's data leave the log, and nothing else: values give way to a mark where the log says "erased".

An UPDATE passes where when, who, what, through which door and on which record stay as they are, and

- values and the label of a record are as they were or the mark, where an event says that this record was erased;
- the name and the address of who acted are as they were, or the mark and nothing, where that user was erased.

So whoever wants to change the log otherwise can only blank what was erased openly. On PostgreSQL the running role may
not even do that by itself (``crm.audit.grants``): it calls two functions that act as their owner.
"""

from django.db import migrations

MARK = "***"
MARKED = (
    f'"{MARK}"',
    f'["{MARK}","{MARK}"]',
    f'[null,"{MARK}"]',
    f'["{MARK}",null]',
    f'["","{MARK}"]',
    f'["{MARK}",""]',
)

#: What stays in any case. ``IS NOT DISTINCT FROM`` is ``IS`` on SQLite.
FIXED = ("id", "at", "actor_id", "door", "action", "model", "record_id", "region_code")
SQLITE_UPDATE = """
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_auditevent
WHEN NOT (
  {fixed}
  AND (
    (NEW.record_label IS OLD.record_label AND NEW.changes IS OLD.changes)
    OR (
      EXISTS (SELECT 1 FROM audit_auditevent e
        WHERE e.action = 'erased' AND e.model = OLD.model AND e.record_id = OLD.record_id)
      AND (NEW.record_label IS OLD.record_label OR NEW.record_label = '{mark}')
      AND (SELECT count(*) FROM json_each(NEW.changes)) = (SELECT count(*) FROM json_each(OLD.changes))
      AND NOT EXISTS (
        SELECT 1 FROM json_each(OLD.changes) o LEFT JOIN json_each(NEW.changes) n ON n.key = o.key
        WHERE n.key IS NULL
          OR NOT (n.type = o.type AND n.value IS o.value)
          AND NOT (CASE n.type WHEN 'text' THEN n.value = '{mark}' ELSE n.type = 'array' AND n.value IN ({arrays}) END)
      )
    )
  )
  AND (
    (NEW.actor_name IS OLD.actor_name AND NEW.address IS OLD.address)
    OR (
      EXISTS (SELECT 1 FROM audit_auditevent e WHERE e.action = 'erased' AND e.model = 'accounts.user'
        AND e.record_id = CAST(OLD.actor_id AS TEXT))
      AND (NEW.actor_name IS OLD.actor_name OR NEW.actor_name = '{mark}')
      AND (NEW.address IS OLD.address OR NEW.address IS NULL)
    )
  )
)
BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;
"""
POSTGRESQL_CHECK = """
CREATE FUNCTION audit_only_forget() RETURNS trigger LANGUAGE plpgsql SET search_path = {schema}, pg_temp AS $$
BEGIN
  IF NOT (
    {fixed}
    AND (
      (NEW.record_label IS NOT DISTINCT FROM OLD.record_label AND NEW.changes IS NOT DISTINCT FROM OLD.changes)
      OR (
        EXISTS (SELECT 1 FROM audit_auditevent e
          WHERE e.action = 'erased' AND e.model = OLD.model AND e.record_id = OLD.record_id)
        AND NEW.record_label IN (OLD.record_label, '{mark}')
        AND NOT EXISTS (
          SELECT 1 FROM jsonb_each(OLD.changes) o FULL JOIN jsonb_each(NEW.changes) n USING (key)
          WHERE o.value IS NULL OR n.value IS NULL OR (n.value <> o.value AND n.value NOT IN ({marked}))
        )
      )
    )
    AND (
      (NEW.actor_name IS NOT DISTINCT FROM OLD.actor_name AND NEW.address IS NOT DISTINCT FROM OLD.address)
      OR (
        EXISTS (SELECT 1 FROM audit_auditevent e WHERE e.action = 'erased' AND e.model = 'accounts.user'
          AND e.record_id = OLD.actor_id::text)
        AND NEW.actor_name IN (OLD.actor_name, '{mark}')
        AND (NEW.address IS NOT DISTINCT FROM OLD.address OR NEW.address IS NULL)
      )
    )
  ) THEN
    RAISE EXCEPTION 'audit events are append-only';
  END IF;
  RETURN NEW;
END; $$;
"""
POSTGRESQL = (
    POSTGRESQL_CHECK,
    "DROP TRIGGER audit_no_update ON audit_auditevent",
    """
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_auditevent
FOR EACH ROW EXECUTE FUNCTION audit_only_forget()
""",
    """
CREATE FUNCTION audit_forget_values(event bigint, label text, what jsonb, who text, whence inet) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
  UPDATE audit_auditevent SET record_label = label, changes = what, actor_name = who, address = whence WHERE id = event
$$
""",
    """
CREATE FUNCTION audit_forget_actor(actor bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
  UPDATE audit_auditevent SET actor_name = '{mark}', address = NULL WHERE actor_id = actor
$$
""",
    "REVOKE ALL ON FUNCTION audit_forget_values(bigint, text, jsonb, text, inet) FROM PUBLIC",
    "REVOKE ALL ON FUNCTION audit_forget_actor(bigint) FROM PUBLIC",
)


def allow(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        fixed = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in FIXED)
        arrays = ", ".join(f"'{value}'" for value in MARKED[1:])
        schema_editor.execute("DROP TRIGGER audit_no_update")
        schema_editor.execute(SQLITE_UPDATE.format(fixed=fixed, mark=MARK, arrays=arrays))
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        [schema] = cursor.fetchone()
    fixed = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in FIXED)
    marked = ", ".join(f"'{value}'::jsonb" for value in MARKED)
    words = {"fixed": fixed, "mark": MARK, "marked": marked, "schema": connection.ops.quote_name(schema)}
    for statement in POSTGRESQL:
        schema_editor.execute(statement.format(**words))


def forbid(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_no_update")
        schema_editor.execute(
            "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_auditevent "
            "BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END"
        )
        return
    for statement in (
        "DROP TRIGGER audit_no_update ON audit_auditevent",
        "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_auditevent FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "DROP FUNCTION audit_only_forget()",
        "DROP FUNCTION audit_forget_values(bigint, text, jsonb, text, inet)",
        "DROP FUNCTION audit_forget_actor(bigint)",
    ):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(allow, forbid)]
