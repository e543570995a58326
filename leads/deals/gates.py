"""The gates: one table "requirement → stage from which it is needed", which also says what is missing.

A deal moves on when every requirement of the stage it enters, and of the stages before, is met. The table is for
investment projects: a supply contract may skip the memorandum, and creates no jobs of ours to count.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.commitments.queries import next_steps_of
from leads.deals.choices import DealKind, Stage, ValueKind
from leads.deals.models import Deal, DealValue, Memorandum
from leads.deals.queries import deals_with_permits, newest_memoranda, newest_values

STAGES: tuple[Stage, ...] = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a stage needs and the deal lacks. ``how`` says how to fill it.

    ``passable``: a manager may let it pass with a reason.
    """

    field: str
    label: str
    how: str
    passable: bool = True


@dataclass(frozen=True, slots=True)
class Dossier:
    """A deal with what is known about it beside its own fields."""

    deal: Deal
    has_next_step: bool = False
    memorandum: Memorandum | None = None
    agreed: DealValue | None = None
    realised: DealValue | None = None
    has_permits: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    field: str
    stage: Stage
    label: Promise
    how: Promise
    is_met: Callable[[Dossier], bool]
    passable: bool = True
    #: A supply contract is asked for it too.
    for_supply: bool = True

    def as_gap(self) -> Gap:
        return Gap(self.field, str(self.label), str(self.how), self.passable)


REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement(
        "company",
        Stage.QUALIFIED,
        _("Company"),
        _("Which company is it?"),
        lambda known: known.deal.company_id is not None,
    ),
    Requirement(
        "sector",
        Stage.QUALIFIED,
        _("Sector"),
        _("Which sector does it belong to?"),
        lambda known: known.deal.sector_id is not None,
    ),
    Requirement(
        "owner",
        Stage.QUALIFIED,
        _("Owner"),
        _("A manager names the owner."),
        lambda known: known.deal.owner_id is not None,
    ),
    Requirement(
        "next_step",
        Stage.QUALIFIED,
        _("Next step"),
        _("What do we do next, and by when?"),
        lambda known: known.has_next_step,
    ),
    Requirement(
        "contact",
        Stage.NEGOTIATION,
        _("Contact person or counterpart"),
        _("With whom do we talk?"),
        lambda known: known.deal.contact_id is not None or bool(known.deal.counterpart),
    ),
    Requirement(
        "negotiating",
        Stage.NEGOTIATION,
        _("What is being negotiated"),
        _("In one or two sentences."),
        lambda known: bool(known.deal.negotiating),
    ),
    Requirement(
        "memorandum",
        Stage.MEMORANDUM,
        _("Memorandum"),
        _("Date of signing, parties and the official answerable."),
        lambda known: known.memorandum is not None,
        for_supply=False,
    ),
    Requirement(
        "next_milestone",
        Stage.MEMORANDUM,
        _("Next milestone of the memorandum"),
        _("What comes first after the signing?"),
        lambda known: known.memorandum is not None and bool(known.memorandum.next_milestone),
        for_supply=False,
    ),
    Requirement(
        "agreed_value",
        Stage.AGREEMENT,
        _("Agreed sum"),
        _("The sum of the agreement with its currency."),
        lambda known: known.agreed is not None and known.agreed.amount is not None,
    ),
    Requirement(
        "expected_start",
        Stage.AGREEMENT,
        _("Expected start"),
        _("When is it to begin?"),
        lambda known: known.deal.expected_start is not None,
    ),
    Requirement(
        "started_on",
        Stage.IMPLEMENTATION,
        _("Start date"),
        _("When did it begin?"),
        lambda known: known.deal.started_on is not None,
    ),
    Requirement(
        "site",
        Stage.IMPLEMENTATION,
        _("Site or zone"),
        _("Where it stands, or that none is needed."),
        lambda known: bool(known.deal.site) or known.deal.site_not_needed,
    ),
    Requirement(
        "permits",
        Stage.IMPLEMENTATION,
        _("List of permits"),
        _("The first permit of the list, or that none is needed."),
        lambda known: known.has_permits or known.deal.permits_not_needed,
    ),
    Requirement(
        "realised_value",
        Stage.REALISED,
        _("Realised sum"),
        _("What has been invested or delivered."),
        lambda known: known.realised is not None and known.realised.amount is not None,
    ),
    Requirement(
        "evidence",
        Stage.REALISED,
        _("Evidence of the realised sum"),
        _("The commissioning act; of a supply, the act of fulfilment."),
        lambda known: known.realised is not None and known.realised.has_evidence,
    ),
    Requirement(
        "jobs",
        Stage.REALISED,
        _("Jobs"),
        _("How many jobs were created? None is an answer too: 0."),
        lambda known: known.realised is not None and known.realised.jobs is not None,
        for_supply=False,
    ),
    Requirement(
        "confirmation",
        Stage.REALISED,
        _("Confirmation by a second person"),
        _("A manager who did not record the realised sum confirms it."),
        lambda known: known.realised is not None and known.realised.confirmed_at is not None,
        passable=False,
    ),
)


