from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from crm.accounts.queries import require_administrator, require_writer
from crm.companies import services
from crm.companies.filters import CompanyFilter, ContactFilter
from crm.companies.forms import CompanyForm, ContactForm, OtherNameForm
from crm.companies.models import Company
from crm.companies.queries import (
    companies_to_pick,
    companies_visible_to,
    company_for_page,
    contacts_visible_to,
    similar_companies,
)
from crm.shared.errors import DomainError
from crm.shared.forms import ArchiveForm, ReasonForm, add_service_error
from crm.shared.htmx import render_page
from crm.shared.numbers import whole_numbers
from crm.shared.pagination import page_of
from crm.shared.registries import panels_of
from crm.shared.sorting import sorting_of

CONTACT_COLUMNS = {"name": ("full_name",), "company": ("company__name",), "country": ("company__country",)}
COLUMNS = {"name": ("name",), "country": ("country", "city"), "kind": ("kind",), "changed": ("updated_at",)}


@require_GET
def companies(request: HttpRequest) -> HttpResponse:
    """The directory: searched, filtered, sorted by headings."""
    directory = companies_visible_to(request.user).filter(archived_at__isnull=True)
    filtered = CompanyFilter(request.GET, queryset=directory)
    sorting = sorting_of(request, COLUMNS, default="name")
    page = page_of(request, sorting.apply(filtered.qs.prefetch_related("sectors")))
    context = {"page": page, "filter": filtered, "sorting": sorting}
    return render_page(request, "companies/companies.html", context, partial="list")


@require_GET
def company(request: HttpRequest, pk: int) -> HttpResponse:
    """One company: facts, names, contacts, and what upper apps show of it."""
    found = get_object_or_404(company_for_page(request.user), pk=pk)
    context = {
        "company": found,
        "contacts": contacts_visible_to(request.user).filter(company=found, archived_at__isnull=True),
        "panels": panels_of(found, request.user),
    }
    return render(request, "companies/company.html", context)


@require_GET
def contacts(request: HttpRequest) -> HttpResponse:
    """The contact persons whom the user's region has dealt with: searched, filtered, sorted by headings."""
    people = contacts_visible_to(request.user).filter(archived_at__isnull=True)
    filtered = ContactFilter(request.GET, queryset=people)
    sorting = sorting_of(request, CONTACT_COLUMNS, default="name")
    page = page_of(request, sorting.apply(filtered.qs.select_related("company")))
    context = {"page": page, "filter": filtered, "sorting": sorting}
    return render_page(request, "companies/contacts.html", context, partial="list")


@require_GET
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """One contact person: how to reach them, and what upper apps show of them."""
    found = get_object_or_404(contacts_visible_to(request.user).select_related("company"), pk=pk)
    context = {"contact": found, "panels": panels_of(found, request.user)}
    return render(request, "companies/contact.html", context)


@require_GET
def similar(request: HttpRequest, pk: int) -> HttpResponse:
    """Companies that may be the same one; nothing is merged."""
    found = _company(request, pk)
    alike = similar_companies(found.name, country=found.country, apart_from=found)
    return render_page(request, "companies/similar.html", {"company": found, "similar": alike}, partial="similar")


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Enter a company. Where the directory has one like it, that is shown first; a second press enters it."""
    require_writer(request.user)
    form = CompanyForm(request.POST or None)
    alike = []
    if request.method == "POST" and form.is_valid():
        values = form.values
        if not request.POST.get("anyway"):
            alike = similar_companies(values["name"], bin=values["bin"], country=values["country"])
        if not alike:
            try:
                entered = services.create_company(by=request.user, **values)
            except DomainError as error:
                add_service_error(form, error)
            else:
                messages.success(request, _("The company is in the directory."))
                return redirect(entered)
    context = {"form": form, "similar": alike}
    return render(request, "companies/company_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _company(request, pk)
    require_writer(request.user)
    form = CompanyForm(request.POST or None, instance=_company(request, pk))
    if request.method == "POST" and form.is_valid():
        try:
            services.update_company(found, by=request.user, expected_version=form.expected_version, **form.values)
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The company is saved."))
            return redirect(found)
    context = {"form": form, "company": found}
    return render(request, "companies/company_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    found = _company(request, pk)
    require_writer(request.user)
    form = ArchiveForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        reason, version = form.cleaned_data["reason"], form.cleaned_data["version"]
        services.archive_company(found, by=request.user, reason=reason, expected_version=version)
        messages.success(request, _("The company is archived."))
        return redirect("companies:companies")
    context = {"form": form, "company": found, "title": _("Archive"), "submit": _("Archive")}
    return render(request, "companies/part_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def add_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the company be found under another name: in another script, an abbreviation, a former one."""
    found = _company(request, pk)
    require_writer(request.user)
    form = OtherNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.add_other_name(found, by=request.user, name=form.cleaned_data["name"])
        return redirect(found)
    context = {"form": form, "company": found, "title": _("Add another name"), "submit": _("Save")}
    return render(request, "companies/part_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def add_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a person at the company; the user's region sees the personal data from now on."""
    found = _company(request, pk)
    require_writer(request.user)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.create_contact(by=request.user, company=found, **form.values)
        except DomainError as error:
            add_service_error(form, error)
        else:
            return redirect(found)
    context = {"form": form, "company": found, "title": _("Add a contact person"), "submit": _("Save")}
    return render(request, "companies/part_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit_contact(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(contacts_visible_to(request.user).select_related("company"), pk=pk)
    require_writer(request.user)
    form = ContactForm(request.POST or None, instance=get_object_or_404(contacts_visible_to(request.user), pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            services.update_contact(found, by=request.user, expected_version=form.expected_version, **form.values)
        except DomainError as error:
            add_service_error(form, error)
        else:
            return redirect(found)
    context = {
        "form": form,
        "company": found.company,
        "title": found.full_name,
        "submit": _("Save"),
        "erase_url": reverse("companies:erase_contact", args=[pk]) if request.user.administers else "",
    }
    return render(request, "companies/part_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def erase_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase a person's data at the person's request, after a page that says what goes and what stays."""
    contact = get_object_or_404(contacts_visible_to(request.user).select_related("company"), pk=pk)
    require_administrator(request.user, request.user.region)
    form = ReasonForm(request.POST or None)
    back = resolve_url(contact.company or "companies:companies")
    if request.method == "POST" and form.is_valid():
        services.erase_contact(contact, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The person's data are erased."))
        return redirect(back)
    context = {"form": form, "name": contact.full_name, "back": back}
    return render(request, "audit/erase_person.html", context, status=422 if form.errors else 200)


def _company(request: HttpRequest, pk: int) -> Company:
    return get_object_or_404(companies_visible_to(request.user), pk=pk)


@require_GET
def pick(request: HttpRequest) -> HttpResponse:
    """The ticks of a form's picker: what is chosen already and what ``find`` finds. A part for htmx."""
    require_writer(request.user)
    chosen = whole_numbers(request.GET.getlist("companies"))
    picked = list(companies_visible_to(request.user).filter(pk__in=chosen))
    found = companies_to_pick(request.GET.get("find", ""), apart_from=picked)
    return render(request, "companies/_picker_ticks.html", {"picked": picked, "found": found})
