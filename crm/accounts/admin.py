from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from crm.accounts.models import ApiToken, User
from crm.accounts.queries import users_visible_to, within_regions_of
from crm.accounts.services import invite_user, update_user
from crm.audit.admin import RecordAdmin, VisibleAdmin

# Roles are Sapar's own; second factors, addresses and sessions are their owner's; the directory is named in settings.
for model in (Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession):
    admin.site.unregister(model)


@admin.register(User)
class UserAdmin(RecordAdmin):
    """People are made here without a password; they set one by the link that is mailed to them."""

    visible = staticmethod(users_visible_to)
    create = staticmethod(invite_user)
    update = staticmethod(update_user)
    region_is_fixed = False
    list_display = ("full_name", "email", "role", "region", "office", "is_active", "last_login")
    list_select_related = ("region", "office")
    list_filter = ("role", "is_active", "region", "language")
    search_fields = ("full_name", "email")
    autocomplete_fields = ("deputy",)
    exclude = ("password",)
    change_form_outer_before_template = "back_office/user_links.html"
    readonly_fields = ("last_login", "created_at", "address_failed_at")


@admin.register(ApiToken)
class ApiTokenAdmin(VisibleAdmin):
    """Who holds a key to the API; a key is made, shown once and revoked in its owner's settings."""

    list_display = ("user", "name", "prefix", "created_at", "expires_at", "last_used_at", "revoked_at")
    list_select_related = ("user",)
    search_fields = ("name", "user__full_name", "user__email")
    exclude = ("digest",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return within_regions_of(request.user, super().get_queryset(request), field="user__region")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
