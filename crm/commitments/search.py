"""How commitments are found."""

from crm.commitments.queries import commitments_visible_to
from crm.commitments.services import archive_commitment, restore_commitment
from crm.shared.archive import shelve
from crm.shared.registries import visible_records

visible_records.register("commitments.commitment")(commitments_visible_to)
shelve(
    "commitments.commitment",
    visible=commitments_visible_to,
    archive=archive_commitment,
    restore=restore_commitment,
)
