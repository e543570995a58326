"""How fast reports are read, on this machine and one core."""

import statistics
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from leads.extraction import extract
from leads.extraction.readers import read_document
from leads.visit_reports.queries import samples


class Command(BaseCommand):
    help = "Measure reading and drafting on the sample reports: medians in milliseconds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rounds", type=int, default=20)

    def handle(self, *args: Any, rounds: int, **options: Any) -> None:
        self.stdout.write(f"{'sample':<24}{'characters':>12}{'read, ms':>12}{'draft, ms':>12}")
        drafting = []
        for sample in samples():
            data = sample.read()
            reads, drafts = [], []
            for _ in range(rounds):
                began = time.perf_counter()
                document = read_document(data, sample.file_name)
                between = time.perf_counter()
                extract(document.text, published=sample.published, home="KZ-15", known_companies=())
                reads.append(between - began)
                drafts.append(time.perf_counter() - between)
            drafting += drafts
            numbers = f"{len(document.text):>12}{median_ms(reads):>12.1f}{median_ms(drafts):>12.1f}"
            self.stdout.write(f"{sample.name:<24}{numbers}")
        self.stdout.write(f"{len(drafting) / sum(drafting):.1f} drafts a second on one core")


def median_ms(seconds: list[float]) -> float:
    return statistics.median(seconds) * 1000
