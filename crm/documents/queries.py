"""Reads of documents."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.documents.models import Document
from crm.shared.about import about


def documents_visible_to(user: User | AnonymousUser) -> QuerySet[Document]:
    return within_regions_of(user, Document.objects.all())


def documents_about(record: Model, user: User) -> QuerySet[Document]:
    """Return the papers of ``record`` that ``user`` may see, the newest first."""
    papers = documents_visible_to(user).filter(archived_at__isnull=True, **about(record))
    return papers.select_related("owner", "addressee")


def letters_awaiting_reply(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Return those of ``documents`` to which a reply is still due, the earliest day first."""
    awaiting = documents.filter(reply_due__isnull=False, answered_by__isnull=True, archived_at__isnull=True)
    return awaiting.order_by("reply_due", "pk")
