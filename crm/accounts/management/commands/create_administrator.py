from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from crm.accounts.choices import Role
from crm.accounts.services import create_user
from crm.reference.models import Region
from crm.shared.errors import DomainError


class Command(BaseCommand):
    help = "Make an administrator's account: the first one of a new database, or one where nobody gets in any more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="full name; by default the address")
        parser.add_argument("--region", default="KZ", help="code of the region to administer (default: the country)")

    def handle(self, *args: Any, **options: Any) -> None:
        region = Region.objects.filter(code=options["region"]).first()
        if region is None:
            raise CommandError(f"There is no region {options['region']}.")
        try:
            validate_email(options["email"])
            password = getpass("Password: ")
            validate_password(password)
            user = create_user(
                by=None,
                email=options["email"],
                full_name=options["name"] or options["email"],
                region=region,
                role=Role.ADMINISTRATOR,
                password=password,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{user.email} administers {region.name_en}.")
