"""Regions of Kazakhstan (ISO 3166-2, as in force since 2022), sectors with their ISIC Rev. 4 divisions, currencies."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def read_rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def load(apps, schema_editor):
    Region = apps.get_model("reference", "Region")
    for row in read_rows("regions.csv"):
        parent = row.pop("parent")
        Region.objects.create(parent=Region.objects.get(code=parent) if parent else None, **row)
    for row in read_rows("sectors.csv"):
        divisions = row.pop("isic_divisions").split()
        apps.get_model("reference", "Sector").objects.create(isic_divisions=divisions, **row)
    for row in read_rows("currencies.csv"):
        apps.get_model("reference", "Currency").objects.create(**row)


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
