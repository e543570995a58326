from django.db import migrations

from crm.shared.trigrams import AddTrigramIndex


class Migration(migrations.Migration):
    dependencies = [("deals", "0003_answers_to_questions")]

    operations = [
        AddTrigramIndex("deals_deal"),
    ]
