"""Writes of papers and letters."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.audit.services import archive_record, create_record, lock_record, update_record
from crm.documents.models import Document
from crm.reference.models import Region
from crm.shared.registries import tell_activity
from crm.shared.validation import validate_record


@transaction.atomic
def create_document(
    *, by: User | None, region: Region, kind: str, title: str, about: models.Model | None = None, **fields: Any
) -> Document:
    """Enter a paper of the record ``about`` (or of the region); the ``file`` is optional.

    Raises ``NotAllowed`` and ``InvalidRecord``.
    """
    require_writer(by, region)
    document = Document(region=region, kind=kind, title=" ".join(title.split()), **{"owner": by} | fields)
    if about is not None:
        document.about = about
    if document.file and not document.file_name:
        document.file_name = str(document.file.name)[-200:]
    validate_record(document)
    create_record(document, by=by)
    if about is not None:
        tell_activity(about, at=timezone.now())
    return document


@transaction.atomic
def update_document(
    document: Document, *, by: User | None, expected_version: int | None = None, **changes: Any
) -> Document:
    """Change a paper. Raises ``NotAllowed``, ``VersionConflict`` and ``InvalidRecord``."""
    require_writer(by, document.region)
    validate_record(lock_record(document, expected_version=expected_version), changes)
    return update_record(document, by=by, changes=changes)


@transaction.atomic
def answer_document(letter: Document, *, by: User | None, answer: Document) -> Document:
    """Note that the letter is answered by ``answer``: no reply is awaited any more."""
    require_writer(by, letter.region)
    return update_record(letter, by=by, changes={"answered_by": answer})


@transaction.atomic
def archive_document(
    document: Document, *, by: User | None, reason: str, expected_version: int | None = None
) -> Document:
    """Take a paper out of the lists, with the reason."""
    require_writer(by, document.region)
    return archive_record(document, by=by, reason=reason, expected_version=expected_version)
