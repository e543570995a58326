"""The figures as files to hand on: a table for Excel, a brief of one page for the governor in Word."""

import io
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from crm.shared.exports import Sheet, book_as_xlsx
from crm.shared.formats import format_day, format_money
from leads.deals.queries import Figures, Plan, age_labels
from leads.deals.queries.figures import PlanRow

#: What fits on one page beside the plan.
VISITS_IN_BRIEF = 5
SLIPS_IN_BRIEF = 3


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
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Cm(2.5),
        Cm(1.5),
        Cm(1.5),
        Cm(1.5),
    )
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.paragraph_format.space_after = Pt(4)
    _heading(document, _("BRIEF"), f"{title or _('on investment projects')}: {region}")
    document.add_paragraph(_("As at %(day)s.") % {"day": format_day(figures.as_at)})
    for sentence in _sentences(figures):
        document.add_paragraph(sentence, style="List Bullet")
    _subheading(document, _("Plan and actual, %(year)s") % {"year": plan.year})
    _table(
        document,
        [_("Quarter"), _("Plan"), _("Actual"), "%"],
        [(row.label, _money(row.plan), _money(row.actual), _per_cent(row.share)) for row in plan.quarters],
    )
    if figures.visits:
        _subheading(document, _("What came of the visits"))
        _table(
            document,
            [_("Visit"), _("Deals"), _("Furthest stage"), _("Announced"), pgettext("sum", "Realised")],
            [
                (row.title, str(row.deals), row.stage_label or "–", _money(row.announced), _money(row.realised))
                for row in figures.visits[:VISITS_IN_BRIEF]
            ],
        )
    late = [row for row in figures.slips if row.days > 0][:SLIPS_IN_BRIEF]
    if late:
        _subheading(document, _("Expected starts that were put off"))
        for row in late:
            days = {"title": row.title, "first": format_day(row.first), "now": format_day(row.now)}
            document.add_paragraph(_("%(title)s: from %(first)s to %(now)s") % days, style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


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


def _heading(document: Any, *lines: str) -> None:
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True


def _subheading(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.add_run(text).bold = True


def _table(document: Any, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    for cells, texts in ((table.rows[0].cells, headings), *((table.add_row().cells, row) for row in rows)):
        for number, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            if number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(10), cells is table.rows[0].cells
