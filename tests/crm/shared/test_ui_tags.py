from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from crm.shared.errors import DomainError
from crm.shared.forms import add_service_error
from crm.shared.pagination import page_of


def render(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(("language", "name"), [("kk", "Түркия"), ("ru", "Турция"), ("en", "Türkiye")])
def test_a_country_is_its_code_with_its_name(language: str, name: str) -> None:
    with translation.override(language):
        assert render('{% country "TR" %}') == f'<abbr class="cc" title="{name}">TR</abbr>'
        assert render('{% country "TR" name=True %}').endswith(f"</abbr> {name}")
        assert render('{% country "" %}') == ""


def test_what_people_write_is_escaped() -> None:
    assert "<script>" not in render("{% avatar who %}", who="<script> alert")
    assert "<script>" not in render("{% country code %}", code="<script>")


def test_a_late_day_says_so_in_words_and_colour() -> None:
    with translation.override("en"):
        late = render("{% due day today %}", day=date(2026, 3, 1), today=date(2026, 3, 2))
        soon = render("{% due day today %}", day=date(2026, 3, 2), today=date(2026, 3, 2))
    assert late == '<time class="due late" datetime="2026-03-01" title="1 March 2026">1 day late</time>'
    assert 'class="due soon"' in soon
    assert ">today<" in soon


@time_machine.travel("2026-03-02T12:00:00Z", tick=False)
def test_moments_are_told_in_the_readers_zone() -> None:
    at = datetime(2026, 3, 1, 21, 5, tzinfo=UTC)
    with translation.override("en"), timezone.override(ZoneInfo("Asia/Almaty")):
        assert ">2 March, 02:05<" in render("{% moment at %}", at=at)
        assert ">2 March<" in render("{% day at %}", at=at)
        assert ">6 May 2025<" in render("{% day on %}", on=date(2025, 5, 6))


@pytest.mark.parametrize(
    ("tag", "drawn"),
    [
        ("{% stage_ring 1 %}", 'stroke-dasharray="0.5 7"'),
        ("{% stage_ring 6 %}", 'stroke-dasharray="6 7"'),
        ("{% stage_ring 7 %}", 'class="stg won"'),
        ('{% stage_ring 3 state="dormant" %}', 'class="stg hold"'),
        ('{% stage_ring 3 state="lost" %}', 'class="stg lost"'),
        ('{% stage_ring 3 state="on_track" %}', 'stroke-dasharray="2.5 7"'),
    ],
)
def test_the_stage_ring(tag: str, drawn: str) -> None:
    assert drawn in render(tag)


def test_the_track_fills_up_to_the_stage() -> None:
    assert render("{% stage_track 3 %}").count('class="on"') == 3


def test_a_bar_draws_the_widest_part_first() -> None:
    bar = render('{% svg_bar 25 "g" 100 "a" total=200 %}')
    assert bar.index('class="a" width="50.00"') < bar.index('class="g" width="12.50"')
    assert "style" not in bar


def test_links_change_one_parameter() -> None:
    request = RequestFactory().get("/deals/", {"q": "завод", "page": "3"})
    page = Paginator(range(100), 10).page(3)
    html = Template('{% include "ui/_pager.html" %}').render(RequestContext(request, {"page": page}))
    assert 'href="?q=%D0%B7%D0%B0%D0%B2%D0%BE%D0%B4&amp;page=4"' in html
    assert 'aria-current="page">3<' in html
    chips = Template('{% include "ui/_filter_chips.html" %}').render(
        RequestContext(
            request,
            {"name": "sector", "choices": [("food", "Food")], "chosen": "food", "any_label": "All", "request": request},
        )
    )
    assert "sector=food" in chips
    assert "page=" not in chips
    assert chips.count('aria-current="true"') == 1


@pytest.mark.parametrize(
    ("query", "number", "length"),
    [({}, 1, 25), ({"page": "3"}, 3, 25), ({"page": "99"}, 5, 20), ({"page": "x"}, 1, 25), ({"size": "1000"}, 1, 100)],
)
def test_a_page_is_counted_and_capped(query: dict[str, str], number: int, length: int) -> None:
    page = page_of(RequestFactory().get("/", query), range(120))
    assert (page.number, len(page), page.paginator.count) == (number, length, 120)


class Letter(forms.Form):
    subject = forms.CharField(help_text="Short & clear")
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=False)
    urgent = forms.BooleanField(required=False)
    text = forms.CharField(widget=forms.Textarea(attrs={"class": "inline"}), required=False)


def test_fields_come_out_labelled_hinted_and_marked() -> None:
    with translation.override("en"):
        form = Letter({"subject": ""})
        field = form["subject"].as_field_group()
    assert '<label for="id_subject">Subject</label>' in field
    assert 'class="input"' in field
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in field
    assert 'id="id_subject_error"' in field
    assert 'id="id_subject_helptext">Short &amp; clear<' in field


def test_groups_ticks_and_own_classes() -> None:
    form = Letter()
    assert '<fieldset class="field' in form["kind"].as_field_group()
    assert '<label class="tickline" for="id_urgent"><input type="checkbox" name="urgent" class="tick"' in (
        form["urgent"].as_field_group()
    )
    assert 'class="inline"' in str(form["text"])


def test_what_a_service_refused_stands_beside_its_field() -> None:
    form = Letter({"subject": "x"})
    assert form.is_valid()
    add_service_error(form, DomainError("No", fields={"subject": "Too short"}))
    assert form.errors == {"subject": ["Too short"]}
    add_service_error(form, DomainError("Not now", fields={"elsewhere": "?"}))
    assert "Not now" in form.non_field_errors()
