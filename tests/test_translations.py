"""Every word of the interface is said in Kazakh and in Russian, in the words that officials use."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

from crm.shared.messages import PLACEHOLDER, Message, marked_messages, placeholders

LANGUAGES = ("kk", "ru")
TAG = re.compile(r"</?\w+[^>]*>")
LATIN_WORD = re.compile(r"[A-Za-z]{4,}")
#: What stays in Latin letters: names of products, formats and standards.
NAMES = {
    "Sapar",
    "Word",
    "Excel",
    "XLSX",
    "docx",
    "xlsx",
    "JPEG",
    "TIFF",
    "HTML",
    "Ctrl",
    "Bursa",
    "Aqtobe",
    "JSON",
    "OpenAPI",
    "ISIC",
    "Kazakh",
    "Invest",
} | {
    "Message",
    "cookie",
    "Telegram",
}
#: Words that do not belong in the interface: they blame, sound like an inspection, or have a better word.
UNWELCOME = {
    "kk": (
        r"мәміле",
        r"\bлид",
        r"дайджест",
        r"тексер",
        r"денсаулық",
        r"үнсіз",
        r"кідірт",
        r"кешік",
        r"қызықпайды",
        r"уәде",
        r"міндеттеме",
        r"\bиесі\b",
        r"\bжүктеу\b",
        r"жүктелуде",
        r"қайырлы таң",
    ),
    "ru": (
        r"сделк",
        r"\bлид(?:[аы]|ов|ом)?\b",
        r"дайджест",
        r"поездк",
        r"проверк",
        r"здоровь",
        r"потерян",
        r"молч[аи]",
        r"на паузе",
        r"обещан",
        r"обязательств",
        r"владел[её]?[цч]",
        r"лучши[ех] практик",
        r"дальше всех",
        r"доброе утро",
    ),
}
#: English, Kazakh, Russian: terms that an official looks for by name.
TERMS = (
    ("Deal", "Жоба", "Проект"),
    ("Lead (card in a report)", "Ықтимал жоба", "Потенциальный проект"),
    ("Lead", "Қызығушылық", "Интерес инвестора"),
    ("Qualified", "Пысықталуда", "На проработке"),
    ("Negotiation", "Келіссөздер", "Переговоры"),
    ("Memorandum", "Меморандум", "Меморандум"),
    ("Agreement", "Шарт жасалды", "Договор заключён"),
    ("Implementation", "Іске асырылуда", "На реализации"),
    ("Realised", "Іске қосылды", "Введён в эксплуатацию"),
    ("Health", "Жай-күйі", "Состояние"),
    ("On track", "Кесте бойынша", "По графику"),
    ("Delayed", "Кестеден қалуда", "С отставанием от графика"),
    ("Dormant", "Уақытша тоқтатылды", "Приостановлен"),
    ("Lost", "Іске аспады", "Прекращён"),
    ("Gone quiet", "Қозғалыссыз", "Без движения"),
    ("Overdue", "Мерзімі өтті", "Просрочено"),
    ("Due date", "Орындау мерзімі", "Срок исполнения"),
    ("Tasks", "Тапсырмалар", "Поручения"),
    ("Owner", "Жауапты орындаушы", "Ответственный исполнитель"),
    ("Visits", "Сапарлар", "Визиты"),
    ("Outcome", "Кездесу нәтижесі", "Итог встречи"),
    ("Outcome awaited", "Нәтижесі енгізілмеген", "Итог не внесён"),
    ("Review", "Қарау", "Рассмотрение"),
    ("Undo", "Болдырмау", "Отменить"),
    ("Being read", "Өңделуде", "Обрабатывается"),
    ("Download", "Жүктеп алу", "Скачать"),
    ("Manager", "Басшы", "Руководитель"),
    ("Official", "Маман", "Специалист"),
    ("Announced", "Мәлімделген", "Заявлено"),
)


@cache
def messages() -> tuple[Message, ...]:
    return tuple(marked_messages(settings.BASE_DIR))


@cache
def catalog_of(language: str) -> Catalog:
    with (settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def forms_of(language: str, message: Message) -> tuple[str, ...]:
    """Return what the catalog says for ``message``: one string, or one for each plural form."""
    entry = catalog_of(language).get(message.id if isinstance(message.id, str) else message.id[0], message.context)
    said = entry.string if entry else ""
    return said if isinstance(said, tuple) else (said,)


def translations(language: str) -> Iterator[tuple[Message, str]]:
    return ((message, said) for message in messages() for said in forms_of(language, message))


def words_of(text: str) -> str:
    return PLACEHOLDER.sub(" ", TAG.sub(" ", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_marked_message_is_translated(language: str) -> None:
    plurals = catalog_of(language).num_plurals
    assert len(messages()) > 1000
    for message in messages():
        forms = forms_of(language, message)
        assert len(forms) == (1 if isinstance(message.id, str) else plurals), message
        assert all(form.strip() for form in forms), message


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_tags_are_kept(language: str) -> None:
    for message, said in translations(language):
        singular, plural = (message.id, message.id) if isinstance(message.id, str) else message.id
        assert placeholders(singular) <= placeholders(said) <= placeholders(plural), message
        assert sorted(TAG.findall(said)) == sorted(TAG.findall(singular)), message
        assert said == said.strip(), message


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_latin_letters(language: str) -> None:
    for message, said in translations(language):
        assert set(LATIN_WORD.findall(words_of(said))) <= NAMES, (message, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_are_those_of_the_language(language: str) -> None:
    for message, said in translations(language):
        text = TAG.sub(" ", said)
        assert not re.search(r"[\"“”„]", text), (message, said)
        assert text.count("«") == text.count("»"), (message, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_unwelcome_word_is_used(language: str) -> None:
    unwelcome = re.compile("|".join(UNWELCOME[language]), re.IGNORECASE)
    for message, said in translations(language):
        found = unwelcome.search(words_of(said))
        assert found is None, (message, said)


@pytest.mark.parametrize(("language", "column"), [("kk", 1), ("ru", 2)])
def test_terms_are_those_that_officials_use(language: str, column: int) -> None:
    marked = {message.id for message in messages() if message.context is None}
    for term in TERMS:
        assert term[0] in marked, term
        assert catalog_of(language)[term[0]].string == term[column]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("kk", "Жаңа мәміле", True),
        ("kk", "Есепті тексеру", True),
        ("kk", "Бұл міндетті емес", False),
        ("ru", "Новый лид", True),
        ("ru", "Отчёты о поездках", True),
        ("ru", "Обязательно заполните", False),
        ("ru", "Солидный запас", False),
    ],
)
def test_the_list_of_unwelcome_words_finds_what_it_should(language: str, text: str, found: bool) -> None:
    assert bool(re.search("|".join(UNWELCOME[language]), text, re.IGNORECASE)) is found
