"""How documents are found."""

from crm.documents.queries import documents_visible_to
from crm.shared.registries import visible_records

visible_records.register("documents.document")(documents_visible_to)
