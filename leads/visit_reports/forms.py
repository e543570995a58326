"""The forms of the upload and of the cards. What values may be is checked by the services."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from crm.delegations.models import Delegation
from crm.reference.models import Region
from crm.shared.choices import country_name
from crm.shared.numbers import whole_number
from leads.extraction.folding import fold
from leads.extraction.languages import available
from leads.visit_reports.choices import ReportEngine
from leads.visit_reports.models import Suggestion
from leads.visit_reports.queries import sample_named
from leads.visit_reports.services.values import VALUES, Type, Value, codes, title_field

#: More at once would be held against the uploader's hourly limit anyway.
MOST_FILES = 20


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Files chosen or dropped together; the value is a list."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(SeveralFilesField, self).clean(one, initial) for one in given if one]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(count)s files at once.") % {"count": MOST_FILES})
        return files


class UploadForm(forms.Form):
    """Files or pasted text, or one of the samples."""

    file = SeveralFilesField(
        label=_("Visit report"),
        required=False,
        help_text=_("Word (.docx), PDF with text, text, HTML or e-mail, up to 10 MB; several at once if you like."),
    )
    text = forms.CharField(label=_("Or paste the text"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    published = forms.DateField(
        label=_("Date of publication"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Days without a year are read by it. Leave it empty if the text says it."),
    )
    delegation = forms.ModelChoiceField(
        label=_("Visit"),
        queryset=Delegation.objects.none(),
        required=False,
        empty_label=_("A visit that is not in Sapar yet"),
        help_text=_("If the visit stands here already, what you accept goes to it."),
    )
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.none(), required=False)
    engine = forms.ChoiceField(
        label=_("Read it with"),
        choices=ReportEngine.choices,
        widget=forms.RadioSelect,
        initial=ReportEngine.EMBEDDED,
        required=False,
    )
    not_restricted = forms.BooleanField(
        label=_("The text is not restricted: it carries no “For official use” mark (ДСП)"),
        error_messages={"required": _("Restricted reports may not be uploaded. Tick this only if it is true.")},
    )

    def __init__(
        self, *args: Any, visits: Any = None, regions: Any = None, language_model: str = "", **kwargs: Any
    ) -> None:
        """``visits`` and ``regions`` to choose from, if any; ``language_model``: where it runs, if it may be chosen."""
        super().__init__(*args, **kwargs)
        if visits is None or not visits.exists():
            del self.fields["delegation"]
        else:
            self.fields["delegation"].queryset = visits  # type: ignore[attr-defined]
        if language_model:
            warning = _("With the language model the whole text is sent to %(host)s.")
            self.fields["engine"].help_text = warning % {"host": language_model}
        else:
            del self.fields["engine"]
        if regions is None:
            del self.fields["region"]
        else:
            self.fields["region"].queryset = regions  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [name for name in ("file", "text") if cleaned.get(name)]
        if not given and not self.errors.get("file"):
            self.add_error("file", _("Choose a file or paste the text."))
        elif len(given) > 1:
            self.add_error("text", _("Either a file or pasted text, not both."))
        return cleaned

    @property
    def has_several(self) -> bool:
        return len(self.cleaned_data["file"]) > 1

    def uploads(self) -> Iterator[dict[str, Any]]:
        """Yield what ``upload_report`` takes, for each file (read one by one), else for the text."""
        cleaned = self.cleaned_data
        shared = {
            "text": cleaned["text"],
            "published": cleaned["published"],
            "not_restricted": cleaned["not_restricted"],
            "region": cleaned.get("region"),
            "delegation": cleaned.get("delegation"),
            "engine": cleaned.get("engine") or ReportEngine.EMBEDDED,
        }
        for file in cleaned["file"]:
            yield shared | {"data": file.read(), "file_name": file.name}
        if not cleaned["file"]:
            yield shared | {"data": b"", "file_name": ""}


class RejectForm(forms.Form):
    """Why the whole report is put aside; nobody has to say."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class SampleForm(forms.Form):
    sample = forms.CharField()

    has_several = False

    def uploads(self) -> Iterator[dict[str, Any]]:
        """Yield what ``upload_report`` takes; nothing where there is no such sample."""
        sample = sample_named(self.data.get("sample", ""))
        if sample is not None:
            names = {"file_name": sample.file_name, "published": sample.published, "not_restricted": True}
            yield {"data": sample.read()} | names


