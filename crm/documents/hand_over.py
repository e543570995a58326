"""The letters whose reply somebody waits for."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.accounts.registry import duty
from crm.documents.models import Document
from crm.documents.queries import letters_awaiting_reply
from crm.documents.services import update_document


def letters_of(user: User) -> QuerySet[Document]:
    return letters_awaiting_reply(Document.objects.filter(owner=user)).select_related("region")


def give_letter(letter: Document, *, by: User, former: User, to: User) -> None:
    update_document(letter, by=by, owner=to)


duty("documents.owner", title=_("Letters that await a reply"), position=50, held_by=letters_of, give=give_letter)
