"""Pages of a list: counted, with a capped size."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from crm.shared.numbers import whole_number

PAGE_SIZE = 25
MAX_PAGE_SIZE = 100


def page_of(request: HttpRequest, records: QuerySet[Any] | Sequence[Any], *, size: int = PAGE_SIZE) -> Page[Any]:
    """Return the page that ``?page=`` asks for (the nearest that exists), ``?size=`` rows long, at most 100.

    ``page.paginator.count`` is the number of all rows: one query for the count, one for the rows. Draw its links by
    ``{% include "ui/_pager.html" with page=page %}``.
    """
    asked = whole_number(request.GET.get("size", ""))
    if asked:
        size = min(asked, MAX_PAGE_SIZE)
    return Paginator(records, size).get_page(request.GET.get("page"))
