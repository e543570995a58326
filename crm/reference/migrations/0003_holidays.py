"""Days off of Kazakhstan, 2025 to 2027, out of a file that does not change with the library it was computed by.

Later years come from the command ``load_holidays`` and the monthly task of the same name.
"""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def load(apps, schema_editor):
    Region = apps.get_model("reference", "Region")
    Holiday = apps.get_model("reference", "Holiday")
    country = Region.objects.get(code="KZ")
    with (DATA / "holidays.csv").open(encoding="utf-8", newline="") as lines:
        Holiday.objects.bulk_create(Holiday(region=country, **row) for row in csv.DictReader(lines))


class Migration(migrations.Migration):
    dependencies = [("reference", "0002_reference_data")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
