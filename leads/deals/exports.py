"""The figures as files to hand on: a table for Excel, a brief of one page for the governor in Word."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.shared.exports import Sheet, book_as_xlsx
from crm.shared.formats import format_day, format_money
from crm.shared.word import add_heading, add_points, add_subheading, add_table, add_text, as_bytes, new_document
from leads.deals.queries import CountryBriefing, Figures, Owed, Plan, age_labels
from leads.deals.queries.figures import PlanRow

#: What fits on one page beside the plan.
VISITS_IN_BRIEF = 5
SLIPS_IN_BRIEF = 3
DEALS_IN_COUNTRY_BRIEF, OWED_IN_COUNTRY_BRIEF, MEETINGS_IN_COUNTRY_BRIEF = 6, 5, 5


def figures_workbook(figures: Figures, plan: Plan) -> bytes:
    """Return the figures as an Excel file: one sheet for each table, exact sums in the reporting currency."""
    announced, realised = _("Announced"), pgettext("sum", "Realised")
    sums = [_("Deals"), announced, realised]
    return book_as_xlsx(
        [
            Sheet(
                _("Stages"),
                [_("Stage"), _("Deals"), _("Came on, %"), _("Sum")],
                [(row.label, row.count, row.share, row.amount) for row in figures.funnel],
            ),
            *(
                Sheet(title, [heading, *sums], [(r.label, r.count, r.announced, r.realised) for r in rows])
                for title, heading, rows in (
                    (_("Years"), _("Year"), figures.years),
                    (_("Sectors"), _("Sector"), figures.sectors),
                    (_("Countries"), _("Country"), figures.countries),
                )
            ),
            *(
                Sheet(title, [heading, _("Plan"), _("Actual"), "%"], [_plan_row(row) for row in rows])
                for title, heading, rows in (
                    (_("Plan by year"), _("Year"), plan.years),
                    (_("Plan %(year)s by quarter") % {"year": plan.year}, _("Quarter"), plan.quarters),
                    (_("Plan %(year)s by district") % {"year": plan.year}, _("District"), plan.districts),
                    (_("Plan %(year)s by curator") % {"year": plan.year}, _("Curator"), plan.curators),
                )
            ),
            Sheet(
                _("Days at the stage"),
                [_("Stage"), *age_labels()],
                [(row.label, *row.counts) for row in figures.ageing],
            ),
            Sheet(
                _("Visits"),
                [_("Visit"), _("Date"), _("Meetings"), _("Deals"), _("Furthest stage"), announced, realised],
                [
                    (r.title, r.start_date, r.meetings, r.deals, r.stage_label, r.announced, r.realised)
                    for r in figures.visits
                ],
            ),
            Sheet(
                _("Expected starts"),
                [_("Deal"), _("First stated"), _("Now"), _("Days")],
                [(row.title, row.first, row.now, row.days) for row in figures.slips],
            ),
        ]
    )


def _plan_row(row: PlanRow) -> tuple[Any, ...]:
    return row.label, row.plan, row.actual, row.share


def figures_brief(figures: Figures, plan: Plan, *, region: str, title: str = "") -> bytes:
    """Return the brief for the governor as a Word file of one page, in the language of the page."""
    document = new_document()
    add_heading(document, _("BRIEF"), f"{title or _('on investment projects')}: {region}")
    add_text(document, _("As at %(day)s.") % {"day": format_day(figures.as_at)})
    add_points(document, _sentences(figures))
    add_subheading(document, _("Plan and actual, %(year)s") % {"year": plan.year})
    add_table(
        document,
        [_("Quarter"), _("Plan"), _("Actual"), "%"],
        [(row.label, _money(row.plan), _money(row.actual), _per_cent(row.share)) for row in plan.quarters],
    )
    if figures.visits:
        add_subheading(document, _("What came of the visits"))
        add_table(
            document,
            [_("Visit"), _("Deals"), _("Furthest stage"), _("Announced"), pgettext("sum", "Realised")],
            [
                (row.title, str(row.deals), row.stage_label or "–", _money(row.announced), _money(row.realised))
                for row in figures.visits[:VISITS_IN_BRIEF]
            ],
        )
    late = [row for row in figures.slips if row.days > 0][:SLIPS_IN_BRIEF]
    if late:
        add_subheading(document, _("Expected starts that were put off"))
        days = [{"title": row.title, "first": format_day(row.first), "now": format_day(row.now)} for row in late]
        add_points(document, [_("%(title)s: from %(first)s to %(now)s") % one for one in days])
    return as_bytes(document)


def country_brief(briefing: CountryBriefing, *, region: str) -> bytes:
    """Return the briefing before a trip as a Word file of one page, in the language of the page."""
    document = new_document()
    add_heading(document, _("BRIEF"), f"{briefing.name}: {region}")
    add_text(document, _("As at %(day)s.") % {"day": format_day(briefing.on)})
    add_points(document, _country_sentences(briefing), size=11)
    if briefing.deals:
        add_subheading(document, _("Deals in work"))
        add_table(
            document,
            [_("Deal"), _("Stage"), _("Sum"), _("Next step")],
            [
                (
                    f"{row.deal.title} ({row.deal.company or _('company open')})",
                    row.deal.get_stage_display(),
                    format_money(row.amount, row.currency) or "–",
                    row.step or "–",
                )
                for row in briefing.deals[:DEALS_IN_COUNTRY_BRIEF]
            ],
            numbers_from=4,
        )
    for title, owed in ((_("We owe"), briefing.ours), (_("They owe"), briefing.theirs)):
        if owed:
            add_subheading(document, title)
            add_points(document, [_owed_line(one) for one in owed[:OWED_IN_COUNTRY_BRIEF]], size=11)
    _write_known(document, briefing)
    return as_bytes(document)


def _write_known(document: Any, briefing: CountryBriefing) -> None:
    """Write who is known in the country and who was met last."""
    if briefing.companies:
        add_subheading(document, _("Known there"))
        names = [f"{one.name} ({one.city})" if one.city else one.name for one in briefing.companies]
        add_text(document, "; ".join(names), size=11)
    if briefing.meetings:
        add_subheading(document, _("Last meetings"))
        held = briefing.meetings[:MEETINGS_IN_COUNTRY_BRIEF]
        lines = [f"{format_day(one.date)}: {one.subject} ({one.get_outcome_display()})" for one in held if one.date]
        add_points(document, lines, size=11)


def _country_sentences(briefing: CountryBriefing) -> list[str]:
    sums = {"announced": briefing.announced, "agreed": briefing.agreed, "realised": briefing.realised}
    counts = {"ours": len(briefing.ours), "theirs": len(briefing.theirs), "count": len(briefing.deals)}
    return [
        _("In work: %(count)s deals; announced %(announced)s, agreed %(agreed)s, realised %(realised)s.")
        % (counts | {name: _money(amount) for name, amount in sums.items()}),
        _("Open commitments: %(ours)s of ours, %(theirs)s of theirs.") % counts,
    ]


def _owed_line(one: Owed) -> str:
    due = one.commitment.due_date
    parts = [one.commitment.text, one.commitment.executor_label, format_day(due) if due else ""]
    return ", ".join(filter(None, parts))


def _sentences(figures: Figures) -> list[str]:
    score = figures.score
    return [
        _("In work: %(count)s deals, %(sum)s.") % {"count": score.active, "sum": _money(score.active_amount)},
        _("Realised: %(count)s of %(all)s deals; %(sum)s of %(announced)s announced.")
        % {
            "count": score.realised_deals,
            "all": score.deals,
            "sum": _money(score.realised),
            "announced": _money(score.announced),
        },
        _("Invested in a year: %(sum)s; memoranda signed: %(signed)s (the year before: %(before)s).")
        % {"sum": _money(score.invested), "signed": score.signed, "before": score.signed_before},
        _("Need attention: %(overdue)s overdue next steps, %(quiet)s deals gone quiet.")
        % {"overdue": score.overdue, "quiet": score.quiet},
    ]


def _money(amount: Any) -> str:
    return format_money(amount, settings.REPORTING_CURRENCY) or "–"


def _per_cent(share: int | None) -> str:
    return "–" if share is None else f"{share} %"
