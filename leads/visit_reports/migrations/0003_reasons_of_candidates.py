"""Candidates say why they may be the same by a code, where they only told the same name from a similar one."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_reasons(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    suggestions = apps.get_model("visit_reports", "Suggestion")._default_manager
    for suggestion in suggestions.exclude(candidates=[]).iterator():
        suggestion.candidates = [
            {"id": one["id"], "reason": "same_name" if one.get("same") else "similar_name"}
            for one in suggestion.candidates
        ]
        suggestion.save(update_fields=["candidates"])


class Migration(migrations.Migration):
    dependencies = [("visit_reports", "0002_reading_policy")]

    operations = [migrations.RunPython(name_reasons, migrations.RunPython.noop)]
