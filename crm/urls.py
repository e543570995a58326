"""Every address of the site. An app's addresses stand in its own ``urls.py``."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("back-office/", admin.site.urls),
]