def requirements_of(deal: Deal, stage: str) -> list[Requirement]:
    """Return what ``stage`` and the stages before it need of this deal, in the order of the stages."""
    reached = STAGES[: STAGES.index(Stage(stage)) + 1]
    return [
        requirement
        for requirement in REQUIREMENTS
        if requirement.stage in reached and _applies(requirement, deal, stage)
    ]


def missing_for(deal: Deal, stage: str, *, dossier: Dossier | None = None) -> list[Gap]:
    """Return what the deal lacks to be at ``stage``: four queries, none when its ``dossier`` is given."""
    known = dossier or dossiers_of([deal])[deal.pk]
    return [wanted.as_gap() for wanted in requirements_of(known.deal, stage) if not wanted.is_met(known)]


def checklist(dossier: Dossier, stage: str) -> list[tuple[Gap, bool]]:
    """Return what ``stage`` itself asks, each with whether it is met; what earlier stages lack comes first."""
    return [
        (wanted.as_gap(), met)
        for wanted in requirements_of(dossier.deal, stage)
        if not (met := wanted.is_met(dossier)) or wanted.stage == stage
    ]


def next_stage(deal: Deal) -> Stage | None:
    """Return the stage after the deal's; a supply contract goes from negotiation to agreement."""
    after = STAGES[STAGES.index(Stage(deal.stage)) + 1 :]
    if deal.kind == DealKind.SUPPLY:
        after = tuple(stage for stage in after if stage != Stage.MEMORANDUM)
    return after[0] if after else None


def is_forward(deal: Deal, stage: str) -> bool:
    return STAGES.index(Stage(stage)) > STAGES.index(Stage(deal.stage))


def dossiers_of(deals: Iterable[Deal]) -> dict[int, Dossier]:
    """Return the dossier of each deal by its key: four queries for any number of deals."""
    by_key = {deal.pk: deal for deal in deals}
    keys = by_key.keys()
    steps, memoranda = next_steps_of(by_key.values()), newest_memoranda(keys)
    values, with_permits = newest_values(keys), deals_with_permits(keys)
    return {
        key: Dossier(
            deal,
            has_next_step=key in steps and steps[key].due_date is not None,
            memorandum=memoranda.get(key),
            agreed=values.get((key, ValueKind.AGREED)),
            realised=values.get((key, ValueKind.REALISED)),
            has_permits=key in with_permits,
        )
        for key, deal in by_key.items()
    }


def _applies(requirement: Requirement, deal: Deal, stage: str) -> bool:
    if requirement.for_supply or deal.kind != DealKind.SUPPLY:
        return True
    # A supply contract that is moved to the memorandum all the same is asked for it.
    return requirement.stage == stage == Stage.MEMORANDUM


def labels_of(fields: Iterable[str]) -> list[str]:
    """Return the labels of the requirements of these names, for what was let pass."""
    labels = {wanted.field: str(wanted.label) for wanted in REQUIREMENTS}
    return [labels.get(field, field) for field in fields]
