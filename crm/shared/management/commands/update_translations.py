from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand

from crm.shared.messages import marked_messages


class Command(BaseCommand):
    help = "Bring locale/*/LC_MESSAGES/django.po up to date with what is marked for translation; gettext is not needed."

    def handle(self, *args: Any, **options: Any) -> None:
        template = Catalog(charset="utf-8")
        for message in marked_messages(settings.BASE_DIR):
            template.add(message.id, context=message.context, locations=[(message.place, message.line)])
        for language, _name in settings.LANGUAGES:
            if language != "en":
                self._update(template, settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po", language)

    def _update(self, template: Catalog, path: Path, language: str) -> None:
        catalog = Catalog(locale=language, project="Sapar", charset="utf-8", fuzzy=False)
        if path.exists():
            with path.open("rb") as file:
                catalog = read_po(file, locale=language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(
                file, catalog, width=120, omit_header=False, no_location=False, include_lineno=False, sort_output=True
            )
        empty = [message.id for message in catalog if message.id and not message.string]
        self.stdout.write(f"{language}: {len(catalog)} messages, {len(empty)} to translate")
