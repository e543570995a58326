"""Forms of the deal pages. They check what was typed; what the rules refuse, the services say."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.accounts.queries import assignable_users
from crm.commitments.choices import CommitmentSide
from crm.companies.models import Company, Contact
from crm.companies.queries import contacts_visible_to
from crm.delegations.models import Delegation
from crm.delegations.queries import delegations_visible_to
from crm.meetings.choices import Outcome
from crm.reference.calendar import WorkingCalendar
from crm.reference.choices import RegionKind
from crm.reference.models import Currency, Region, Sector
from crm.shared.formats import format_day
from crm.shared.forms import ReasonForm
from leads.deals.choices import DealKind, ValueKind
from leads.deals.models import Deal
from leads.deals.queries import companies_named, districts_of, regions_to_choose

#: What is edited in one go on a deal's page, by the name of the fact.
FACTS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "summary": ("summary",),
    "company": ("company",),
    "contact": ("contact", "counterpart"),
    "sector": ("sector",),
    "kind": ("kind",),
    "owner": ("owner",),
    "curator": ("curator",),
    "delegation": ("delegation",),
    "negotiating": ("negotiating",),
    "expected_start": ("expected_start",),
    "started_on": ("started_on",),
    "site": ("site", "site_not_needed"),
    "permits": ("permits_not_needed",),
    "district": ("district",),
    "platform": ("platform_number", "platform_checked_at"),
}


class DateField(forms.DateField):
    """A day, chosen in the browser's calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CompanyField(forms.CharField):
    """A company of the directory by its name; the browser proposes names while one types.

    Where several have the name, the number behind it tells which: ``Yıldız #12``.
    """

    widget = forms.TextInput(
        attrs={
            "list": "company-names",
            "autocomplete": "off",
            "hx-get": reverse_lazy("deals:company_names"),
            "hx-target": "#company-names",
            "hx-trigger": "input changed delay:300ms",
        }
    )

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Company) else value

    def clean(self, value: Any) -> Company | None:  # type: ignore[override]
        name = super().clean(value)
        if not name:
            return None
        found = companies_named(name)
        if not found:
            raise forms.ValidationError(_("The directory does not know this company; add it there first."))
        if len(found) > 1:
            named = ", ".join(f"{company.name} #{company.pk} ({company.city or company.country})" for company in found)
            raise forms.ValidationError(_("Several have this name, write which: %(named)s.") % {"named": named})
        return found[0]


