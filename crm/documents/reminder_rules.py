"""What is asked about papers: a letter to a body that has not been answered by its reply date."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.documents.choices import DocumentKind
from crm.documents.models import Document
from crm.reminders.asking import Asking, Threshold
from crm.reminders.choices import Urgency
from crm.reminders.registry import Item, Questions, rule
from crm.shared.about import NamedRecord, address_of, records_named, rows_of_records
from crm.shared.together import Rows

LABEL = "documents.document"
COLUMNS = (
    *("pk", "title", "number", "date", "reply_due", "region_id", "owner_id", "owner__full_name"),
    *("addressee__name", "recipient", "about_type_id", "about_id"),
)
AWAITING = Q(kind=DocumentKind.LETTER_OUT, answered_by__isnull=True, reply_due__isnull=False, archived_at__isnull=True)


@rule(
    "letter_unanswered",
    title=_("Letter without an answer"),
    position=50,
    about=LABEL,
    thresholds={"days": Threshold(0, _("working days past the day when the reply was due"))},
)
def letters_to_chase(asking: Asking) -> Questions:
    """Ask who sent a letter whose reply date has passed; the managers too, the longest waiting first."""
    waiting = asking.about(Document.objects.filter(AWAITING), LABEL).filter(
        asking.on_or_before("reply_due", asking.days_ago("letter_unanswered.days")), reply_due__lt=asking.on
    )
    own, of_regions = yield (
        Rows(waiting.filter(owner__in=asking.user_ids), COLUMNS),
        asking.of_managers(waiting, "reply_due", "pk", columns=COLUMNS),
    )
    about = ((row.about_type_id, row.about_id) for row in [*own, *of_regions] if row.about_type_id)
    behind = records_named((yield rows_of_records(about)))
    for letter in own:
        yield _item(letter, letter.owner_id, behind, asking)
    for letter in of_regions:
        person = letter.owner__full_name or ""
        for manager in asking.managers[letter.region_id]:
            if manager != letter.owner_id:
                yield _item(letter, manager, behind, asking, person=person)
    yield from asking.more_for_managers(of_regions, Urgency.OVERDUE)


def _item(
    letter: Any, owner: int, behind: dict[tuple[int, int], NamedRecord], asking: Asking, *, person: str = ""
) -> Item:
    record = behind.get((letter.about_type_id, letter.about_id))
    return Item(
        rule="letter_unanswered",
        owner_id=owner,
        about=(LABEL, letter.pk),
        title=f"№ {letter.number}: {letter.title}" if letter.number else letter.title,
        why=lazy_why(letter.date or letter.reply_due, asking.on),
        url=address_of(LABEL, letter.pk),
        urgency=Urgency.OVERDUE,
        seen_from=asking.line(letter.region_id),
        due=letter.reply_due,
        context=letter.addressee__name or letter.recipient or (record.title if record else ""),
        person=person,
        concerns=(record.label, record.pk) if record else None,
    )


def why(sent: date, on: date) -> str:
    days = (on - sent).days
    return ngettext("%(count)s day without an answer", "%(count)s days without an answer", days) % {"count": days}


lazy_why = lazy(why, str)
