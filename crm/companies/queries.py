"""Reads of the company directory."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.companies.models import Company, Contact


def companies_visible_to(user: User | AnonymousUser) -> QuerySet[Company]:
    """Return every company to everybody signed in: one directory for the whole country."""
    return Company.objects.all() if user.is_authenticated and user.is_active else Company.objects.none()


def contacts_visible_to(user: User | AnonymousUser) -> QuerySet[Contact]:
    """Return the contacts whose personal data the user may see: those the user's regions have dealt with."""
    return within_regions_of(user, Contact.objects.all(), field="regions").distinct()
