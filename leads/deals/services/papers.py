"""What a deal has on paper: figures with their evidence, memoranda, permits."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_manager, require_writer
from crm.audit.services import archive_record, create_record, lock_record, restore_record, update_record
from crm.documents.models import Document
from crm.reference.models import Currency
from crm.reference.queries import rate_on
from crm.shared.errors import InvalidRecord
from crm.shared.validation import validate_record
from leads.deals.choices import Stage, ValueKind
from leads.deals.errors import AlreadyConfirmed, SecondPersonNeeded
from leads.deals.models import Deal, DealValue, Memorandum, Permit
from leads.deals.queries import next_question_about
from leads.deals.services.activity import record_activity
from leads.deals.services.checks import require_reason, require_unarchived


@transaction.atomic
def record_value(
    deal: Deal,
    *,
    by: User | None,
    kind: str,
    date: date,
    amount: Decimal | None = None,
    currency: Currency | None = None,
    jobs: int | None = None,
    evidence: str = "",
    evidence_document: Document | None = None,
) -> DealValue:
    """Record a dated figure: an ``amount`` in ``currency``, ``jobs``, or both; the newest of a kind counts.

    The amount in the reporting currency is set at that day's rate, and stays null until one is known
    (``fill_missing_rates``). Raises ``NotAllowed``, ``DealNotActive`` and ``InvalidRecord``.
    """
    require_writer(by, deal.region)
    require_unarchived(deal)
    value = DealValue(
        deal=deal,
        kind=kind,
        date=date,
        amount=amount,
        currency=currency,
        jobs=jobs,
        evidence=evidence.strip(),
        evidence_document=evidence_document,
        recorded_by=by,
        **_in_reporting_currency(amount, currency, date),
    )
    validate_record(value)
    create_record(value, by=by)
    record_activity(deal, at=timezone.now())
    return value


@transaction.atomic
def confirm_value(value: DealValue, *, by: User, expected_version: int | None = None) -> DealValue:
    """Confirm a figure as a second person: a manager, never who recorded it. Once confirmed it stays as it is.

    Raises ``NotAllowed``, ``SecondPersonNeeded``, ``AlreadyConfirmed`` and, for a realised figure without evidence,
    ``InvalidRecord``.
    """
    require_manager(by)
    require_writer(by, value.deal.region)
    current = lock_record(value, expected_version=expected_version)
    if current.confirmed_at or current.is_archived:
        raise AlreadyConfirmed(_("This figure is confirmed or archived already."))
    if current.recorded_by_id == by.pk:
        raise SecondPersonNeeded(_("Who recorded a figure does not confirm it: a second person does."))
    if current.kind == ValueKind.REALISED and not current.has_evidence:
        raise InvalidRecord(
            _("A realised sum is confirmed with its evidence only."), fields={"evidence": _("Which paper shows it?")}
        )
    update_record(value, by=by, changes={"confirmed_at": timezone.now(), "confirmed_by": by})
    record_activity(value.deal, at=timezone.now())
    return value


@transaction.atomic
def check_value(value: DealValue, *, by: User | None, on: date) -> DealValue:
    """Note that somebody said on the day ``on`` that the figure still holds; it is asked about again later."""
    require_writer(by, value.deal.region)
    update_record(value, by=by, changes={"checked_on": on})
    record_activity(value.deal, at=timezone.now())
    return value


@transaction.atomic
def prove_value(value: DealValue, *, by: User | None, evidence: str) -> DealValue:
    """Say which paper shows the figure. A confirmed one stays as it was confirmed: raises ``AlreadyConfirmed``."""
    require_writer(by, value.deal.region)
    current = lock_record(value)
    if current.confirmed_at or current.is_archived:
        raise AlreadyConfirmed(_("This figure is confirmed or archived already."))
    changes = {"evidence": evidence.strip()}
    validate_record(current, changes)
    update_record(value, by=by, changes=changes)
    record_activity(value.deal, at=timezone.now())
    return value


@transaction.atomic
def archive_value(value: DealValue, *, by: User | None, reason: str) -> DealValue:
    """Take back a wrong figure. A confirmed one is a manager's to take back, and not while the deal is realised."""
    require_writer(by, value.deal.region)
    if value.confirmed_at:
        require_manager(by)
        if value.deal.stage == Stage.REALISED and value.kind == ValueKind.REALISED:
            raise AlreadyConfirmed(_("The deal is realised by this figure; move the deal back first."))
    return archive_record(value, by=by, reason=require_reason(reason))


@transaction.atomic
def restore_value(value: DealValue, *, by: User | None) -> DealValue:
    """Bring back a figure that was taken back. Raises ``NotAllowed`` and ``DealNotActive``."""
    require_writer(by, value.deal.region)
    require_unarchived(value.deal)
    return restore_record(value, by=by)


