"""Reads of notes."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.notes.models import Note


def notes_visible_to(user: User | AnonymousUser) -> QuerySet[Note]:
    return within_regions_of(user, Note.objects.all())
