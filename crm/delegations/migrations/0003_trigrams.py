from django.db import migrations

from crm.shared.trigrams import AddTrigramIndex


class Migration(migrations.Migration):
    dependencies = [("delegations", "0002_why_no_report")]

    operations = [
        AddTrigramIndex("delegations_delegation"),
    ]
