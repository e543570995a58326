from typing import Any, cast

from django.apps import apps
from django.core.management.base import BaseCommand

from crm.shared.registries import search_keys
from crm.shared.searching import store_search_keys


class Command(BaseCommand):
    help = "Write the folded columns of every record again, and say how many were stale."

    def handle(self, *args: Any, **options: Any) -> None:
        for label in search_keys.keys():  # noqa: SIM118 - a registry, no mapping
            stale = 0
            for keys_of in search_keys.contributions(label):
                for record in apps.get_model(label)._default_manager.order_by("pk").iterator(chunk_size=500):
                    stale += store_search_keys(record, cast("dict[str, str]", keys_of(record)))
            self.stdout.write(f"{label}: {stale}")
