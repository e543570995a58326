from django.db import migrations

from crm.shared.trigrams import AddTrigramIndex


class Migration(migrations.Migration):
    dependencies = [("companies", "0001_initial")]

    operations = [
        AddTrigramIndex("companies_company"),
        AddTrigramIndex("companies_contact"),
    ]
