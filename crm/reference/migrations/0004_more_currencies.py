"""Currencies that were added to the reference data after offices had begun to work."""

import csv
from pathlib import Path

from django.db import migrations

CURRENCIES = Path(__file__).resolve().parent.parent / "data" / "currencies.csv"


def add_missing(apps, schema_editor):
    """Add the currencies of the file that are not there; those that are stay as the office has them."""
    Currency = apps.get_model("reference", "Currency")
    known = set(Currency.objects.values_list("code", flat=True))
    with CURRENCIES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["code"] not in known:
                Currency.objects.create(**row)


class Migration(migrations.Migration):
    dependencies = [("reference", "0003_holidays")]
    operations = [migrations.RunPython(add_missing, migrations.RunPython.noop)]
