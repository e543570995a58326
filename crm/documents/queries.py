"""Reads of documents."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.documents.models import Document


def documents_visible_to(user: User | AnonymousUser) -> QuerySet[Document]:
    return within_regions_of(user, Document.objects.all())
