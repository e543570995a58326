"""Reads of documents."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Model, QuerySet

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


def documents_for_list(user: User | AnonymousUser) -> QuerySet[Document]:
    """Return the papers that ``user`` sees and nobody archived, with what a row shows, the newest first."""
    papers = documents_visible_to(user).filter(archived_at__isnull=True).select_related("owner", "addressee", "region")
    return papers.order_by(F("date").desc(nulls_last=True), "-pk")


def document_for_page(user: User | AnonymousUser) -> QuerySet[Document]:
    """Return the papers that ``user`` sees, archived ones too, with what the page of one shows."""
    return documents_visible_to(user).select_related("owner", "addressee", "region", "answered_by", "about_type")


def letters_awaiting_reply(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Return those of ``documents`` to which a reply is still due, the earliest day first."""
    awaiting = documents.filter(reply_due__isnull=False, answered_by__isnull=True, archived_at__isnull=True)
    return awaiting.order_by("reply_due", "pk")
