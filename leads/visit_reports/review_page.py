"""What the review page shows: the report's sentences and its cards, each with its form."""

from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from leads.visit_reports.choices import Decision, Match, ReportState, SuggestionKind
from leads.visit_reports.forms import CardForm, names_for_page
from leads.visit_reports.models import ReportCommit, Suggestion, VisitReport
from leads.visit_reports.queries import (
    Card,
    Draft,
    Sentence,
    cards_of,
    evidence_id,
    marked_sentences,
    sentence_numbers,
    words_of,
)
from leads.visit_reports.queries.marking import HUES
from leads.visit_reports.services.values import VALUES, Type, Value, title_field

#: The sections of the page, in their order.
SECTIONS = (
    (SuggestionKind.DELEGATION, _("Delegation")),
    (SuggestionKind.ORGANISATION, _("Organisations met")),
    (SuggestionKind.PERSON, _("People")),
    (SuggestionKind.MEETING, _("Meetings")),
    (SuggestionKind.LEAD, _("Deals to follow up")),
    (SuggestionKind.COMMITMENT, _("Commitments")),
    (SuggestionKind.PRACTICE, _("Practices to adopt")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a card: its field, the ids it shares with its words, the sentences they stand in."""

    value: Value
    field: BoundField
    evidence: str
    sentences: list[int]
    is_filled: bool
    kept: Any

    @property
    def shown(self) -> str:
        """The value in words, where it is not to be changed."""
        raw = self.kept
        choices = getattr(self.field.field, "choices", None)
        if choices:
            return str(dict(choices).get(raw, raw))
        return str(self.field.field.prepare_value(raw) or "")

    @property
    def is_wide(self) -> bool:
        wide = (Type.LONG_TEXT, Type.CARDS, Type.CODES)
        return self.value.type in wide or self.value.name in ("next_step", "title")


@dataclass(slots=True)
class CardView:
    """One card as the page draws it. ``out_of_band`` marks a card that htmx swaps beside the answer."""

    card: Card
    form: CardForm
    hue: str
    title_row: Row
    rows: list[Row]
    missing: list[Row]
    said: str
    out_of_band: bool = False

    @property
    def all_rows(self) -> list[Row]:
        return [self.title_row, *self.rows, *self.missing]

    @property
    def suggestion(self) -> Suggestion:
        return self.card.suggestion

    @property
    def title(self) -> str:
        return str(self.suggestion.values.get(title_field(self.suggestion.kind)) or "")

    @property
    def state(self) -> str:
        return self.card.state

    @property
    def said_by(self) -> str:
        """The member who told what the card says; empty where the report says it."""
        entry = self.suggestion.debrief_entry
        return entry.debrief.full_name if entry else ""

    @property
    def needs_match(self) -> bool:
        return self.suggestion.match == Match.UNDECIDED

    @property
    def next_if_accepting(self) -> str:
        """What pressing Accept asks for: pressed again it opens the card."""
        return Decision.OPEN if self.suggestion.decision == Decision.ACCEPTED else Decision.ACCEPTED

    @property
    def next_if_rejecting(self) -> str:
        return Decision.OPEN if self.suggestion.decision == Decision.REJECTED else Decision.REJECTED

    @property
    def waits_for(self) -> str:
        other = self.card.waits_for
        return str(other.values.get(title_field(other.kind)) or "") if other else ""


@dataclass(slots=True)
class Section:
    kind: str
    hue: str
    label: Any
    cards: list[CardView]
    may_add: bool


class ReviewPage:
    """The whole page of one report, for a user who sees it.

    ``bound`` is a card's form whose values were refused, to be shown with its errors.
    """

    def __init__(self, report: VisitReport, *, user: User, bound: CardForm | None = None) -> None:
        self.report = report
        self.draft: Draft = cards_of(report)
        self.commits = list(report.commits.select_related("by", "undone_by"))
        self.may_write = user.may_write and report.state in (ReportState.IN_REVIEW, ReportState.ACCEPTED)
        self.sentences: list[Sentence] = marked_sentences(
            report.text,
            [card.suggestion for card in self.draft.cards if card.suggestion.decision != Decision.REJECTED],
            report.language,
        )
        self._bound = bound
        self._names = names_for_page()
        self._spans = [(sentence.start, sentence.end) for sentence in self.sentences]
        self._titles = self._titles_by_kind()
        self.cards = {card.suggestion.position: self._view(card) for card in self.draft.cards}

    def form(self, suggestion: Suggestion, data: Any = None) -> CardForm:
        """Return the form of one card, bound to ``data`` where given."""
        return CardForm(suggestion, data, names=self._names, titles=self._titles)

    def sections(self) -> list[Section]:
        """Return the cards by kind; kinds without a card only where one may be added."""
        found = []
        for kind, label in SECTIONS:
            cards = [card for card in self.cards.values() if card.suggestion.kind == kind]
            may_add = self.may_write and not (kind == SuggestionKind.DELEGATION and cards)
            if cards or may_add:
                found.append(Section(kind, HUES[kind], label, cards, may_add))
        return found

    @property
    def title(self) -> str:
        delegation = next((c for c in self.cards.values() if c.suggestion.kind == SuggestionKind.DELEGATION), None)
        return (delegation.title if delegation else "") or self.report.heading

    @property
    def heading(self) -> Sentence | None:
        """The report's title, where its text begins with it."""
        first = self.sentences[0] if self.sentences else None
        return first if first and first.text.strip() == self.report.title.strip() else None

    @property
    def silent(self) -> list[int]:
        """The numbers of the sentences that gave nothing: a missed lead is seen there."""
        heading = self.heading
        return [s.number for s in self.sentences if not s.is_marked and s is not heading]

    @property
    def accept_words(self) -> str:
        return words_of(self.draft)

    @property
    def first_open(self) -> CardView | None:
        return next((self.cards[card.suggestion.position] for card in self.draft.open), None)

    @property
    def live_commits(self) -> list[ReportCommit]:
        return [commit for commit in self.commits if commit.undone_at is None]

    def depending_on(self, position: int) -> list[CardView]:
        """Return the cards that point at that one, marked to be swapped beside it."""
        views = [self.cards[card.suggestion.position] for card in self.draft.depending_on(position)]
        for view in views:
            view.out_of_band = True
        return views

    def _titles_by_kind(self) -> dict[str, dict[int, str]]:
        titles: dict[str, dict[int, str]] = {}
        for card in self.draft.cards:
            row = card.suggestion
            if row.decision != Decision.REJECTED:
                titles.setdefault(row.kind, {})[row.position] = str(row.values.get(title_field(row.kind)) or "…")
        return titles

    def _view(self, card: Card) -> CardView:
        suggestion = card.suggestion
        bound = self._bound if self._bound and self._bound.suggestion.pk == suggestion.pk else None
        form = bound or self.form(suggestion)
        title_value = VALUES[suggestion.kind][0]
        rows = [self._row(suggestion, value, form) for value, _field in form.rows()]
        title = self._row(suggestion, title_value, form)
        quoted = title.sentences or sentence_numbers(self._spans, _all_spans(suggestion))
        return CardView(
            card=card,
            form=form,
            hue=HUES[SuggestionKind(suggestion.kind)],
            title_row=title,
            rows=[row for row in rows if row.is_filled],
            missing=[row for row in rows if not row.is_filled],
            said=_told(suggestion) or (self.sentences[quoted[0] - 1].text if quoted else ""),
        )

    def _row(self, suggestion: Suggestion, value: Value, form: CardForm) -> Row:
        own = suggestion.evidence.get(value.name)
        kept = suggestion.values.get(value.name)
        filled = kept not in (None, "", [])
        spans = own or (suggestion.evidence.get("") if filled else None) or []
        field = value.name if own else ""
        bound = form[value.name]
        evidence = evidence_id(suggestion, field) if spans else ""
        if evidence:
            bound.field.widget.attrs["data-ev"] = evidence
        if not filled:
            bound.field.widget.attrs["placeholder"] = _("Not stated")
        sends = {"hx-post": card_url(suggestion), "hx-trigger": "change", "hx-swap": "none"}
        bound.field.widget.attrs |= sends | {"hx-include": "closest form", "aria-label": str(value.label)}
        return Row(value, bound, evidence, sentence_numbers(self._spans, spans), filled or bool(bound.errors), kept)


def card_url(suggestion: Suggestion) -> str:
    return reverse("visit_reports:card", args=[suggestion.report_id, suggestion.position])


def _told(suggestion: Suggestion) -> str:
    return suggestion.debrief_entry.words if suggestion.debrief_entry else ""


def _all_spans(suggestion: Suggestion) -> list[list[int]]:
    return [span for spans in suggestion.evidence.values() for span in spans]
