"""What the rules about deals share."""

from datetime import date
from typing import Any

from crm.reminders.asking import Asking
from crm.reminders.choices import Urgency
from crm.reminders.registry import Item
from crm.shared.about import address_of

LABEL = "deals.deal"
#: What a question needs of a deal: tens of thousands are asked about in an hour, so no more is read.
COLUMNS = ("pk", "title", "region_id", "company__name", "owner_id", "owner__full_name")


def deal_item(
    rule: str, deal: Any, owner: int, why: Any, urgency: Urgency, asking: Asking, *, due: date, **fields: Any
) -> Item:
    """Return the question of a rule about ``deal``, which has ``COLUMNS``."""
    return Item(
        rule=rule,
        owner_id=owner,
        about=(LABEL, deal.pk),
        title=deal.title,
        why=why,
        url=address_of(LABEL, deal.pk),
        urgency=urgency,
        seen_from=asking.line(deal.region_id),
        due=due,
        context=deal.company__name or "",
        **fields,
    )
