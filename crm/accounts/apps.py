from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "crm.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from crm.accounts import receivers  # noqa: F401 - models are not loaded before
