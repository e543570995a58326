"""What an official decides about each card before the draft is accepted. Nothing here makes a record."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.audit.choices import Action
from crm.audit.services import lock_record, record_event
from crm.shared.errors import VersionConflict
from leads.extraction.folding import fold
from leads.visit_reports.choices import Decision, Match, ReportState
from leads.visit_reports.errors import AlreadyDecided, ChoiceNeeded, InvalidValue, NotInReview
from leads.visit_reports.models import Suggestion, VisitReport
from leads.visit_reports.queries import sentences_of
from leads.visit_reports.services.drafting import look_for_matches
from leads.visit_reports.services.values import VALUES, blank_values, clean_values, title_field


@transaction.atomic
def decide_suggestion(
    suggestion: Suggestion,
    *,
    by: User,
    values: Mapping[str, Any] | None = None,
    decision: str | None = None,
    match: str | None = None,
    known_id: int | None = None,
    expected_version: int | None = None,
) -> Suggestion:
    """Correct ``values`` of a card, choose its ``match`` and take a ``decision``, whichever are given; return it.

    Choosing a match (``known`` with the candidate's ``known_id``, or ``new``) accepts the card unless ``decision``
    says otherwise. Another name is looked up again, which may open the question anew. Raises ``NotAllowed``,
    ``NotInReview``, ``AlreadyDecided``, ``InvalidValue``, ``ChoiceNeeded``, and ``VersionConflict`` when somebody else
    has changed the card since ``expected_version``.
    """
    report = lock_report(suggestion.report, by=by)
    card = report.suggestions.select_for_update().get(pk=suggestion.pk)
    if card.commit_id is not None:
        raise AlreadyDecided(_("This card became a record already."))
    if expected_version not in (None, card.version) and card.changed_by_id not in (None, by.pk):
        raise VersionConflict(_("Somebody changed this card in the meantime."), record=card)
    before = (card.decision, card.match)
    corrected = _correct(card, values or {}, report)
    if match is not None:
        _choose(card, match, known_id)
        decision = decision or Decision.ACCEPTED
    if decision is not None:
        _decide(card, decision, by)
    if not corrected and before == (card.decision, card.match) and match is None:
        return card
    card.version += 1
    card.changed_by = by
    card.save()
    # What was written stays out of the log, which cannot be erased: the card itself holds it.
    record_event(
        Action.CHANGED,
        by=by,
        record=report,
        changes={
            "card": [None, card.position],
            "values": [None, sorted(corrected)],
            "decision": [before[0], card.decision],
            "match": [before[1], card.match],
        },
    )
    return card


@transaction.atomic
def add_suggestion(
    report: VisitReport,
    *,
    by: User,
    kind: str,
    values: Mapping[str, Any] | None = None,
    sentence: int | None = None,
    words: str = "",
) -> Suggestion:
    """Add a card by hand, accepted at once; ``words`` selected in the text (of ``sentence``, from 1) are its evidence.

    The words become the card's title where ``values`` give none. Raises what ``decide_suggestion`` does.
    """
    current = lock_report(report, by=by)
    if kind not in VALUES:
        raise InvalidValue(_("There is no such kind of card."), fields={"kind": kind})
    words = words.strip()
    given = blank_values(kind) | {title_field(kind): words or _("New")} | dict(values or {})
    cards = dict(current.suggestions.values_list("position", "kind"))
    evidence = _find(current.text, sentences_of(current.text, current.language), sentence, words)
    card = Suggestion(
        report=current,
        kind=kind,
        position=max(cards, default=0) + 1,
        values=clean_values(kind, given, cards=cards),
        evidence={"": [evidence]} if evidence else {},
        added_by=by,
        decision=Decision.ACCEPTED,
        decided_by=by,
        decided_at=timezone.now(),
        changed_by=by,
    )
    look_for_matches(card, region=current.region)
    card.save()
    record_event(Action.CHANGED, by=by, record=current, changes={"card": [None, card.position], "added": [None, kind]})
    return card


def lock_report(report: VisitReport, *, by: User) -> VisitReport:
    """Return the report locked, for a user who may review it. Raises ``NotAllowed`` and ``NotInReview``."""
    require_writer(by, report.region)
    current = lock_record(report)
    if current.state not in (ReportState.IN_REVIEW, ReportState.ACCEPTED) or current.is_archived:
        raise NotInReview(_("This report is not in review."))
    return current


def _correct(card: Suggestion, values: Mapping[str, Any], report: VisitReport) -> set[str]:
    """Set the corrected values; return the names of those that differ."""
    cards = dict(report.suggestions.values_list("position", "kind")) if values else {}
    cleaned = clean_values(card.kind, dict(values), cards=cards)
    changed = {name for name, value in cleaned.items() if card.values.get(name) != value}
    title = title_field(card.kind)
    renamed = title in changed and fold(cleaned[title]) != fold(str(card.values.get(title)))
    card.values = card.values | {name: cleaned[name] for name in changed}
    if renamed or changed & {"role", "bin"}:
        look_for_matches(card, region=report.region)
    return changed


def _choose(card: Suggestion, match: str, known_id: int | None) -> None:
    known = {candidate["id"] for candidate in card.candidates}
    if match == Match.KNOWN and known_id in known:
        target = "company_id" if card.kind == "organisation" else "contact_id"
        card.company_id = card.contact_id = None
        setattr(card, target, known_id)
    elif match == Match.NEW and known:
        card.company_id = card.contact_id = None
    else:
        raise InvalidValue(_("Choose one of those shown, or “new”."), fields={"match": _("Choose one.")})
    card.match = match


def _decide(card: Suggestion, decision: str, by: User) -> None:
    if decision not in Decision.values:
        raise InvalidValue(_("There is no such decision."), fields={"decision": decision})
    if decision == Decision.ACCEPTED and card.match == Match.UNDECIDED:
        raise ChoiceNeeded(_("Choose first: the same as one we know, or new."), fields={"match": _("Choose one.")})
    if card.decision != decision:
        card.decision, card.decided_by, card.decided_at = decision, by, timezone.now()


def _find(text: str, sentences: list[tuple[int, int]], number: int | None, words: str) -> list[int] | None:
    """Return where the words stand in that sentence, else anywhere, else nowhere."""
    if not words:
        return None
    start, end = sentences[number - 1] if number and 0 < number <= len(sentences) else (0, len(text))
    found = text.find(words, start, end)
    found = found if found >= 0 else text.find(words)
    return [found, found + len(words)] if found >= 0 else None
