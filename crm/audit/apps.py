from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "crm.audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        from crm.audit.grants import let_running_role_work

        post_migrate.connect(let_running_role_work, sender=self, dispatch_uid="crm.audit.grants")
