from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.accounts.services import create_invitation, link_of, reset_second_factor, update_user
from crm.shared.errors import DomainError

VALID_FOR = timedelta(hours=1)


class Command(BaseCommand):
    help = (
        "Let somebody in again who has lost password, second step or account: takes the second step away, opens the "
        "account, ends its sessions and prints a link that sets a new password, once, within an hour."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--administrator", action="store_true", help="make them an administrator of their region")

    @transaction.atomic
    def handle(self, *args: Any, email: str, administrator: bool, **options: Any) -> None:
        user = User.objects.select_related("region").filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"There is no account {email}; create_administrator makes one.")
        changes: dict[str, Any] = {"is_active": True}
        if administrator:
            changes["role"] = Role.ADMINISTRATOR
        try:
            update_user(user, by=None, **changes)
            reset_second_factor(user, by=None)
            invitation = create_invitation(user, by=None, valid_for=VALID_FOR, by_mail=False)
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{user.email} sets a new password here within an hour:")
        self.stdout.write(link_of(invitation))
