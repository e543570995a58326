"""The mails as a mail program on a phone shows them: nothing is cut off or runs over, by day and by night."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone, translation
from playwright.sync_api import Page
from pytest_playwright_axe import Axe

from crm.accounts.models import User
from crm.delegations.services import ask_for_debriefs
from crm.notes.services import create_note
from crm.reminders.choices import Urgency
from crm.reminders.digest import MOST_ITEMS, digest_of
from crm.reminders.models import Letter
from crm.reminders.queries import Agenda
from crm.reminders.queries.briefings import Briefing, Section
from crm.reminders.registry import Item, News
from crm.reminders.services import mail_due_notices, tell_of_undelivered
from crm.reminders.services.composing import write_digest
from tests.factories.deals import DealFactory
from tests.factories.delegations import DelegationFactory, DelegationMemberFactory
from tests.factories.reminders import DigestDeliveryFactory

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
#: A working day, and not at night: nobody is asked then.
MONDAY = datetime.fromisoformat("2026-03-02T10:00+05:00")
LANGUAGES = ("kk", "ru", "en")
PHONE = {"width": 390, "height": 844}
#: Nothing breaks by itself in the middle of a word.
LONG = "Оңтүстікқазақстанқұрылысматериалдарыкомбинатыжауапкершілігішектеулісеріктестігі"
#: What WCAG asks for. Landmarks, which are good practice on a page, are those of the mail program around the mail.
ACCESSIBLE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
#: What stands out on the right of the window.
TOO_WIDE = """[...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth)
    .map(one => one.outerHTML.slice(0, 300))"""


def digest_mail(user: User, number: int, *, as_manager: bool = False) -> str:
    """Return the digest of ``number`` questions, some with long words; a manager's tells of people's work too."""
    urgencies = sorted(list(Urgency)[place % len(Urgency)] for place in range(number))
    items = tuple(
        Item(
            rule="gone_quiet" if urgency == Urgency.QUIET else "our_commitment",
            owner_id=user.pk,
            about=("deals.deal", place),
            title=LONG if place == 1 else "Меморандум жобасын серіктес тарапқа жіберу, 4-тармақ",
            why=("Мерзімі 12 күн өтті", "возвращение 21 октября 2026, отчёта нет", "30 days without an answer")[
                place % 3
            ],
            url=f"/deals/{place}/",
            urgency=urgency,
            seen_from=[user.region_id],
            context="" if place % 4 == 3 else "Темірбетон бұйымдарының бірлескен өндірісі",
            person="Айнұр Төлегенова" if place % 2 else "",
        )
        for place, urgency in enumerate(urgencies)
    )
    news = tuple(
        News(
            ("deals.deal", 100 + place), user.region_id, title, "Қызығушылық → Келіссөздер", f"/deals/{place}/", "А. Т."
        )
        for place, title in enumerate(["Шыны зауыты", LONG, "Солнечная станция 50 МВт в Мартуке"])
    )
    sections = [Section("Асқан мерзім", news, rest=4, asks=True), Section("Moved on", news[:1])]
    briefing = Briefing(tuple(sections)) if as_manager else Briefing()
    return write_digest(digest_of(user, Agenda(items, {}, briefing), on=date(2026, 3, 2))).html


def letters_of(official: User, administrator: User) -> dict[str, str]:
    """Return the single mails as they are written: notices, what could not be delivered, a debrief."""
    now = timezone.now()
    deal = DealFactory(owner=official, title=LONG)
    create_note(by=administrator, about=deal, text=f"Қай телім? {LONG}", mentions=[official])
    mail_due_notices(now=now + timedelta(minutes=11))
    words = f"550 5.1.1 <{LONG}@example.kz>: Recipient address rejected: User unknown in virtual mailbox table"
    DigestDeliveryFactory(user=official, state="failed", error=words, attempts=1)
    tell_of_undelivered(now=now)
    back = MONDAY.date() - timedelta(days=7)
    visit = DelegationFactory(
        region=official.region, title="Түркия: Бурса, Кония", start_date=back, end_date=back, status="returned"
    )
    DelegationMemberFactory(delegation=visit, full_name="Асқар Серіков", email="askar@firm.example")
    ask_for_debriefs(now=MONDAY)
    return {letter.key.split(".")[0].split(":")[0]: letter.html for letter in Letter.objects.all()}


@pytest.fixture
def mails(official: User, manager: User, administrator: User) -> Callable[[str], dict[str, str]]:
    """Return a function that gives every HTML mail of the site in a language, by name."""

    def in_language(language: str) -> dict[str, str]:
        User.objects.update(language=language)
        for user in (official, manager, administrator):
            user.refresh_from_db()
        with transaction.atomic(), translation.override(language):
            found = letters_of(official, administrator)
            transaction.set_rollback(True)
        return found | {
            "one question": digest_mail(official, 1),
            "many questions": digest_mail(official, MOST_ITEMS + 10),
            "a manager's": digest_mail(manager, 5, as_manager=True),
            "nothing but news": digest_mail(manager, 0, as_manager=True),
        }

    return in_language


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mail_is_wider_than_a_phone(language: str, mails: Callable[[str], dict[str, str]], page: Page) -> None:
    page.set_viewport_size(PHONE)
    wide = {}
    shown = mails(language)
    assert len(shown) == 7
    for name, html in shown.items():
        page.set_content(html)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide[name] = page.evaluate(TOO_WIDE)
    assert wide == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_mails_are_accessible(theme: str, mails: Callable[[str], dict[str, str]], page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme=theme)
    for name, html in mails("kk").items():
        page.set_content(html)
        found = Axe().run(page, options=ACCESSIBLE, html_report_generated=False, json_report_generated=False)
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == [], name
