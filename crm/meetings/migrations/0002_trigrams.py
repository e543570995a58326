from django.db import migrations

from crm.shared.trigrams import AddTrigramIndex


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        AddTrigramIndex("meetings_meeting"),
    ]
