"""Reads of the company directory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from rapidfuzz import fuzz, process

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.companies.choices import Likeness
from crm.companies.models import Company, CompanyName, Contact
from crm.shared.searching import folded_text, search_records
from leads.extraction.folding import fold_name

#: Below this likeness (0 to 1) two names are different firms.
ALIKE = 0.8
#: A name of the other country counts less: branches share names, firms of two countries seldom do.
OTHER_COUNTRY = 0.9


@dataclass(frozen=True, slots=True)
class SimilarCompany:
    """A company that may be the one looked for: why, and how alike (0 to 1)."""

    company: Company
    reason: Likeness
    score: float


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One name of a company, folded."""

    company_id: int
    folded: str
    country: str
    is_other_name: bool


def companies_visible_to(user: User | AnonymousUser) -> QuerySet[Company]:
    """Return every company to the staff of every region: one directory for the whole country. Partners have no part."""
    return Company.objects.all() if isinstance(user, User) and user.sees_region else Company.objects.none()


def contacts_visible_to(user: User | AnonymousUser) -> QuerySet[Contact]:
    """Return the contacts whose personal data the user may see: those the user's regions have dealt with."""
    return within_regions_of(user, Contact.objects.all(), field="regions").distinct()


def company_search_keys(company: Company) -> dict[str, str]:
    """Return the folded columns of a company: what it is found by (names, city, BIN) and compared by (its name)."""
    names = [company.name, *(other.name for other in company.other_names.all())]
    return {"search_text": folded_text([*names, company.city, company.bin]), "folded_name": name_key(company.name)}


def other_name_search_keys(other_name: CompanyName) -> dict[str, str]:
    return {"folded": name_key(other_name.name)}


def contact_search_keys(contact: Contact) -> dict[str, str]:
    return {"search_text": folded_text([contact.full_name, contact.position, contact.email, contact.phone])}


def name_key(name: str) -> str:
    """Return the folded name without its legal form, as its column holds it (folding may lengthen: щ, sh)."""
    return fold_name(name)[:250]


def company_directory() -> list[DirectoryEntry]:
    """Return every name of every company in use, folded: two queries, no model objects."""
    active = Company.objects.active().order_by()
    names = active.exclude(folded_name="").values_list("pk", "folded_name", "country")
    others = CompanyName.objects.filter(company__archived_at__isnull=True).order_by()
    also = others.values_list("company_id", "folded", "company__country")
    return [DirectoryEntry(*row, False) for row in names] + [DirectoryEntry(*row, True) for row in also]


def similar_companies(
    name: str,
    *,
    bin: str = "",  # noqa: A002 - the word of the field
    country: str = "",
    limit: int = 5,
    directory: Sequence[DirectoryEntry] | None = None,
    apart_from: Company | None = None,
) -> list[SimilarCompany]:
    """Return the companies that may be the one called ``name``, the likeliest first; it decides nothing.

    The same BIN is the surest sign, then the same name or other name, then a similar one, across Cyrillic and Latin
    and whatever the legal form. ``country`` (ISO code) counts against companies of another country. Give a
    ``directory`` (of ``company_directory``) when asking for many names in a row. Three queries at most beside it.
    """
    scores = _alike_names(name_key(name), country, company_directory() if directory is None else directory)
    reasons = {pk: (score, reason) for pk, score, reason in scores}
    if bin:
        found = Company.objects.active().filter(bin=bin).values_list("pk", flat=True)
        reasons.update(dict.fromkeys(found, (1.0, Likeness.SAME_BIN)))
    if apart_from is not None:
        reasons.pop(apart_from.pk, None)
    best = sorted(reasons.items(), key=lambda item: (item[1][1] != Likeness.SAME_BIN, -item[1][0], item[0]))[:limit]
    companies = Company.objects.in_bulk([pk for pk, _reason in best])
    return [SimilarCompany(companies[pk], reason, round(score, 3)) for pk, (score, reason) in best]


def _alike_names(key: str, country: str, directory: Sequence[DirectoryEntry]) -> Iterable[tuple[int, float, Likeness]]:
    """Yield company, score and reason of each name like ``key``; the best of a company comes last."""
    if not key:
        return []
    words = set(key.split())
    alike = process.extract(
        key, [entry.folded for entry in directory], scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE * 100, limit=50
    )
    scores = {index: score / 100 for _folded, score, index in alike}
    for index, entry in enumerate(directory):
        if _stands_inside(words, entry.folded, key):
            scores[index] = max(scores.get(index, 0.0), 0.95)
    found = [_judged(directory[index], score, key, country) for index, score in scores.items()]
    return sorted((row for row in found if row[1] >= ALIKE), key=lambda row: row[1])


def _stands_inside(words: set[str], folded: str, key: str) -> bool:
    """Is one of the two names, of two words at least, wholly inside the other?"""
    if " " not in folded or len(words) < 2:
        return False
    # Cheap test first: this runs for each name of the directory.
    others = set(folded.split())
    return words <= others or others <= words


def _judged(entry: DirectoryEntry, score: float, key: str, country: str) -> tuple[int, float, Likeness]:
    elsewhere = bool(country and entry.country and country != entry.country)
    if entry.folded == key:
        reason = Likeness.SAME_OTHER_NAME if entry.is_other_name else Likeness.SAME_NAME
        score = 1.0
    else:
        reason = Likeness.SIMILAR_OTHER_NAME if entry.is_other_name else Likeness.SIMILAR_NAME
    return entry.company_id, score * (OTHER_COUNTRY if elsewhere else 1.0), reason


def countries_of(companies: QuerySet[Company]) -> list[str]:
    """Return the ISO codes of the countries that ``companies`` are from."""
    codes = companies.exclude(country="").order_by("country").values_list("country", flat=True)
    return list(codes.distinct())


def company_for_page(user: User | AnonymousUser) -> QuerySet[Company]:
    """Return the companies with what their page shows of them."""
    return companies_visible_to(user).select_related("archived_by").prefetch_related("sectors", "other_names")


def companies_to_pick(text: str, *, apart_from: Iterable[Company] = (), limit: int = 10) -> list[Company]:
    """Return the first companies in use where each word of ``text`` is found; none for an empty text."""
    if not text.strip():
        return []
    left_out = [company.pk for company in apart_from]
    return list(search_records(Company.objects.active(), text).exclude(pk__in=left_out).order_by("name", "pk")[:limit])
