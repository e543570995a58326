"""Send weekly digests at once, without waiting for each person's day and hour."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from crm.accounts.models import User
from crm.reminders.services import send_digest_now


class Command(BaseCommand):
    help = "Send the weekly digest now; a digest of that week that has been sent already is not sent again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", metavar="EMAIL", help="to this person only; default: everybody who wants it")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="as on this day; default: today")

    def handle(self, *args: Any, user: str | None, on: date | None, **options: Any) -> None:
        now = timezone.now()
        wanting = User.objects.filter(is_active=True, digest_wanted=True, address_failed_at__isnull=True)
        chosen = wanting.filter(email__iexact=user) if user else wanting
        if user and not chosen.exists():
            raise CommandError(f"{user} is nobody who gets digests")
        for person in chosen.select_related("region__parent"):
            delivery = send_digest_now(person, on=on or now.astimezone(person.zone).date(), now=now)
            self.stdout.write(f"{person.email} {delivery.week}: {delivery.get_state_display()}")
