"""The people side of the demo office: companies, two visits, meetings, practices, a letter. All invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from crm.accounts.models import User
from crm.commitments.choices import CommitmentSide
from crm.commitments.services import create_commitment
from crm.companies.choices import CompanyKind
from crm.companies.models import Company, Contact
from crm.companies.services import create_company, create_contact
from crm.delegations.choices import DelegationStatus, Direction, PracticeStatus, PracticeTopic
from crm.delegations.models import Delegation
from crm.delegations.services import add_programme_item, create_delegation, create_practice, move_practice
from crm.documents.choices import DocumentKind
from crm.documents.services import create_document
from crm.meetings.choices import Outcome
from crm.meetings.models import Meeting
from crm.meetings.services import create_meeting, log_outcome
from crm.reference.models import Region, Sector
from crm.reference.queries import calendar_of

#: key, name, kind, country, city, sectors, other name
COMPANIES = [
    ("beton", "Yıldızhan Beton A.Ş.", "company", "TR", "Konya", ["construction_materials"], "Йылдызхан Бетон"),
    ("lojistik", "Anka Yolu Lojistik A.Ş.", "company", "TR", "İstanbul", ["transport_logistics"], "Анка Йолу Ложистик"),
    ("zone", "Selçukova Organize Sanayi Bölgesi", "industrial_zone", "TR", "Konya", ["industrial_zones"], "OSB"),
    ("machinery", "Shaanxi Hengyuan Machinery Co., Ltd.", "company", "CN", "Xi'an", ["machinery"], "Шэньси Хэнюань"),
    ("solar", "Qinghe Solar Technology Co., Ltd.", "company", "CN", "Lanzhou", ["renewables"], "Цинхэ Солар"),
    ("agrar", "Nordwald Agrartechnik GmbH", "company", "DE", "Leipzig", ["agriculture", "machinery"], ""),
    ("food", "Hanbit Food Co., Ltd.", "company", "KR", "Busan", ["food_processing"], "한빛푸드"),
    ("chrome", "ООО «Уральский хромовый передел»", "company", "RU", "Оренбург", ["mining_metals"], "УХП"),
    ("local_beton", "«Елек Құрылыс» ЖШС", "company", "KZ", "Ақтөбе", ["construction_materials"], "ТОО «Елек Құрылыс»"),
    ("farm", "«Ойыл Агро» ЖШС", "company", "KZ", "Ойыл", ["agriculture"], "ТОО «Ойыл Агро»"),
    ("valves", "Lone Prairie Valves Inc.", "company", "CA", "Calgary", ["oil_gas", "machinery"], ""),
]  # fmt: skip
#: key, full name, company, position
CONTACTS = [
    ("demirci", "Selim Demirci", "beton", "Genel müdür"),
    ("aksoy", "Elif Aksoy", "lojistik", "Dış ticaret müdürü"),
    ("wang", "Wang Jianhua", "machinery", "Бас директордың орынбасары"),
    ("liu", "Liu Meilin", "solar", "Өңірлік директор"),
    ("vogt", "Katrin Vogt", "agrar", "Vertriebsleiterin"),
    ("han", "Han Seo-yeon", "food", "Экспорт бөлімінің басшысы"),
    ("lapshin", "Олег Лапшин", "chrome", "Коммерческий директор"),
]


@dataclass(slots=True)
class Office:
    """What has been made so far, by the keys that this package uses."""

    region: Region
    today: date
    people: Mapping[str, User]
    sectors: Mapping[str, Sector]
    companies: dict[str, Company] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    delegations: dict[str, Delegation] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)

    def day(self, distance: int) -> date:
        return self.today + timedelta(days=distance)

    def due(self, distance: int) -> date:
        """Return the day; one to come is a working day."""
        day = self.day(distance)
        return calendar_of(self.region).next_working_day(day) if distance > 0 else day


def fill_people_side(office: Office) -> None:
    """Make companies, contacts, visits, meetings, practices and papers, in this order."""
    by = office.people["official"]
    for key, name, kind, country, city, sectors, other in COMPANIES:
        office.companies[key] = create_company(
            by=by,
            name=name,
            kind=CompanyKind(kind),
            country=country,
            city=city,
            sectors=[office.sectors[code] for code in sectors],
            other_names=[other] if other else [],
        )
    for key, name, company, position in CONTACTS:
        office.contacts[key] = create_contact(
            by=by, full_name=name, company=office.companies[company], position=position, regions=[office.region]
        )
    _visits(office)
    _programme(office)
    _meetings(office)
    _practices(office)
    _papers(office)


def _visits(office: Office) -> None:
    manager, official = office.people["manager"], office.people["official"]
    office.delegations["konya"] = create_delegation(
        by=official,
        region=office.region,
        title="Конияға жұмыс сапары",
        direction=Direction.OUTBOUND,
        status=DelegationStatus.RETURNED,
        purpose="Құрылыс материалдары мен логистика бойынша серіктес табу, индустриялық аймақты басқаруды көру.",
        start_date=office.day(-38),
        end_date=office.day(-35),
        secretary=official,
        stops=[
            {"country": "TR", "city": "Konya", "start_date": office.day(-38), "end_date": office.day(-36)},
            {"country": "TR", "city": "İstanbul", "start_date": office.day(-36), "end_date": office.day(-35)},
        ],
        members=[
            {"full_name": "Серік Жанұзақов", "position": "Облыс әкімінің орынбасары", "is_head": True},
            {"full_name": manager.full_name, "position": manager.position, "user": manager},
            {"full_name": official.full_name, "position": official.position, "user": official},
        ],
        sectors=[office.sectors[code] for code in ("construction_materials", "transport_logistics")],
        companies=[office.companies[key] for key in ("beton", "lojistik", "zone")],
    )
    office.delegations["china"] = create_delegation(
        by=office.people["colleague"],
        region=office.region,
        title="Визит деловых кругов провинций Шэньси и Ганьсу",
        direction=Direction.INBOUND,
        status=DelegationStatus.RETURNED,
        start_date=office.day(-12),
        end_date=office.day(-10),
        stops=[{"country": "KZ", "city": "Ақтөбе", "start_date": office.day(-12), "end_date": office.day(-10)}],
        members=[
            {"full_name": "Zhao Wenbo", "position": "Торговая палата Шэньси", "side": "theirs", "is_head": True},
            {"full_name": "Wang Jianhua", "side": "theirs", "contact": office.contacts["wang"]},
            {"full_name": "Ерлан Нұрбеков", "position": "«Елек Құрылыс» ЖШС", "email": "e.nurbekov@elek.example"},
        ],
        sectors=[office.sectors[code] for code in ("machinery", "renewables")],
        companies=[office.companies[key] for key in ("machinery", "solar")],
    )


def _programme(office: Office) -> None:
    """Fill the programme of the inbound visit, hour by hour."""
    #: days after the visit began, from, until, what, place, who meets, interpreter, transport
    rows: list[tuple[Any, ...]] = [
        (0, "08:40", "09:20", "Встреча в аэропорту", "Аэропорт Ақтөбе, зал официальных делегаций",
         "Данияр Сәтбеков", "Мадина Ли", "Микроавтобус, 12 мест"),
        (0, "10:00", "11:00", "Приём у заместителя акима области", "Акимат области, зал № 2",
         "Серік Жанұзақов", "Мадина Ли", ""),
        (0, "11:30", "13:00", "Осмотр площадок с железнодорожной веткой", "Индустриялық аймақ «Ақтөбе»",
         "Ержан Қабылов, Данияр Сәтбеков", "Мадина Ли", "Микроавтобус, 12 мест"),
        (1, "09:30", "11:00", "Переговоры о сборке бурового оборудования", "Управление инвестиций и экспорта",
         "Ержан Қабылов", "Мадина Ли", ""),
        (1, "15:00", "17:30", "Выезд на участок солнечной станции", "Мартук", "Данияр Сәтбеков", "",
         "Два внедорожника"),
        (2, "11:15", None, "Проводы", "Аэропорт Ақтөбе", "Данияр Сәтбеков", "Мадина Ли", "Микроавтобус, 12 мест"),
    ]  # fmt: skip
    visit = office.delegations["china"]
    for days, starts, ends, title, place, met_by, interpreter, transport in rows:
        add_programme_item(
            visit,
            by=office.people["colleague"],
            title=title,
            date=office.day(days - 12),
            starts_at=time.fromisoformat(starts),
            ends_at=time.fromisoformat(ends) if ends else None,
            place=place,
            met_by=met_by,
            interpreter=interpreter,
            transport=transport,
        )


def _meetings(office: Office) -> None:
    #: key, visit, subject, day, place, company, contact, owner, outcome, in words
    rows: list[tuple[Any, ...]] = [
        ("zone", "konya", "Индустриялық аймақтың басқару компаниясымен кездесу", -38, "Konya", "zone", None,
         "official", Outcome.CONTINUES, "Резиденттерге көрсетілетін қызмет тізімін жіберуге келісті."),
        ("beton", "konya", "Yıldızhan Beton зауытын аралау", -37, "Konya", "beton", "demirci",
         "official", Outcome.CONTINUES, "Ақтөбеде бірлескен өндіріс ашуға мүдделі, шикізат сынамасын сұрады."),
        ("lojistik", "konya", "Anka Yolu Lojistik компаниясымен келіссөз", -35, "İstanbul", "lojistik", "aksoy",
         "official", Outcome.AWAITING_REPLY, "Тариф ұсынысын күтеміз."),
        ("machinery", "china", "Переговоры о сборке бурового оборудования", -11, "Ақтөбе", "machinery", "wang",
         "colleague", Outcome.CONTINUES, "Просят две площадки с железнодорожной веткой."),
        ("solar", "china", "Встреча с Qinghe Solar: станция 50 МВт", -10, "Ақтөбе", "solar", "liu",
         "colleague", None, ""),
        ("agrar", None, "Nordwald Agrartechnik: егіс техникасын көрсету", -4, "Ойыл", "agrar", "vogt",
         "official", None, ""),
        ("food", None, "Hanbit Food компаниясымен бейнеқоңырау", 3, "Бейнебайланыс", "food", "han",
         "official", None, ""),
    ]  # fmt: skip
    for key, visit, subject, distance, place, company, contact, owner, outcome, words in rows:
        by = office.people[owner]
        meeting = create_meeting(
            by=by,
            region=office.region,
            subject=subject,
            delegation=office.delegations[visit] if visit else None,
            date=office.day(distance),
            place=place,
            companies=[office.companies[company]],
            contacts=[office.contacts[contact]] if contact else [],
        )
        if outcome:
            log_outcome(meeting, by=by, outcome=outcome, note=words)
        office.meetings[key] = meeting


def _practices(office: Office) -> None:
    by, visit, seen_at = office.people["official"], office.delegations["konya"], office.companies["zone"]
    rows = [
        (PracticeTopic.ZONE_MANAGEMENT, "Аймақты резиденттердің өзі сайлаған кеңес басқарады."),
        (PracticeTopic.TARIFF, "Су мен жылу тарифі резидент санына қарай төмендейді."),
        (PracticeTopic.SIMPLER_PROCEDURES, "Құрылысқа рұқсат бір терезеден, он жұмыс күнінде беріледі."),
    ]
    made = [
        create_practice(
            by=by, region=office.region, topic=topic, summary=text, delegation=visit, company=seen_at, owner=by
        )
        for topic, text in rows
    ]
    move_practice(made[2], by=office.people["manager"], status=PracticeStatus.UNDER_STUDY)


def _papers(office: Office) -> None:
    by = office.people["official"]
    create_document(
        by=by,
        region=office.region,
        kind=DocumentKind.LETTER_OUT,
        title="Шикізат сынамасы туралы хат",
        number="03-12/418",
        date=office.day(-30),
        addressee=office.companies["beton"],
        reply_due=office.day(-9),
        about=office.delegations["konya"],
    )
    create_commitment(
        by=by,
        about=office.meetings["zone"],
        side=CommitmentSide.THEIRS,
        text="Резиденттерге көрсетілетін қызметтердің тізімін жіберу",
        due_date=office.day(-6),
        company=office.companies["zone"],
    )
    create_commitment(
        by=office.people["manager"],
        about=office.delegations["konya"],
        text="Сапар қорытындысы бойынша жол картасын бекіту",
        due_date=office.due(4),
        executor=by,
        under_control=True,
        source_item="2.1",
    )
