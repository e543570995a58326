from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from crm.shared.converters import register_converters


class SharedConfig(AppConfig):
    name = "crm.shared"

    def ready(self) -> None:
        register_converters()
        # What an app contributes to lower apps is found as `admin.py` is.
        autodiscover_modules("reminder_rules", "panels", "timeline", "search", "navigation")
