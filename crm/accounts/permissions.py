"""What a role may do. There are no groups and no per-user permissions; Django's checks are answered from here."""

from typing import TYPE_CHECKING, Any

from crm.accounts.choices import Role

if TYPE_CHECKING:
    from crm.accounts.models import User

#: Apps whose records the staff of a region work on.
WORK_APPS = frozenset(
    {"companies", "delegations", "meetings", "documents", "commitments", "notes", "deals", "visit_reports"}
)
#: What a region's administrator decides lies in the app that follows it.
POLICIES = frozenset({"visit_reports.readingpolicy"})
#: Apps that administrators keep.
OFFICE_APPS = frozenset({"reference", "accounts", "reminders"})
#: What managers and administrators look at and nobody changes: the log, and how the machine does.
WATCH_APPS = frozenset({"audit", "shared"})
WRITING_ROLES = frozenset({Role.OFFICIAL, Role.MANAGER, Role.ADMINISTRATOR})
MANAGING_ROLES = frozenset({Role.MANAGER, Role.ADMINISTRATOR})


def role_may(user: "User", permission: str) -> bool:
    """Answer Django's ``app.verb_model`` for the user's role; deleting is never allowed, records are archived."""
    app, _, codename = permission.partition(".")
    verb = codename.split("_")[0]
    if app in WATCH_APPS:
        return verb == "view" and user.role in MANAGING_ROLES
    if f"{app}.{codename.partition('_')[2]}" in POLICIES:
        app = "reference"
    if app in WORK_APPS:
        return verb == "view" or (verb in ("add", "change") and user.role in WRITING_ROLES)
    if app in OFFICE_APPS:
        return (verb == "view" and user.role in WRITING_ROLES) or (
            verb in ("add", "change") and user.role == Role.ADMINISTRATOR
        )
    return False


def sees_region(user: "User") -> bool:
    """What a side bar's entry asks: a partner, who sees only what it carries out, has no use for a region's lists."""
    return user.sees_region


class RolePermissionsMixin:
    """What ``django.contrib.auth`` and the admin ask a user."""

    role: str
    is_active: bool
    is_superuser = False

    @property
    def is_staff(self) -> bool:
        return self.is_active and self.role in WRITING_ROLES

    @property
    def sees_region(self) -> bool:
        """Does this user see the region's records? A partner sees only what it carries out."""
        return self.is_active and self.role != Role.PARTNER

    @property
    def may_write(self) -> bool:
        """May this user write the records of the region?"""
        return self.is_active and self.role in WRITING_ROLES

    @property
    def may_manage(self) -> bool:
        """May this user assign, confirm and undo?"""
        return self.is_active and self.role in MANAGING_ROLES

    @property
    def administers(self) -> bool:
        """Does this user manage people and reference data within the region's tree?"""
        return self.is_active and self.role == Role.ADMINISTRATOR

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_active and role_may(self, perm)  # type: ignore[arg-type]

    def has_perms(self, perms: list[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff and (
            app_label in WORK_APPS | OFFICE_APPS or (app_label in WATCH_APPS and self.role in MANAGING_ROLES)
        )
