"""How commitments are found."""

from crm.commitments.queries import commitments_visible_to
from crm.shared.registries import visible_records

visible_records.register("commitments.commitment")(commitments_visible_to)
