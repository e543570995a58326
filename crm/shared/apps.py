from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from crm.shared.converters import register_converters
from crm.shared.similarity import word_similarity


class SharedConfig(AppConfig):
    name = "crm.shared"
    verbose_name = _("Running of the site")

    def ready(self) -> None:
        # Two listen to Celery's signals, one teaches a lookup; the first needs the models.
        import_module("crm.shared.periodic")
        import_module("crm.shared.queues")
        import_module("crm.shared.numbers")
        register_converters()
        connection_created.connect(_teach_similarity, dispatch_uid="crm.shared.word_similarity")
        # What an app contributes to lower apps is found as `admin.py` is.
        autodiscover_modules("reminder_rules", "reminder_answers", "panels", "timeline", "search", "navigation")
        autodiscover_modules("hand_over", "forgetting")


def _teach_similarity(connection: Any, **kwargs: Any) -> None:
    """Give SQLite the function that PostgreSQL has from ``pg_trgm``."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("word_similarity", 2, word_similarity, deterministic=True)
