from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.reminders.registry import Answer, Asked, Item, answers_to
from crm.shared.forms import DateInput


class AnswerForm(forms.Form):
    """What an answer asks for; ``asked`` says who answers about which record on which day."""

    def __init__(self, data: Any = None, *, asked: Asked, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.asked = asked


class ReasonForm(AnswerForm):
    """Why, in one line."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)


class NewDateForm(AnswerForm):
    """Another day, from today on."""

    due = forms.DateField(label=gettext_lazy("New date"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due"].widget.attrs["min"] = self.asked.on.isoformat()

    def clean_due(self) -> date:
        return not_before(self.cleaned_data["due"], self.asked.on)


class DoneForm(AnswerForm):
    """What came of it and, where something follows, the next step with its day. All of it may be left out.

    Partners, who write down nothing new, are not asked for a next step.
    """

    proof = forms.CharField(label=gettext_lazy("What came of it"), max_length=2000, required=False)
    next_step = forms.CharField(label=gettext_lazy("Next step"), max_length=500, required=False)
    next_due = forms.DateField(label=gettext_lazy("Due date of the next step"), widget=DateInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.asked.user.may_write:
            del self.fields["next_step"], self.fields["next_due"]

    def clean_next_due(self) -> date | None:
        day: date | None = self.cleaned_data["next_due"]
        return not_before(day, self.asked.on) if day else None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("next_step") and "next_due" not in self.errors and not given.get("next_due"):
            self.add_error("next_due", _("Give a date."))
        return given


def not_before(day: date, first: date) -> date:
    """Return ``day``. Raises ``ValidationError`` where it has passed on the day ``first``."""
    if day < first:
        raise forms.ValidationError(_("This day has passed."))
    return day


@dataclass(frozen=True, slots=True)
class Offered:
    """An answer with the form that a page shows for it; without one, a button says all."""

    answer: Answer
    form: forms.Form | None

    @property
    def code(self) -> str:
        return self.answer.code

    @property
    def label(self) -> str:
        return str(self.answer.label)


def forms_of(item: Item, asked: Asked, *, bound: tuple[str, forms.Form | None] = ("", None)) -> list[Offered]:
    """Return the answers to ``item`` with their forms; ``bound`` is the form of one answer that was refused."""
    return [
        Offered(one, bound[1] if one.code == bound[0] and bound[1] else _form_of(one, asked))
        for one in answers_to(item, asked.user)
    ]


def _form_of(answer: Answer, asked: Asked) -> forms.Form | None:
    form: forms.Form | None = answer.form(asked=asked, auto_id=f"{answer.code}-%s") if answer.form else None
    return form
