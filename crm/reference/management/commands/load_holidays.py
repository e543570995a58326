"""Bring days off of Kazakhstan into the reference data."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from crm.reference.services import load_holidays


class Command(BaseCommand):
    help = "Add the days off of the given years (default: this year and the next); days already there are kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--years", nargs="+", type=int, metavar="YEAR")

    def handle(self, *args: Any, years: list[int] | None, **options: Any) -> None:
        this_year = timezone.localdate().year
        added = load_holidays(by=None, years=years or [this_year, this_year + 1])
        self.stdout.write(f"{len(added)} days added")
