"""How documents are found."""

from crm.documents.queries import documents_visible_to
from crm.documents.services import archive_document, restore_document
from crm.shared.archive import shelve
from crm.shared.registries import visible_records

visible_records.register("documents.document")(documents_visible_to)
shelve("documents.document", visible=documents_visible_to, archive=archive_document, restore=restore_document)
