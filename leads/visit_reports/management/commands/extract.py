"""Drafts what reports say, from the command line: nothing is stored."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leads.extraction import Draft, extract
from leads.extraction.readers import ReaderFailed, UnreadableDocument, read_document


class Command(BaseCommand):
    help = "Print the draft of each report: one JSON line a file with --json, else a few lines to read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="txt, md, docx, pdf, html or eml")
        parser.add_argument(
            "--published", type=date.fromisoformat, help="day of publication, 2026-02-24; settles a missing year"
        )
        parser.add_argument("--home", default="KZ", help="region or country the visit is seen from (default: KZ)")
        parser.add_argument("--json", action="store_true", help="one JSON line a file")

    def handle(self, *args: Any, **options: Any) -> None:
        for path in options["files"]:
            draft = self._draft(path, options["published"], options["home"])
            if options["json"]:
                self.stdout.write(json.dumps({"file": str(path), "draft": draft.as_dict()}, ensure_ascii=False))
            else:
                self._describe(path, draft)

    def _draft(self, path: Path, published: date | None, home: str) -> Draft:
        try:
            document = read_document(path.read_bytes(), path.name)
        except (OSError, UnreadableDocument, ReaderFailed) as error:
            raise CommandError(f"{path}: {error}") from error
        return extract(document.text, published=published or document.published, home=home)

    def _describe(self, path: Path, draft: Draft) -> None:
        self.stdout.write(f"{path}: {draft.title or ''}")
        self.stdout.write(f"  {draft.language}, {draft.direction}, {draft.home_region} – {', '.join(draft.countries)}")
        self.stdout.write(f"  {', '.join(draft.cities)} {draft.start_date or '?'} – {draft.end_date or '?'}")
        for lead in draft.leads:
            money = f", {lead.amount:,} {lead.currency}" if lead.amount is not None else ""
            self.stdout.write(f"  {lead.kind}: {lead.sector}, {lead.counterpart or '?'}{money}")
