"""What a report's cards hold of a person who asked to be forgotten."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from crm.accounts.models import User
from crm.audit.erasure import MARK, erase_values
from crm.companies.models import Contact
from crm.shared.registries import forgetting
from leads.visit_reports.models import Suggestion


@forgetting.register("companies.contact")
def forget_cards(person: Contact, *, by: User | None, reason: str) -> None:
    """Blank the cards that became the person, as they stand and as they were read. The report's text stays."""
    became = Q(record_type=ContentType.objects.get_for_model(Contact), record_id=person.pk)
    for card in Suggestion.objects.filter(became | Q(contact=person)):
        blanks = {name: _blank(getattr(card, name)) for name in ("values", "read")}
        erase_values(card, by=by, reason=reason, blanks=blanks)


def _blank(values: dict[str, object]) -> dict[str, object]:
    personal = {"name": MARK, "title": ""}
    return values | {name: mark for name, mark in personal.items() if name in values}
