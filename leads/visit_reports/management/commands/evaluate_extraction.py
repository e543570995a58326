"""Scores extraction against annotated reports."""

import json
import unicodedata
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leads.extraction import extract
from leads.extraction.evaluation import score


class Command(BaseCommand):
    help = "Print precision, recall and F1 by slot and language for a folder of NAME.txt with NAME.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--home", default="KZ", help="region or country the visits are seen from (default: KZ)")
        parser.add_argument("--errors", action="store_true", help="list what was missed and what was made up")

    def handle(self, *args: Any, **options: Any) -> None:
        texts = {
            path.stem: unicodedata.normalize("NFC", path.read_text("utf-8"))
            for path in sorted(options["folder"].glob("*.txt"))
            if path.with_suffix(".json").exists()
        }
        if not texts:
            raise CommandError(f"{options['folder']} holds no NAME.txt with its NAME.json")
        gold = {name: json.loads((options["folder"] / f"{name}.json").read_text("utf-8")) for name in texts}
        found = {
            name: extract(text, published=_published(gold[name]), home=options["home"]).as_dict()
            for name, text in texts.items()
        }
        table = score(gold, found, texts)
        if options["errors"]:
            for mistake in table.mistakes:
                self.stdout.write(mistake)
        for line in table.lines():
            self.stdout.write(line)


def _published(draft: dict[str, Any]) -> date | None:
    return date.fromisoformat(draft["published"]) if draft.get("published") else None
