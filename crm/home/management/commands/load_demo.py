"""Fill a new database with the demo office."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from crm.accounts.models import User
from crm.home.demo.accounts import PASSWORD, PEOPLE, address_of, create_accounts, record_rates
from crm.home.demo.lead_side import fill_lead_side
from crm.home.demo.people_side import Office, fill_people_side
from crm.reference.models import Sector
from crm.reference.services import load_holidays
from crm.reminders.models import Notice

SHOWN = ("official", "manager", "national", "administrator")


class Command(BaseCommand):
    help = "Create the demo office, once; --show prints its accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--show", action="store_true", help="only print the demo accounts that there are")
        parser.add_argument("--password", default="", help="of the demo accounts; needed outside the embedded mode")

    def handle(self, *args: Any, show: bool, password: str, **options: Any) -> None:
        if show:
            self.show()
        elif User.objects.filter(email=address_of("official")).exists():
            self.stdout.write("The demo office is there already.")
        else:
            self.create(password)

    @transaction.atomic
    def create(self, password: str) -> None:
        """Make the whole office or nothing."""
        if not password and not settings.EMBEDDED:
            raise CommandError("The demo's password is public: choose another with --password.")
        today = timezone.localdate()
        record_rates(today=today)
        load_holidays(by=None, years=[today.year, today.year + 1])
        people = create_accounts(password=password or PASSWORD)
        sectors = {sector.code: sector for sector in Sector.objects.all()}
        office = Office(region=people["official"].region, today=today, people=people, sectors=sectors)
        fill_people_side(office)
        fill_lead_side(office)
        for person in people.values():
            # What was given out while the demo was made is read, but for the last two.
            kept = Notice.objects.filter(user=person).order_by("-pk").values_list("pk", flat=True)[:2]
            Notice.objects.filter(user=person).exclude(pk__in=list(kept)).update(read_at=timezone.now())

    def show(self) -> None:
        """Print who may sign in; nothing in a database without the demo office."""
        known = set(User.objects.filter(is_active=True).values_list("email", flat=True))
        lines = [f"  {address_of(name):<32} {role}" for name, role, *_ in PEOPLE if name in SHOWN]
        if any(address_of(name) in known for name in SHOWN):
            self.stdout.write("\n".join([f"Demo accounts (password {PASSWORD}):", *lines]))
