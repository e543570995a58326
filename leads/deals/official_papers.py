"""Papers of a deal and of a meeting as Word files, prefilled with what Sapar knows."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from crm.commitments.choices import CommitmentSide
from crm.commitments.models import Commitment
from crm.companies.models import Contact
from crm.meetings.models import Meeting
from crm.shared.formats import format_day
from crm.shared.word import add_heading, add_points, add_subheading, add_table, add_text, as_bytes, new_document
from leads.deals.models import Deal

EMPTY = "____________________"
#: Empty rows that a road map leaves for what is agreed on the way.
FREE_ROWS = 3


def minutes(meeting: Meeting, *, contacts: Iterable[Contact], commitments: Iterable[Commitment]) -> bytes:
    """Return the minutes of a meeting: where and when, who was there, what was discussed, who does what by when."""
    document = new_document()
    add_heading(document, _("MINUTES"), meeting.subject)
    add_text(document, f"{meeting.place or EMPTY}, {_day(meeting.date)}")
    add_subheading(document, _("Took part"))
    present = [company.name for company in meeting.companies.all()]
    present += [", ".join(filter(None, [contact.full_name, contact.position])) for contact in contacts]
    present += [meeting.owner.full_name] if meeting.owner else []
    add_points(document, present or [EMPTY])
    add_subheading(document, _("What was discussed"))
    add_points(document, [*map(str, meeting.topics)] or [EMPTY])
    for text in filter(None, [meeting.summary, meeting.outcome_note]):
        add_text(document, text)
    add_subheading(document, _("Decided"))
    _add_steps(document, commitments)
    _add_signatures(document)
    return as_bytes(document)


def road_map(deal: Deal, *, commitments: Iterable[Commitment], on: date) -> bytes:
    """Return the road map of a deal: what both sides do, who carries it out, and by when."""
    document = new_document()
    add_heading(document, _("ROAD MAP"), deal.title)
    facts = [
        (_("Investor"), deal.company.name if deal.company else ""),
        (_("Sector"), deal.sector.name if deal.sector else ""),
        (_("Stage"), deal.get_stage_display()),
        (_("Expected start"), _day(deal.expected_start) if deal.expected_start else ""),
        (_("As at"), _day(on)),
    ]
    add_points(document, [f"{name}: {value}" for name, value in facts if value])
    _add_steps(document, commitments)
    _add_signatures(document)
    return as_bytes(document)


def _add_steps(document: object, commitments: Iterable[Commitment]) -> None:
    rows = [
        (f"{number}", one.text, _carried_out_by(one), _day(one.due_date) if one.due_date else "", "")
        for number, one in enumerate(commitments, start=1)
    ]
    rows += [(f"{number}", "", "", "", "") for number in range(len(rows) + 1, len(rows) + 1 + FREE_ROWS)]
    headings = ["№", _("What is to be done"), _("Executor"), _("Due date"), _("Execution")]
    add_table(document, headings, rows, numbers_from=len(headings))


def _carried_out_by(commitment: Commitment) -> str:
    if commitment.side == CommitmentSide.THEIRS:
        return commitment.company.name if commitment.company else _("Investor's side")
    return commitment.executor.full_name if commitment.executor else commitment.executor_name


def _add_signatures(document: object) -> None:
    add_text(document, "")
    for side in (_("For the region"), _("For the investor")):
        add_text(document, f"{side}: {EMPTY}")


def _day(day: date | None) -> str:
    return format_day(day, "full") if day else EMPTY