class NamesField(forms.CharField):
    """Several codes as one line of names with commas between; read in any language of the site, or as codes."""

    def __init__(self, *, names: Mapping[Any, str], single: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names, self.single = names, single

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) and not self.single:
            return value
        chosen = [value] if self.single and value else value or []
        return ", ".join(str(self.names.get(one, one)) for one in chosen)

    def to_python(self, value: Any) -> Any:
        keys = {fold(str(name)): code for code, name in self.names.items()}
        keys |= {str(code).casefold(): code for code in self.names}
        words = [word.strip() for word in str(value or "").split(",") if word.strip()]
        # A name of ours may hold a comma itself: the whole line is tried first.
        if fold(str(value or "")) in keys:
            words = [str(value)]
        found = []
        for word in words:
            code = keys.get(fold(word), keys.get(word.casefold()))
            code = code if code is not None else self.elsewhere(word)
            if code is None:
                raise forms.ValidationError(_("“%(word)s” is not known here."), params={"word": word})
            found.append(code)
        if self.single:
            return found[0] if found else ""
        return found

    def elsewhere(self, word: str) -> Any:
        return None


class CountriesField(NamesField):
    def elsewhere(self, word: str) -> Any:
        return countries_by_name().get(fold(word))


class WordsField(forms.CharField):
    """Words with commas between, as a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [word.strip() for word in str(value or "").split(",") if word.strip()]


class CardForm(forms.Form):
    """The values of one card, each saved when it changes.

    ``names`` gives the codes of a list with their names, ``titles`` the report's cards by kind and position.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    match = forms.CharField(required=False)

    def __init__(
        self,
        suggestion: Suggestion,
        data: Any = None,
        *,
        names: Callable[[str], Mapping[str, str]],
        titles: Mapping[str, Mapping[int, str]],
    ) -> None:
        prefix = f"c{suggestion.position}"
        super().__init__(data, prefix=prefix, initial=suggestion.values | {"version": suggestion.version})
        self.suggestion = suggestion
        for value in VALUES[suggestion.kind]:
            self.fields[value.name] = _field(value, names, titles)
            self.fields[value.name].widget.attrs["class"] = "inline"

    @property
    def title(self) -> BoundField:
        return self[title_field(self.suggestion.kind)]

    def values(self) -> dict[str, Any]:
        """Return the values that were sent, for ``decide_suggestion``."""
        names = [value.name for value in VALUES[self.suggestion.kind]]
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data and self._was_sent(name)}

    def known_id(self) -> int | None:
        """Return the record chosen as the same: the match is sent as ``known-<id>`` or ``new``."""
        choice, _dash, number = self.cleaned_data.get("match", "").partition("-")
        return whole_number(number) if choice == "known" else None

    def rows(self) -> Iterable[tuple[Value, BoundField]]:
        """Yield the values below the title."""
        for value in VALUES[self.suggestion.kind][1:]:
            yield value, self[value.name]

    def _was_sent(self, name: str) -> bool:
        return self.add_prefix(name) in self.data


def _field(
    value: Value, names: Callable[[str], Mapping[str, str]], titles: Mapping[str, Mapping[int, str]]
) -> forms.Field:
    common: dict[str, Any] = {"label": value.label, "required": False}
    if value.type in (Type.CODE, Type.CODES):
        return _codes_field(value, names, common)
    match value.type:
        case Type.LONG_TEXT:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 1}), **common)
        case Type.DATE:
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)
        case Type.NUMBER:
            return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "numeric"}), **common)
        case Type.AMOUNT:
            return AmountField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)
        case Type.WORDS:
            return WordsField(**common)
        case Type.CARDS:
            return NamesField(names=titles.get(value.among, {}), **common)
        case Type.CARD:
            choices = [("", _("Not stated")), *titles.get(value.among, {}).items()]
            return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, **common)
    return forms.CharField(**common)


def _codes_field(value: Value, names: Callable[[str], Mapping[str, str]], common: dict[str, Any]) -> forms.Field:
    if value.among == "countries":
        # Two hundred and fifty choices in each card would outweigh the page: a name is typed.
        return CountriesField(names=names("countries"), single=value.type == Type.CODE, **common)
    if value.type == Type.CODES:
        return NamesField(names=names(value.among), **common)
    blank = [] if value.required else [("", _("Not stated"))]
    return forms.ChoiceField(choices=[*blank, *names(value.among).items()], **common)


class AmountField(forms.CharField):
    """An amount, its digits in groups of three."""

    def prepare_value(self, value: Any) -> Any:
        whole, dot, rest = str(value or "").partition(".")
        number = whole_number(whole)
        return value if number is None else f"{number:,}".replace(",", "\u00a0") + dot + rest


def names_for_page() -> Callable[[str], Mapping[str, str]]:
    """Return ``codes`` that remembers, for one page."""
    return cache(codes)


@cache
def countries_by_name() -> dict[str, str]:
    """Return the codes of the countries by their folded names in every language a report is read in."""
    found: dict[str, str] = {}
    for language in available():
        with override(language):
            found |= {fold(country_name(code)): code for code in codes("countries")}
    return found
