"""Every address of the site. An app's addresses stand in its own ``urls.py``."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path, re_path

from crm.shared.views import not_found

# The back office has no sign-in page of its own.
admin.site.login = secure_admin_login(admin.site.login)

handler400 = "crm.shared.views.bad_request"
handler403 = "crm.shared.views.permission_denied"
handler404 = "crm.shared.views.not_found"
handler429 = "crm.shared.views.too_many"
handler500 = "crm.shared.views.server_error"

urlpatterns = [
    path("", include("crm.home.urls")),
    path("reports/", include("leads.visit_reports.urls")),
    path("deals/", include("leads.deals.urls")),
    path("commitments/", include("crm.commitments.urls")),
    path("meetings/", include("crm.meetings.urls")),
    path("delegations/", include("crm.delegations.urls")),
    path("companies/", include("crm.companies.urls")),
    path("documents/", include("crm.documents.urls")),
    path("changes/", include("crm.audit.urls")),
    path("notes/", include("crm.notes.urls")),
    path("reminders/", include("crm.reminders.urls")),
    path("settings/", include("crm.accounts.urls")),
    path("account/", include("crm.accounts.sign_in_urls")),
    path("api/v1/", include("crm.api.urls")),
    # The admin's short cut to any record's page would tell whether a record outside exists.
    re_path(r"^back-office/r/", not_found, name="no_short_cut"),
    path("back-office/", admin.site.urls),
]
