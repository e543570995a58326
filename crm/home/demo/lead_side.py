"""The lead side of the demo office: deals at every stage, and a report that waits for review. All invented."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from crm.commitments.choices import CommitmentSide
from crm.commitments.services import create_commitment
from crm.home.demo.people_side import Office
from crm.reference.models import Currency
from leads.deals.choices import DealKind, Health, Stage, ValueKind
from leads.deals.gates import STAGES
from leads.deals.models import Deal
from leads.deals.services import (
    add_permit,
    confirm_value,
    create_deal,
    mark_dormant,
    move_deal,
    record_memorandum,
    record_value,
    set_health,
    set_target,
    update_deal,
)
from leads.visit_reports.models import VisitReport
from leads.visit_reports.services import read_report, upload_report

REPORT = Path(__file__).with_name("report.txt")


@dataclass(frozen=True, slots=True)
class Plan:
    """One deal: how far it has come, what it is worth, what comes next and when (days from today)."""

    title: str
    stage: Stage
    company: str
    sector: str
    owner: str
    next_step: str
    due: int
    kind: DealKind = DealKind.INVESTMENT_PROJECT
    worth: tuple[str, str] | None = None
    jobs: int | None = None
    visit: str | None = None
    meeting: str | None = None
    subject: str = ""
    delayed: bool = False


PLANS = [
    Plan("Контейнер терминалы", Stage.LEAD, "lojistik", "transport_logistics", "official",
         "Тариф ұсынысын сұрау", -3, DealKind.INTEREST, visit="konya", meeting="lojistik"),
    Plan("Егіс техникасын жеткізу", Stage.LEAD, "agrar", "agriculture", "official",
         "Көрсетілім нәтижесін талқылау", 1, DealKind.SUPPLY, ("850000", "EUR"), meeting="agrar"),
    Plan("Рамён мен тұздық өндірісі", Stage.LEAD, "food", "food_processing", "official",
         "Бейнеқоңырауға дайындалу", 2, DealKind.INTEREST, meeting="food"),
    Plan("Солнечная станция 50 МВт в Мартуке", Stage.QUALIFIED, "solar", "renewables", "colleague",
         "Направить карту участков и условия аукциона", -6, worth=("48000000", "USD"), jobs=35, visit="china",
         meeting="solar"),
    Plan("Мал азығы зауыты", Stage.QUALIFIED, "farm", "agriculture", "official",
         "Су тарту шартын нақтылау", 5, worth=("1900000000", "KZT"), jobs=42),
    Plan("Темірбетон бұйымдарының бірлескен өндірісі", Stage.NEGOTIATION, "beton", "construction_materials",
         "official", "Шикізат сынамасының қорытындысын жіберу", 0, DealKind.JOINT_VENTURE, ("12000000", "USD"), 120,
         "konya", "beton", "Үлес 60/40, жер учаскесі, газ қуаты"),
    Plan("Сборка буровых установок", Stage.NEGOTIATION, "machinery", "machinery", "colleague",
         "Показать две площадки с железнодорожной веткой", 4, worth=("210000000", "CNY"), jobs=180, visit="china",
         meeting="machinery", subject="Площадка, доля местного содержания"),
    Plan("Задвижкалар жинау цехы", Stage.MEMORANDUM, "valves", "oil_gas", "official",
         "Сызбаларды алу", -12, worth=("6500000", "USD"), jobs=60, subject="Жинау, сертификаттау", delayed=True),
    Plan("Феррохром қожын өңдеу", Stage.MEMORANDUM, "chrome", "mining_metals", "colleague",
         "Согласовать ТЭО", 9, worth=("4200000000", "KZT"), jobs=95, subject="Сырьё, экология, сбыт"),
    Plan("Құрғақ құрылыс қоспалары зауыты", Stage.AGREEMENT, "local_beton", "construction_materials", "official",
         "Жер учаскесі туралы шартқа қол қою", 7, worth=("3100000000", "KZT"), jobs=75, subject="Газ, жол, жер"),
    Plan("Логистикалық қойма, 2-кезек", Stage.IMPLEMENTATION, "lojistik", "transport_logistics", "official",
         "Құрылыс кестесін тексеру", 12, worth=("5400000000", "KZT"), jobs=110, subject="Екінші кезектің мерзімі"),
    Plan("Блок өндіретін желі", Stage.REALISED, "local_beton", "construction_materials", "official",
         "Қорытынды есепті жіберу", 20, worth=("780000000", "KZT"), jobs=28, subject="Жабдық пен кадр"),
    Plan("Ойыл ет комбинаты", Stage.QUALIFIED, "farm", "food_processing", "official",
         "Инвестордың шешімін күту", 30, worth=("2500000000", "KZT"), jobs=64),
]  # fmt: skip


#: The plan of the year by quarters, in tenge.
QUARTERS = ("300000000", "450000000", "600000000", "900000000")


def fill_lead_side(office: Office) -> None:
    """Make the deals and bring each to its stage through its gate, and leave one report for review."""
    currencies = {currency.code: currency for currency in Currency.objects.all()}
    deals = {plan.title: _deal(office, plan, currencies) for plan in PLANS}
    by = office.people["official"]
    mark_dormant(deals["Ойыл ет комбинаты"], by=by, reason="Инвестор келер жылдың бюджетін күтуде")
    create_commitment(
        by=by,
        about=deals["Темірбетон бұйымдарының бірлескен өндірісі"],
        side=CommitmentSide.THEIRS,
        text="Жабдық тізімін жіберу",
        due_date=office.day(-2),
    )
    _plan_the_year(office)
    update_deal(deals["Құрғақ құрылыс қоспалары зауыты"], by=by, expected_start=office.day(80))
    report_for_review(office)


def _plan_the_year(office: Office) -> None:
    """Set the plan that the dashboard shows the actual beside."""
    manager, today = office.people["manager"], office.day(0)
    for quarter, amount in enumerate(QUARTERS, start=1):
        set_target(by=manager, region=office.region, year=today.year, quarter=quarter, amount=Decimal(amount))
    set_target(by=manager, region=office.region, year=today.year, curator=manager, amount=Decimal(QUARTERS[-1]))


def report_for_review(office: Office) -> VisitReport:
    """Upload and read the office's own trip report, which then waits for its reviewer."""
    report = upload_report(
        by=office.people["official"],
        region=office.region,
        data=REPORT.read_bytes(),
        file_name="houston-calgary.txt",
        not_restricted=True,
    )
    return read_report(report)


