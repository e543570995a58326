"""The back office's log, and the base of every other back-office page: what is seen, and how it is written."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin
from django.db import models
from django.forms import Field, ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin, TabularInline

from crm.audit.models import AuditEvent
from crm.audit.queries import events_visible_to
from crm.audit.services import create_record, update_record
from crm.shared.errors import DomainError, NotAllowed
from crm.shared.numbers import whole_numbers


class VisibleAdmin(ModelAdmin):
    """Lists and opens what the user may see; outside is a 404; nothing is deleted."""

    #: ``…_visible_to(user)`` of the noun; without it every row is shown (reference data).
    visible: Callable[[Any], models.QuerySet] | None = None
    list_per_page = 50
    show_full_result_count = False
    list_fullwidth = True

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        visible = type(self).visible
        rows = visible(request.user) if visible else super().get_queryset(request)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        self._limit_choices(db_field, request, kwargs)
        return taking_keys_alone(super().formfield_for_foreignkey(db_field, request, **kwargs))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Field | None:
        self._limit_choices(db_field, request, kwargs)
        return taking_keys_alone(super().formfield_for_manytomany(db_field, request, **kwargs))

    def _limit_choices(self, db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> None:
        related = self.admin_site._registry.get(db_field.remote_field.model)
        if related is not None:
            kwargs["queryset"] = related.get_queryset(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """What is only read has no history."""
        raise Http404

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404


def taking_keys_alone(field: Any) -> Any:
    """Let a field that proposes while one types look up keys alone: Django's own fails on whatever else was sent."""
    if field is not None and isinstance(field.widget, AutocompleteMixin):
        field.widget.__class__ = _keys_alone(type(field.widget))
    return field


@cache
def _keys_alone(widget: type[AutocompleteMixin]) -> type[AutocompleteMixin]:
    class KeysAlone(widget):  # type: ignore[valid-type, misc]
        def optgroups(self, name: str, value: list[Any], attrs: Any = None) -> Any:
            return super().optgroups(name, [str(key) for key in whole_numbers(value)], attrs)

    return KeysAlone


class WritableAdmin(VisibleAdmin):
    """Written through services, so that every change is checked, versioned and logged as at the other doors.

    ``create`` and ``update`` are the app's services (``create_company`` …); reference data, which has no rule of its
    own, is written by the audited write path itself.
    """

    create: Callable[..., models.Model] | None = None
    update: Callable[..., models.Model] | None = None

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what a service refuses beside the field it is about, with all that was typed."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except NotAllowed:
            raise
        except DomainError as refused:
            # Nothing was written: Django's view is one transaction. The form comes again, now with the refusal.
            request.refused = refused  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        refused = getattr(request, "refused", None)
        return form if refused is None else refusing(form, refused)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show what the log says about this row."""
        require_visible(self, request, object_id)
        query = urlencode({"model": self.model._meta.label_lower, "record_id": object_id})
        return HttpResponseRedirect(f"{reverse('admin:audit_auditevent_changelist')}?{query}")

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        page = type(self)
        values, many = split_values(form, only_changed=change)
        if not change and page.create:
            written = page.create(by=request.user, **values, **many)
            obj.__dict__.update(written.__dict__)
        elif not change:
            create_record(obj, by=request.user, many=many)
        elif page.update:
            # The form has written into `obj`; the service compares with what the database holds.
            page.update(type(obj)._default_manager.get(pk=obj.pk), by=request.user, **values, **many)
        else:
            update_record(obj, by=request.user, changes=values, many=many)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        # Many-to-many links are written, and logged, with the record itself.
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            if row.pk is None:
                create_record(row, by=request.user)
            else:
                changed = next(f.changed_data for f in formset.initial_forms if f.instance.pk == row.pk)
                update_record(row, by=request.user, changes={name: getattr(row, name) for name in changed})


class RecordAdmin(SimpleHistoryAdmin, WritableAdmin):
    """A record's page, with its read-only history and what differed each time."""

    region_is_fixed = True

    readonly_fields: tuple[str, ...] = (
        "version",
        "created_at",
        "updated_at",
        "archived_at",
        "archived_by",
        "archive_reason",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """A record stays in its region: what hangs on it would be left behind."""
        fields = super().get_readonly_fields(request, obj)
        has_region = any(field.name == "region" for field in self.model._meta.fields)
        return (*fields, "region") if obj is not None and has_region and self.region_is_fixed else fields

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        require_visible(self, request, object_id)
        return SimpleHistoryAdmin.history_view(self, request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        require_visible(self, request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)


class RowsInline(TabularInline):
    """Rows of a record that may be added and changed here."""

    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ShownRowsInline(RowsInline):
    """Rows that are shown here and written on the record's own page, whose service keeps them together."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def require_visible(page: VisibleAdmin, request: HttpRequest, object_id: str) -> None:
    """Raise ``Http404`` where the user may not see the row."""
    if page.get_object(request, object_id) is None:
        raise Http404


def refusing(form: type[ModelForm], refused: DomainError) -> type[ModelForm]:
    """Return the form with the service's refusal among its errors."""

    class RefusingForm(form):  # type: ignore[valid-type, misc]
        def _post_clean(self) -> None:
            super()._post_clean()
            beside = {name: message for name, message in refused.fields.items() if name in self.fields}
            for name, message in beside.items():
                self.add_error(name, message)
            if not beside:
                self.add_error(None, refused.message)

    return RefusingForm


def split_values(form: ModelForm, *, only_changed: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the form says: plain values, and many-to-many targets."""
    links = {field.name for field in form._meta.model._meta.many_to_many}
    names = form.changed_data if only_changed else list(form.cleaned_data)
    given = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
    plain = {name: value for name, value in given.items() if name not in links}
    return plain, {name: value for name, value in given.items() if name in links}


@admin.register(AuditEvent)
class AuditEventAdmin(VisibleAdmin):
    """Read-only: who did what. A region's managers see their region's events and their people's."""

    list_display = ("at", "actor_name", "action", "door", "model", "record_label", "address")
    list_filter = ("action", "door", "model", ("at", admin.DateFieldListFilter))
    search_fields = ("record_label", "actor_name", "record_id")
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return events_visible_to(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
