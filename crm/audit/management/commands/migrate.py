from typing import Any

from django.core.management.commands import migrate

from crm.audit.grants import as_owner


class Command(migrate.Command):
    help = f"{migrate.Command.help} Acts as the role of MIGRATION_DATABASE_URL where one is set."

    def execute(self, *args: Any, **options: Any) -> str | None:
        with as_owner(str(options["database"])):
            return super().execute(*args, **options)
