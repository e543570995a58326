"""Whose visit it was, which way, where to, and who led it."""

import pytest

from tests.leads.extraction.reading import drafted


@pytest.mark.parametrize(
    ("text", "direction", "home", "countries", "cities"),
    [
        ("Маңғыстау облысының делегациясы жұмыс сапарымен Италияда болды. Кездесу Миланда өтті.",
         "outbound", "KZ-47", ["IT"], ["Milan"]),
        ("Қостанайға Ресейдің Омбы қаласынан делегация келді. Қонақтарды облыс әкімі қабылдады.",
         "inbound", "KZ-39", ["RU"], ["Kostanay"]),
        ("Делегация Павлодарской области посетила Китай. Переговоры прошли в Ухани.",
         "outbound", "KZ-55", ["CN"], ["Wuhan"]),
        ("В Шымкент прибыла делегация из Узбекистана. Гостей принял аким города.",
         "inbound", "KZ-79", ["UZ"], ["Shymkent"]),
        ("A delegation of German businessmen visited Pavlodar region. The governor received the guests in Pavlodar.",
         "inbound", "KZ-55", ["DE"], ["Pavlodar"]),
        ("Kostanay Bölgesi heyeti iş gezisi için Türkiye'ye gitti. Heyet Ankara'da görüştü.",
         "outbound", "KZ-39", ["TR"], ["Ankara"]),
        ("Konya Ticaret Odası, Kazakistan'ın Aktöbe bölgesinden gelen heyeti ağırladı. Toplantı Konya'da yapıldı.",
         "outbound", "KZ-15", ["TR"], ["Konya"]),
        ("Bölgemiz heyeti Konya'daydı. Heyet, Türk meslektaşlarıyla bir araya geldi. Aktöbe bunu bekliyordu.",
         "outbound", "KZ-15", ["TR"], ["Konya"]),
        ("Павлодар облысының әкімі Екібастұзда зауыт құрылысын аралап көрді.",
         "local", "KZ-55", [], ["Ekibastuz"]),
        ("Делегация Костанайской области посетила Павлодар. В Павлодаре прошли встречи в Павлодарской области.",
         "outbound", "KZ-39", [], ["Pavlodar"]),
    ],
)  # fmt: skip
def test_frame_of_a_visit(text: str, direction: str, home: str, countries: list[str], cities: list[str]) -> None:
    draft = drafted(text)
    assert (draft["direction"], draft["home_region"], draft["countries"], draft["cities"]) == (
        direction, home, countries, cities,
    )  # fmt: skip


def test_given_home_is_taken_where_the_text_names_it() -> None:
    text = "Павлодар және Ақтөбе облыстарының делегациясы Бурсада болды. Ақтөбе облысының әкімдігі қатысты."
    assert drafted(text, home="KZ-15")["home_region"] == "KZ-15"


def test_dollars_name_no_country() -> None:
    text = "Қостанай облысының делегациясы Италияда болып, 5 млн АҚШ доллары тұратын келісімге қол қойды."
    assert drafted(text)["countries"] == ["IT"]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Облыс әкімі Марат Сейтқазин бастаған делегация Италияда болды.", "Марат Сейтқазин"),
        ("Делегация во главе с акимом области Маратом Сейтказиным посетила Италию.", "Марат"),
        ("Италияға барған топты бастап апарған – кәсіпкерлер палатасының директоры Асқар Жүнісов.", "Асқар Жүнісов"),
        ("A delegation led by minister John Oakley arrived in Astana from Britain.", "John Oakley"),
        ("Vali Selin Korkmaz başkanlığındaki heyet Kazakistan'a geldi.", "Selin Korkmaz"),
    ],
)
def test_head(text: str, head: str) -> None:
    draft = drafted(text)
    assert head in draft["head"]["name"]
    assert draft["head"]["evidence"]


def test_forum_has_no_head() -> None:
    assert drafted("Таразда инвестициялық форум өтті. Оған облыс әкімі Марат Сейтқазин қатысты.")["head"] is None
