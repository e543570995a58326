from django.db import migrations

from crm.shared.trigrams import AddTrigramIndex


class Migration(migrations.Migration):
    """Reports that are there already are found after ``rebuild_search``."""

    dependencies = [("visit_reports", "0005_search_text")]

    operations = [AddTrigramIndex("visit_reports_visitreport")]