def _deal(office: Office, plan: Plan, currencies: dict[str, Currency]) -> Deal:
    by = office.people[plan.owner]
    deal = create_deal(
        by=by,
        region=office.region,
        title=plan.title,
        next_step=plan.next_step,
        next_step_due=office.due(plan.due),
        kind=plan.kind,
        company=office.companies[plan.company],
        sector=office.sectors[plan.sector],
        delegation=office.delegations[plan.visit] if plan.visit else None,
        meetings=[office.meetings[plan.meeting]] if plan.meeting else [],
        curator=office.people["manager"],
    )
    if plan.worth:
        amount, code = plan.worth
        worth: dict[str, Any] = {"amount": Decimal(amount), "currency": currencies[code], "jobs": plan.jobs}
        record_value(deal, by=by, kind=ValueKind.ANNOUNCED, date=office.day(-30), **worth)
        _meet_gates(office, plan, deal, worth)
    if plan.stage != Stage.LEAD:
        move_deal(deal, by=by, to_stage=plan.stage)
    if plan.delayed:
        set_health(deal, by=by, health=Health.DELAYED)
    return deal


def _meet_gates(office: Office, plan: Plan, deal: Deal, worth: dict[str, Any]) -> None:
    """Fill what the stages up to the plan's ask for."""
    by, manager = office.people[plan.owner], office.people["manager"]
    reached = STAGES[: STAGES.index(plan.stage) + 1]
    if Stage.NEGOTIATION in reached:
        counterpart = str(office.companies[plan.company])
        update_deal(deal, by=by, counterpart=counterpart, negotiating=plan.subject)
    if Stage.MEMORANDUM in reached:
        record_memorandum(
            deal,
            by=by,
            parties=f"Ақтөбе облысының әкімдігі, {office.companies[plan.company]}",
            signed_on=office.day(-60),
            answerable=manager,
            expires_on=office.day(300),
            next_milestone=plan.next_step,
        )
    if Stage.AGREEMENT in reached:
        record_value(deal, by=by, kind=ValueKind.AGREED, date=office.day(-20), **worth)
        update_deal(deal, by=by, expected_start=office.day(-10))
    if Stage.IMPLEMENTATION in reached:
        update_deal(deal, by=by, started_on=office.day(-10), site="«Ақтөбе» индустриялық аймағы, 14-учаске")
        add_permit(deal, by=by, name="Құрылысқа рұқсат", body="Құрылыс бақылауы басқармасы", applied_on=office.day(-25))
    if Stage.REALISED in reached:
        value = record_value(
            deal,
            by=by,
            kind=ValueKind.REALISED,
            date=office.day(-5),
            evidence="Пайдалануға беру актісі № 17",
            **worth,
        )
        confirm_value(value, by=manager)