@transaction.atomic
def fill_missing_rates() -> int:
    """Convert the figures that had no rate on their day and have one now; return how many. The system's work."""
    waiting = DealValue.objects.active().filter(amount__isnull=False, amount_reporting__isnull=True)
    filled = 0
    for value in waiting.select_related("currency").order_by("pk"):
        converted = _in_reporting_currency(value.amount, value.currency, value.date)
        if converted["amount_reporting"] is not None:
            update_record(value, by=None, changes=converted)
            filled += 1
    return filled


@transaction.atomic
def record_memorandum(
    deal: Deal, *, by: User | None, parties: str, signed_on: date, answerable: User, **fields: Any
) -> Memorandum:
    """Record a signed memorandum of the deal. ``fields``: amount, currency, expires_on, next_milestone, document."""
    require_writer(by, deal.region)
    require_unarchived(deal)
    memorandum = Memorandum(deal=deal, parties=parties, signed_on=signed_on, answerable=answerable, **fields)
    validate_record(memorandum)
    create_record(memorandum, by=by)
    record_activity(deal, at=timezone.now())
    return memorandum


@transaction.atomic
def update_memorandum(
    memorandum: Memorandum, *, by: User | None, expected_version: int | None = None, **changes: Any
) -> Memorandum:
    """Change a memorandum. Raises ``NotAllowed``, ``VersionConflict`` and ``InvalidRecord``."""
    require_writer(by, memorandum.deal.region)
    validate_record(memorandum, changes)
    return update_record(memorandum, by=by, changes=changes, expected_version=expected_version)


@transaction.atomic
def leave_memorandum(
    memorandum: Memorandum, *, by: User | None, on: date, expires_on: date | None = None
) -> Memorandum:
    """Leave a memorandum in force, until ``expires_on`` where that is given, and ask again when its time comes.

    ``on`` is the day of the answer. Raises ``NotAllowed`` and ``InvalidRecord``.
    """
    require_writer(by, memorandum.deal.region)
    changes: dict[str, Any] = {"expires_on": expires_on} if expires_on else {}
    validate_record(lock_record(memorandum), changes)
    update_record(memorandum, by=by, changes=changes)
    update_record(memorandum, by=by, changes={"ask_again_on": next_question_about(memorandum, on=on)})
    record_activity(memorandum.deal, at=timezone.now())
    return memorandum


@transaction.atomic
def close_memorandum(memorandum: Memorandum, *, by: User | None, reason: str) -> Memorandum:
    """Archive a memorandum that came to nothing or was replaced, with the reason."""
    require_writer(by, memorandum.deal.region)
    archive_record(memorandum, by=by, reason=require_reason(reason))
    record_activity(memorandum.deal, at=timezone.now())
    return memorandum


@transaction.atomic
def restore_memorandum(memorandum: Memorandum, *, by: User | None) -> Memorandum:
    """Bring back a memorandum that was taken back. Raises ``NotAllowed`` and ``DealNotActive``."""
    require_writer(by, memorandum.deal.region)
    require_unarchived(memorandum.deal)
    return restore_record(memorandum, by=by)


@transaction.atomic
def add_permit(deal: Deal, *, by: User | None, name: str, body: str, **dates: date | None) -> Permit:
    """Put a permit on the deal's list. ``dates``: applied_on, due_date, granted_on."""
    require_writer(by, deal.region)
    require_unarchived(deal)
    permit = Permit(deal=deal, name=name, body=body, **dates)
    validate_record(permit)
    create_record(permit, by=by)
    record_activity(deal, at=timezone.now())
    return permit


@transaction.atomic
def update_permit(permit: Permit, *, by: User | None, **changes: Any) -> Permit:
    """Change a permit: when it was asked for, when it was given."""
    require_writer(by, permit.deal.region)
    validate_record(permit, changes)
    update_record(permit, by=by, changes=changes)
    record_activity(permit.deal, at=timezone.now())
    return permit


def _in_reporting_currency(amount: Decimal | None, currency: Currency | None, day: date) -> dict[str, Any]:
    """Return the amount at that day's rate with the rate and its day; all null while there is no rate."""
    unknown: dict[str, Any] = {"amount_reporting": None, "rate": None, "rate_date": None}
    if amount is None or currency is None:
        return unknown
    if currency.code == settings.REPORTING_CURRENCY:
        return {"amount_reporting": amount, "rate": Decimal(1), "rate_date": day}
    rate = rate_on(currency, day)
    if rate is None:
        return unknown
    return {"amount_reporting": _rounded(amount * rate.rate), "rate": rate.rate, "rate_date": rate.date}


def _rounded(amount: Decimal) -> Decimal:
    """Return the amount to the cent, to whole units from 10 trillion on: SQLite keeps 15 digits."""
    return amount.quantize(Decimal("0.01") if amount < 10**13 else Decimal(1))
