"""How fast reports are read, on this machine and one core; what counts is how the figures of one run compare."""

import resource
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from leads.extraction import extract

REPORTS = settings.BASE_DIR / "tests" / "leads" / "extraction" / "reports"
LENGTHS = (1_000, 10_000, 100_000, 1_000_000)
#: Reads one report in a process of its own and prints the most memory it took, in KiB.
ALONE = (
    "import resource, sys; from pathlib import Path; from leads.extraction import extract; "
    "extract(Path(sys.argv[1]).read_text('utf-8')); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


class Command(BaseCommand):
    help = "Measure extraction: start-up, drafts a second by language, and how time grows with the length of a text."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reports", nargs="?", type=Path, default=REPORTS, help="a folder of NAME.txt")
        parser.add_argument("--rounds", type=int, default=3)

    def handle(self, *args: Any, reports: Path, rounds: int, **options: Any) -> None:
        texts = {path: path.read_text("utf-8") for path in sorted(reports.glob("*.txt"))}
        if not texts:
            raise CommandError(f"{reports} holds no report (NAME.txt).")
        self._start_up(next(iter(texts)))
        self._by_language(list(texts.values()), rounds)
        self._curve(" ".join(texts.values()))

    def _start_up(self, report: Path) -> None:
        began = time.perf_counter()
        # The command is this interpreter and a fixed line of code.
        done = subprocess.run([sys.executable, "-c", ALONE, report], capture_output=True, text=True, check=True)  # noqa: S603
        taken = time.perf_counter() - began
        self.stdout.write(f"first draft of a new process: {taken:.2f} s, {int(done.stdout) / 1024:.0f} MB resident\n\n")

    def _by_language(self, texts: list[str], rounds: int) -> None:
        spent: dict[str, list[float]] = defaultdict(list)
        for text in texts:  # warm-up, and the languages
            extract(text)
        for text in texts * rounds:
            began = time.process_time()
            language = extract(text).language or "?"
            spent[language].append(time.process_time() - began)
        everything = [seconds for one in spent.values() for seconds in one]
        self.stdout.write(f"{'language':<10}{'reports':>10}{'a second':>10}{'slowest, ms':>14}")
        for language, seconds in [*sorted(spent.items()), ("all", everything)]:
            rate, slowest = len(seconds) / sum(seconds), max(seconds) * 1000
            self.stdout.write(f"{language:<10}{len(seconds) // rounds:>10}{rate:>10.0f}{slowest:>14.0f}")

    def _curve(self, text: str) -> None:
        self.stdout.write(f"\n{'characters':<12}{'seconds':>10}{'µs a character':>16}{'against the shortest':>22}")
        first = 0.0
        for length in LENGTHS:
            whole = (text * (length // len(text) + 1))[:length]
            began = time.process_time()
            extract(whole)
            taken = time.process_time() - began
            first = first or taken / length
            ratio = taken / length / first
            self.stdout.write(f"{length:<12,}{taken:>10.3f}{taken / length * 1e6:>16.1f}{ratio:>21.1f}×")
        self.stdout.write(f"\nall in one process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
