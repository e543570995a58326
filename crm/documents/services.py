"""Writes of papers and letters."""

import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.audit.choices import Action
from crm.audit.services import archive_record, create_record, lock_record, record_event, restore_record, update_record
from crm.documents.choices import DocumentKind
from crm.documents.models import Document
from crm.reference.models import Region
from crm.reminders.services import tell_assigned
from crm.shared.errors import NotAllowed
from crm.shared.files import check_paper, keep_file, name_of_ours, plain_name, refuse_malware
from crm.shared.registries import tell_activity
from crm.shared.validation import validate_record


def create_document(
    *,
    by: User | None,
    region: Region,
    kind: str,
    title: str,
    about: models.Model | None = None,
    data: bytes = b"",
    file_name: str = "",
    **fields: Any,
) -> Document:
    """Enter a paper of the record ``about`` (or of the region); its file, ``data``, is optional.

    The file lies in private storage under a name of ours. Raises ``NotAllowed``, ``InvalidRecord`` and
    ``FileRefused``: then nothing is kept.
    """
    require_writer(by, region)
    document = Document(region=region, kind=kind, title=" ".join(title.split()), **{"owner": by} | fields)
    if about is not None:
        document.about = about
    validate_record(document)
    if not data:
        return _enter(document, by=by)
    document.file, document.file_name = _kept(data, document), plain_name(file_name)
    try:
        return _enter(document, by=by)
    except Exception:
        default_storage.delete(str(document.file))
        raise


@transaction.atomic
def _enter(document: Document, *, by: User | None) -> Document:
    create_record(document, by=by)
    tell_assigned(document, to=[document.owner], by=by)
    if document.about is not None:
        tell_activity(document.about, at=timezone.now())
    return document


def attach_file(
    document: Document, *, by: User | None, data: bytes, file_name: str, expected_version: int | None = None
) -> Document:
    """Give the paper its file, in the place of the one it had, which goes.

    Raises ``NotAllowed``, ``FileRefused`` and ``VersionConflict``: then nothing is kept.
    """
    require_writer(by, document.region)
    stored = _kept(data, document)
    try:
        return _exchange_file(document, by=by, expected_version=expected_version, file=stored, file_name=file_name)
    except Exception:
        default_storage.delete(stored)
        raise


@transaction.atomic
def _exchange_file(
    document: Document, *, by: User | None, expected_version: int | None, file: str, file_name: str
) -> Document:
    _drop_file(lock_record(document, expected_version=expected_version))
    return update_record(document, by=by, changes={"file": file, "file_name": plain_name(file_name)})


@transaction.atomic
def erase_file(document: Document, *, by: User, reason: str) -> Document:
    """Erase a wrong file and its name, in the history too; the paper stays, and the log says who did it and why.

    Only an administrator may (``NotAllowed``).
    """
    require_writer(by, document.region)
    if by.role != Role.ADMINISTRATOR:
        raise NotAllowed(_("Only an administrator may erase a file."))
    _drop_file(lock_record(document))
    update_record(document, by=by, changes={"file": "", "file_name": ""})
    Document.history.filter(id=document.pk).update(file="", file_name="")
    record_event(Action.ERASED, by=by, record=document, changes={"reason": [None, reason[:300]]})
    return document


def _kept(data: bytes, document: Document) -> str:
    """Check the file and write it into storage; return its path there."""
    kind = check_paper(data)
    refuse_malware(data)
    return keep_file(data, document.file.field.generate_filename(document, name_of_ours(kind.ending)))


def _drop_file(document: Document) -> None:
    if name := document.file.name:
        transaction.on_commit(lambda: default_storage.delete(name))


@transaction.atomic
def update_document(
    document: Document,
    *,
    by: User | None,
    expected_version: int | None = None,
    data: bytes = b"",
    file_name: str = "",
    **changes: Any,
) -> Document:
    """Change a paper, and where ``data`` is given its file: both or neither.

    Raises ``NotAllowed``, ``VersionConflict``, ``InvalidRecord`` and ``FileRefused``.
    """
    require_writer(by, document.region)
    current = lock_record(document, expected_version=expected_version)
    validate_record(current, changes)
    owner = current.owner_id
    update_record(document, by=by, changes=changes)
    if document.owner_id != owner:
        tell_assigned(document, to=[document.owner], by=by)
    return attach_file(document, by=by, data=data, file_name=file_name) if data else document


@transaction.atomic
def answer_document(letter: Document, *, by: User | None, answer: Document) -> Document:
    """Note that the letter is answered by ``answer``: no reply is awaited any more."""
    require_writer(by, letter.region)
    return update_record(letter, by=by, changes={"answered_by": answer})


@transaction.atomic
def enter_answer(letter: Document, *, by: User | None, number: str, date: datetime.date) -> Document:
    """Enter the letter that came in as the answer to ``letter``, about the same record; return it.

    Raises ``NotAllowed`` and ``InvalidRecord``.
    """
    came = _like(letter, by=by, kind=DocumentKind.LETTER_IN, number=number, date=date, sender=letter.recipient)
    answer_document(letter, by=by, answer=came)
    return came


@transaction.atomic
def repeat_letter(
    letter: Document, *, by: User | None, number: str, date: datetime.date, reply_due: datetime.date
) -> Document:
    """Enter the letter that asks the same again and return it: from now on its reply is awaited instead.

    Raises ``NotAllowed`` and ``InvalidRecord``.
    """
    sent = _like(
        letter,
        by=by,
        kind=DocumentKind.LETTER_OUT,
        number=number,
        date=date,
        reply_due=reply_due,
        recipient=letter.recipient,
        addressee=letter.addressee,
        owner=letter.owner or by,
    )
    update_record(letter, by=by, changes={"reply_due": None})
    return sent


def _like(letter: Document, *, by: User | None, **fields: Any) -> Document:
    return create_document(by=by, region=letter.region, title=letter.title, about=letter.about, **fields)


@transaction.atomic
def archive_document(
    document: Document, *, by: User | None, reason: str, expected_version: int | None = None
) -> Document:
    """Take a paper out of the lists, with the reason."""
    require_writer(by, document.region)
    return archive_record(document, by=by, reason=reason, expected_version=expected_version)


@transaction.atomic
def restore_document(document: Document, *, by: User | None) -> Document:
    """Bring an archived document back. Raises ``NotAllowed`` and ``InvalidRecord``."""
    require_writer(by, document.region)
    return restore_record(document, by=by)