class DealFields(forms.Form):
    """The fields of a deal, or ``only`` some of them."""

    title = forms.CharField(label=_("What it is"), max_length=250)
    company = CompanyField(label=_("Company"), required=False)
    counterpart = forms.CharField(label=_("Counterpart"), max_length=250, required=False)
    contact = forms.ModelChoiceField(Contact.objects.none(), label=_("Contact person"), required=False)
    sector = forms.ModelChoiceField(Sector.objects.all(), label=_("Sector"), required=False)
    kind = forms.ChoiceField(choices=DealKind.choices, label=_("Kind"))
    delegation = forms.ModelChoiceField(Delegation.objects.none(), label=_("Delegation"), required=False)
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Owner"), required=False)
    curator = forms.ModelChoiceField(User.objects.none(), label=_("Curator"), required=False)
    district = forms.ModelChoiceField(Region.objects.none(), label=_("District"), required=False)
    summary = forms.CharField(label=_("In a few words"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    negotiating = forms.CharField(
        label=_("What is being negotiated"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    expected_start = DateField(label=_("Expected start"), required=False)
    started_on = DateField(label=_("Start date"), required=False)
    site = forms.CharField(label=_("Site or zone"), max_length=250, required=False)
    site_not_needed = forms.BooleanField(label=_("No site needed"), required=False)
    permits_not_needed = forms.BooleanField(label=_("No permits needed"), required=False)
    platform_number = forms.CharField(label=_("National platform number"), max_length=60, required=False)
    platform_checked_at = DateField(label=_("Platform number checked"), required=False)

    def __init__(
        self, *args: Any, user: User, deal: Deal | None = None, only: Collection[str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if only is not None and name in DealFields.base_fields and name not in only:
                del self.fields[name]
        for name, options in _options(user, deal).items():
            if name in self.fields:
                self.fields[name].queryset = options
        if deal is not None:
            for name in self.fields.keys() & DealFields.base_fields.keys():
                self.initial.setdefault(name, getattr(deal, name))

    def deal_values(self) -> dict[str, Any]:
        """Return what was given for the fields of the deal."""
        return {name: value for name, value in self.cleaned_data.items() if name in DealFields.base_fields}


def _options(user: User, deal: Deal | None) -> dict[str, QuerySet[Any]]:
    """Return what may be chosen for each link: of the deal's region and company where there is a deal."""
    contacts = contacts_visible_to(user).filter(archived_at__isnull=True)
    region = deal.region if deal else user.region
    return {
        "contact": contacts.filter(company=deal.company_id) if deal and deal.company_id else contacts.none(),
        "delegation": delegations_visible_to(user).filter(archived_at__isnull=True),
        "owner": assignable_users(user),
        "curator": assignable_users(user),
        "district": districts_of(region),
    }


class NewDealForm(DealFields):
    """A deal by hand: what it is, with whom, and the next step. Managers name the owner, national staff the region."""

    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"))
    next_step = forms.CharField(
        label=_("Next step"), max_length=500, required=False, help_text=_("Blank: the first contact.")
    )
    next_step_due = DateField(label=_("Due date"), required=False, help_text=_("Blank: in three working days."))

    field_order = ["title", "company", "counterpart", "sector", "kind", "region", "delegation", "owner", "next_step"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        asked = ["title", "company", "counterpart", "sector", "kind", "delegation", "summary"]
        super().__init__(*args, user=user, only=[*asked, "owner"] if user.may_manage else asked, **kwargs)
        if user.region.kind == RegionKind.COUNTRY:
            self.fields["region"].queryset = regions_to_choose(user)
        else:
            del self.fields["region"]


class GateForm(DealFields):
    """What a gate misses and can be filled in place, and a manager's way past it."""

    next_step = forms.CharField(label=_("Next step"), max_length=500, required=False)
    next_step_due = DateField(label=_("Due date"), required=False)
    reason = forms.CharField(label=_("Why it moves without them"), max_length=300, required=False)

    #: One of a pair is enough.
    EITHER = frozenset({"contact", "counterpart", "site", "site_not_needed", "permits_not_needed"})
    #: The fields that fill a gap.
    FILLS = {
        "company": ("company",),
        "sector": ("sector",),
        "owner": ("owner",),
        "contact": ("contact", "counterpart"),
        "negotiating": ("negotiating",),
        "expected_start": ("expected_start",),
        "started_on": ("started_on",),
        "site": ("site", "site_not_needed"),
        "permits": ("permits_not_needed",),
        "next_step": ("next_step", "next_step_due"),
    }

    def __init__(self, *args: Any, user: User, deal: Deal, gaps: Collection[str], **kwargs: Any) -> None:
        names = [name for gap in gaps for name in self.FILLS.get(gap, ()) if name != "owner" or user.may_manage]
        super().__init__(*args, user=user, deal=deal, only=names, **kwargs)
        if "next_step" not in gaps:
            del self.fields["next_step"], self.fields["next_step_due"]
        if not user.may_manage:
            del self.fields["reason"]
        if "contact" in self.fields and not self.fields["contact"].queryset.exists():
            del self.fields["contact"]
        for name in self.fields.keys() - self.EITHER - {"reason"}:
            # Who passes the gate leaves out what is missing.
            self.fields[name].required = "pass_gate" not in self.data
        self.filled_gaps = {gap for gap in gaps if any(name in self.fields for name in self.FILLS.get(gap, ()))}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("next_step") and not given.get("next_step_due"):
            self.add_error("next_step_due", _("Choose the day."))
        return given

    @property
    def step(self) -> tuple[str, date] | None:
        """The next step with its day, where one was given."""
        text = self.cleaned_data.get("next_step")
        return (text, self.cleaned_data["next_step_due"]) if text else None


class MoneyForm(forms.Form):
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=17, decimal_places=2, required=False)
    currency = forms.ModelChoiceField(Currency.objects.all(), label=_("Currency"), required=False)


class ValueForm(MoneyForm):
    """A figure: the sum, the jobs, or both."""

    kind = forms.ChoiceField(choices=ValueKind.choices, label=_("Kind"))
    date = DateField(label=_("Date"))
    jobs = forms.IntegerField(label=_("Jobs"), min_value=0, max_value=2_000_000, required=False)
    evidence = forms.CharField(
        label=_("Evidence (paper)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Which paper or sentence says so: number and date of the act, of the agreement."),
    )

    field_order = ["kind", "amount", "currency", "date", "jobs", "evidence"]


class MemorandumForm(MoneyForm):
    parties = forms.CharField(label=_("Parties"), max_length=500)
    signed_on = DateField(label=_("Date of signing"))
    answerable = forms.ModelChoiceField(User.objects.none(), label=_("Official answerable"))
    next_milestone = forms.CharField(label=_("Next milestone"), max_length=300, required=False)
    expires_on = DateField(label=_("Expires"), required=False)

    field_order = ["parties", "signed_on", "answerable", "next_milestone", "amount", "currency", "expires_on"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answerable"].queryset = assignable_users(user)


class PermitForm(forms.Form):
    name = forms.CharField(label=_("Permit"), max_length=200)
    body = forms.CharField(label=_("State body"), max_length=200)
    applied_on = DateField(label=_("Applied"), required=False)
    due_date = DateField(label=_("Due date"), required=False)
    granted_on = DateField(label=_("Granted"), required=False)


class StepForm(forms.Form):
    """A commitment about the deal, of ours or theirs."""

    text = forms.CharField(label=_("What is to be done"), max_length=500)
    due_date = DateField(label=_("Due date"))
    side = forms.ChoiceField(choices=CommitmentSide.choices, label=_("Whose"), initial=CommitmentSide.OURS)


class DayForm(forms.Form):
    # A day of this calendar's edge has no midnight in some time zone.
    on = DateField(
        label=_("As it was on"),
        validators=[MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2100, 12, 31))],
    )


class LostForm(ReasonForm):
    lost_to = forms.CharField(label=_("To whom, if known"), max_length=200, required=False)


class OutcomeForm(forms.Form):
    """How a meeting went: outcome, next step with a day to choose by one tap, a note, what becomes of the deal."""

    OTHER_DAY = "other"
    UNCHANGED, REST = "", "rest"

    outcome = forms.ChoiceField(
        choices=[choice for choice in Outcome.choices if choice[0] != Outcome.AWAITED],
        widget=forms.RadioSelect,
        label=_("Outcome"),
        error_messages={"required": _("Choose the outcome.")},
    )
    next_step = forms.CharField(label=_("Next step"), max_length=500, required=False)
    due = forms.ChoiceField(widget=forms.RadioSelect, label=_("Due date"), required=False)
    due_other = DateField(label=_("Day"), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    stage = forms.ChoiceField(widget=forms.RadioSelect, label=_("Stage of the deal"), required=False)

    def __init__(
        self, *args: Any, calendar: WorkingCalendar, today: date, stages: list[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        days = due_days(calendar, today)
        self.fields["due"].choices = [(day.isoformat(), label) for label, day in days] + [
            (self.OTHER_DAY, _("Another day"))
        ]
        self.initial.setdefault("due", days[1][1].isoformat())
        self.initial.setdefault("stage", self.UNCHANGED)
        self.fields["stage"].choices = stages

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        # What is none of the choices has been told, and is missing here.
        chosen = given.get("due", "")
        given["due_date"] = given.get("due_other") if chosen in ("", self.OTHER_DAY) else date.fromisoformat(chosen)
        if given.get("next_step") and given["due_date"] is None and "due" in given:
            self.add_error("due_other", _("Choose the day."))
        return given


def due_days(calendar: WorkingCalendar, today: date) -> list[tuple[str, date]]:
    """Return the days to choose by one tap, each with its words; all of them are worked."""
    tomorrow = calendar.add_working_days(today, 1)
    week, fortnight = (calendar.next_working_day(today + timedelta(weeks=n)) for n in (1, 2))
    first = _("Tomorrow") if tomorrow == today + timedelta(days=1) else format_day(tomorrow, "weekday")
    return [(first, tomorrow), (_("In a week"), week), (_("In two weeks"), fortnight)]
